import type { Context } from '../context.ts'
import type { Endpoint } from '../core/catalog/endpoint.ts'
import type { Catalog, Model } from '../core/catalog/model.ts'
import { OrxError } from '../core/errors.ts'
import { expectedSource, withExpectedPrice } from '../core/simulate/expected-model.ts'
import { loadEndpoints } from '../sources/catalog.ts'
import { loadOutages } from '../sources/simulation.ts'
import type { Globals } from './globals.ts'

/** A volume: tokens in all, and the requests it takes, where known. */
type Volume = {
  readonly input: number
  readonly output: number
  readonly requests: number | null
}

/**
 * The catalogue with prices as expected under routing, where endpoints are known; an own price of config.toml stays.
 * @param wanted leaves out models whose price nobody will look at
 * @throws OrxError BAD_ARGUMENT for the report, which knows no endpoints
 */
export async function expectedCatalog(
  ctx: Context,
  catalog: Catalog,
  volume: Volume,
  { quiet }: Pick<Globals, 'quiet'>,
  wanted: (model: Model) => boolean = () => true,
): Promise<Catalog> {
  if (catalog.name === 'report') {
    throw new OrxError(
      'BAD_ARGUMENT',
      '--expected needs endpoints, and the report has none',
      'Leave out --expected or --catalog report.',
    )
  }
  const endpoints = await loadEndpoints(ctx)
  const outages = loadOutages(ctx)
  const byModel = groupedByModel(endpoints)
  const size = sizeOf(volume)
  const models = catalog.models.map((model) => {
    const its = byModel.get(model.id)
    const own = model.points.at(-1)?.source === 'config'
    return its && !own && model.status === 'current' && wanted(model)
      ? withExpectedPrice(model, its, outages, size)
      : model
  })
  const source = expectedSource(endpoints, outages)
  if (!quiet) {
    ctx.err(
      `expected prices: share by 1/price², endpoints ${source.asOf}, outages ${outages.from} to ${outages.to}; without endpoints the list price\n`,
    )
  }
  return { ...catalog, sources: [...catalog.sources, source], models }
}

/** One request of the volume; without a number of requests, one of a thousand tokens in the same proportion. */
function sizeOf({ input, output, requests }: Volume) {
  const many = requests ?? Math.max(1, Math.round(Math.max(input, output) / 1000))
  return { input: Math.round(input / many), output: Math.round(output / many) }
}

export function groupedByModel(
  endpoints: readonly Endpoint[],
): ReadonlyMap<string, readonly Endpoint[]> {
  const groups = new Map<string, Endpoint[]>()
  for (const endpoint of endpoints) {
    const group = groups.get(endpoint.model)
    if (group) group.push(endpoint)
    else groups.set(endpoint.model, [endpoint])
  }
  return groups
}
