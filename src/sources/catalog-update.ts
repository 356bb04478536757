import type { Context } from '../context.ts'
import type { Catalog, Model, Source } from '../core/catalog/model.ts'
import { implausible } from '../core/catalog/plausible.ts'
import { confirmed, refreshed } from '../core/catalog/refresh.ts'
import { OrxError } from '../core/errors.ts'
import {
  cachedEndpoints,
  cachedProviders,
  keepCatalog,
  keepEndpoints,
  keepProviders,
} from './cache.ts'
import type { Network } from './http.ts'
import { baseUrl, getJson } from './openrouter/api.ts'
import { readEndpoints } from './openrouter/endpoints.ts'
import { type RowProblem, readModels } from './openrouter/models.ts'
import { readProviders } from './openrouter/providers.ts'
import { keepValidator, readValidators } from './openrouter/validators.ts'
import { paths } from './paths.ts'

/** Key of live price points into the catalogue's sources. */
export const LIVE = 'openrouter-live'

type Ask = {
  readonly ctx: Pick<Context, 'env'>
  readonly network: Network
  /** YYYY-MM-DD. */
  readonly today: string
}

export type ModelsUpdate = {
  readonly url: string
  /** What the refreshed catalogue has, in force from now on. */
  readonly catalog: Catalog
  /** `confirmed`: the server says that its list has not changed, so today's prices are the known ones. */
  readonly kind: 'replaced' | 'confirmed'
  readonly problems: readonly RowProblem[]
}

/**
 * Brings the cached catalogue up to date with `/models`. Whatever goes wrong, the old one stays in place.
 * @param force takes a list that looks wrong, but never an empty one.
 */
export async function updateModels(
  { ctx, network, today }: Ask,
  known: Catalog,
  force: boolean,
): Promise<ModelsUpdate> {
  const url = `${baseUrl(ctx.env)}/models`
  const source = liveSource(url, today)
  const { cache } = paths(ctx)
  // A validator only counts for the list that the catalogue in force was made of.
  const mine = known.sources.some((each) => each.id === LIVE && each.url === url)
  const validator = mine ? (await readValidators(cache))[url] : undefined
  const answer = await getJson(network, url, validator ? { known: validator } : {})
  if (answer.kind === 'unchanged') {
    const catalog = refreshed(known, confirmed(known, LIVE, today), source)
    await keepCatalog(ctx, catalog)
    return { url, catalog, kind: 'confirmed', problems: [] }
  }
  const rows = await complete(network, url, answer.body)
  const { models, problems } = readModels({ data: rows }, { source: LIVE, asOf: today })
  judge({ url, known, models, problems, force })
  const catalog = refreshed(known, models, source)
  await keepCatalog(ctx, catalog)
  await keepValidator(cache, url, answer.validator)
  return { url, catalog, kind: 'replaced', problems }
}

const liveSource = (url: string, asOf: string): Source => ({
  id: LIVE,
  name: `OpenRouter, asked on ${asOf}`,
  url,
  asOf,
  terms: 'facts of a public API',
})

const MAX_PAGES = 20

/** All rows of a list that may come in pages. @throws OrxError UPSTREAM_INVALID where it is not whole. */
async function complete(
  network: Network,
  url: string,
  first: unknown,
): Promise<readonly unknown[]> {
  const rows: unknown[] = []
  let page = pageOf(first, url)
  const { total } = page
  for (let pages = 1; ; pages++) {
    rows.push(...page.rows)
    if (page.next === null) break
    const next = new URL(page.next, url)
    if (pages === MAX_PAGES || next.origin !== new URL(url).origin) {
      throw unused(url, 'it goes on elsewhere without end')
    }
    const answer = await getJson(network, next.href)
    page = pageOf(answer.kind === 'fresh' ? answer.body : null, url)
  }
  if (total !== null && rows.length < total) {
    throw unused(url, `it has ${rows.length} of its ${total} models`)
  }
  return rows
}

function pageOf(body: unknown, url: string) {
  const { data, total_count, links } = isObject(body) ? body : {}
  if (!Array.isArray(data)) throw unused(url, 'it has no list "data"')
  const next = isObject(links) ? links['next'] : null
  return {
    rows: data as readonly unknown[],
    total: typeof total_count === 'number' ? total_count : null,
    next: typeof next === 'string' && next !== '' ? next : null,
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

type Judged = {
  readonly url: string
  readonly known: Catalog
  readonly models: readonly Model[]
  readonly problems: readonly RowProblem[]
  readonly force: boolean
}

function judge({ url, known, models, problems, force }: Judged): void {
  if (models.length === 0) throw unused(url, 'it lists no model that can be read')
  if (force) return
  const dropped = problems.filter((problem) => problem.dropped).length
  if (dropped > models.length / 10) throw unused(url, `${dropped} of its rows cannot be read`, true)
  const why = implausible(known, models)
  if (why !== null) throw unused(url, why, true)
}

function unused(url: string, why: string, forceable = false): OrxError {
  return new OrxError(
    'UPSTREAM_INVALID',
    `the answer of ${new URL(url).host} is not used: ${why}`,
    forceable
      ? 'The catalogue stays as it was. If that is how things are: orx catalog update --force'
      : 'The catalogue stays as it was. Try again later: orx catalog update',
  )
}

/** Brings the cached list of providers up to date. @returns how many there are; null where the server says nothing changed. */
export async function updateProviders({ ctx, network, today }: Ask): Promise<number | null> {
  const url = `${baseUrl(ctx.env)}/providers`
  const { cache } = paths(ctx)
  const known = cachedProviders(ctx) ? (await readValidators(cache))[url] : undefined
  const answer = await getJson(network, url, known ? { known } : {})
  if (answer.kind === 'unchanged') return null
  const { providers, problems } = readProviders(answer.body)
  if (providers.length === 0 || problems.length > providers.length) {
    throw unused(url, problems[0]?.what ?? 'it lists no provider')
  }
  await keepProviders(ctx, { schema: 'orx.providers/1', asOf: today, providers })
  await keepValidator(cache, url, answer.validator)
  return providers.length
}

export type EndpointsUpdate = {
  readonly url: string
  readonly model: string
  readonly endpoints: number
  /** Whether any of them came with latency and throughput. */
  readonly measured: boolean
  /** Those before; null where none were kept. */
  readonly before: number | null
  readonly problems: readonly RowProblem[]
}

/** Fetches the endpoints of one model. @param key makes OpenRouter add latency and throughput. */
export async function updateEndpoints(
  { ctx, network, today }: Ask,
  model: string,
  key: string | undefined,
): Promise<EndpointsUpdate> {
  const url = `${baseUrl(ctx.env)}/models/${model}/endpoints`
  const answer = await getJson(network, url, { key })
  const body = answer.kind === 'fresh' ? answer.body : null
  const { endpoints, problems } = readEndpoints(body, { model, asOf: today })
  if (endpoints.length === 0) throw unused(url, problems[0]?.what ?? 'it lists no endpoint')
  const before = cachedEndpoints(ctx, model)?.endpoints.length ?? null
  await keepEndpoints(ctx, { schema: 'orx.endpoints.live/1', model, asOf: today, endpoints })
  const measured = endpoints.some(({ ttftMs, throughput }) => ttftMs && throughput)
  return { url, model, endpoints: endpoints.length, measured, before, problems }
}
