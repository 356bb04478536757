import * as z from 'zod'
import type { Endpoint, Percentiles } from '../../src/core/catalog/endpoint.ts'
import type { Speed } from '../../src/core/catalog/model.ts'
import type { DiskEndpoint } from '../../src/core/catalog/tables.ts'
import { readPrice } from '../../src/sources/openrouter/prices.ts'
import { newLists } from './captures.ts'
import { endpointsSource } from './sources.ts'

const percentiles = z
  .object({ p50: z.number(), p75: z.number(), p90: z.number(), p99: z.number() })
  .nullable()
const count = z.number().nullable()
const endpoint = z.object({
  provider_name: z.string(),
  tag: z.string(),
  quantization: z.string().nullable(),
  context_length: count,
  max_prompt_tokens: count,
  max_completion_tokens: count,
  supported_parameters: z.array(z.string()),
  pricing: z.record(z.string(), z.unknown()),
  latency_last_30m: percentiles,
  throughput_last_30m: percentiles,
  status: z.number(),
  x_request_count_30m: count,
  x_training: z.boolean().nullable(),
  x_retains_prompts: z.boolean().nullable(),
  x_region: z.string().nullable(),
  x_byok_only: z.boolean(),
})
export const endpointsFile = z.record(z.string(), z.object({ endpoints: z.array(endpoint) }))

type Note = (heading: string, row: string) => void

export function readEndpoints(
  body: z.infer<typeof endpointsFile>,
  asOf: string,
  note: Note,
): readonly Endpoint[] {
  const ids = Object.keys(body).sort()
  return ids.flatMap((model) =>
    (body[model]?.endpoints ?? []).map((row) => endpointOf(model, row, asOf, note)),
  )
}

function endpointOf(
  model: string,
  row: z.infer<typeof endpoint>,
  asOf: string,
  note: Note,
): Endpoint {
  const read = readPrice(row.pricing, model.endsWith(':free'))
  if (!read.price) note('endpoints without a price', `${model} ${row.tag}: ${read.unpriced}`)
  const { x_training: trains, x_retains_prompts: retains } = row
  return {
    model,
    provider: row.provider_name,
    tag: row.tag,
    quantization: row.quantization ?? 'unknown',
    context: positive(row.context_length),
    maxPrompt: positive(row.max_prompt_tokens),
    maxOutput: positive(row.max_completion_tokens),
    parameters: [...row.supported_parameters].sort(),
    price: read.price ?? {},
    ttftMs: row.latency_last_30m && rounded(row.latency_last_30m),
    throughput: row.throughput_last_30m && slowHalf(rounded(row.throughput_last_30m)),
    status: row.status,
    trains,
    retains,
    zdr: trains === null || retains === null ? null : !trains && !retains,
    byokOnly: row.x_byok_only,
    region: row.x_region,
    requests30m: row.x_request_count_30m,
    asOf,
  }
}

const positive = (value: number | null): number | null => (value && value > 0 ? value : null)
const tenth = (value: number): number => Math.round(value * 10) / 10
const rounded = ({ p50, p75, p90, p99 }: Record<'p50' | 'p75' | 'p90' | 'p99', number>) => ({
  p50: tenth(p50),
  p75: tenth(p75),
  p90: tenth(p90),
  p99: tenth(p99),
})

/**
 * Throughput falls with the percentile in OpenRouter's documentation and rises in what its site shows. Where it falls, all is
 * kept; where it does not, everything past the median is the fast half and the slow half is not known.
 */
export function slowHalf(from: Percentiles): Percentiles | null {
  // A median of nothing a second comes from too few replies to mean anything.
  if (from.p50 <= 0) return null
  const falls = from.p99 !== null && from.p99 < from.p50
  return falls ? from : { p50: from.p50, p75: null, p90: null, p99: null }
}

/** The typical speed of each model: that of its healthy endpoint with most requests. */
export function speeds(endpoints: readonly Endpoint[]): ReadonlyMap<string, Speed> {
  const busiest = new Map<string, Endpoint>()
  for (const each of endpoints) {
    if (each.status !== 0 || !each.ttftMs || each.byokOnly) continue
    // Image models' 0 tokens a second is no speed.
    if (!each.throughput?.p50) continue
    const best = busiest.get(each.model)
    if (!best || (each.requests30m ?? 0) > (best.requests30m ?? 0)) busiest.set(each.model, each)
  }
  return new Map(
    [...busiest].map(([model, { tag, provider, ttftMs, throughput, asOf }]) => [
      model,
      { tag, provider, ttftMs: ttftMs?.p50 ?? 0, throughput: throughput?.p50 ?? 0, asOf },
    ]),
  )
}

export function endpointsText(endpoints: readonly Endpoint[], asOf: string): string {
  const lists = newLists()
  const byModel = new Map<string, DiskEndpoint[]>()
  for (const { model, asOf: _, parameters, ...row } of endpoints) {
    const kept = Object.entries(row).filter(([key, value]) => !isDefault(key, value))
    const disk = { ...Object.fromEntries(kept), parameters: lists.place(parameters) }
    byModel.set(model, [...(byModel.get(model) ?? []), disk])
  }
  const rows = [...byModel].map(
    ([model, each]) => `${JSON.stringify(model)}:${JSON.stringify(each)}`,
  )
  return [
    `{"schema":"orx.endpoints/1","asOf":"${asOf}",`,
    `"source":${JSON.stringify(endpointsSource(asOf))},`,
    `"lists":[\n${lists.text()}\n],`,
    `"models":{\n${rows.join(',\n')}\n}}\n`,
  ].join('\n')
}

const isDefault = (key: string, value: unknown): boolean =>
  value === null ||
  (key === 'quantization' && value === 'unknown') ||
  (key === 'status' && value === 0) ||
  (key === 'byokOnly' && value === false)
