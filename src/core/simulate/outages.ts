import type { Endpoint, Percentiles } from '../catalog/endpoint.ts'
import { providerSlug } from '../policy/match.ts'
import type { Churn } from './scene.ts'

/** Measured outages and first-token times by provider: data/outages.json. */
export type OutageTable = {
  readonly source: { readonly id: string; readonly name: string; readonly url: string }
  readonly from: string
  readonly to: string
  readonly note: string
  readonly sampleMinutes: number
  /** Chances per sample: up to down, down to up; and how many transitions were seen. */
  readonly all: readonly [number, number, number]
  readonly providers: Readonly<Record<string, readonly [number, number, number]>>
  /** p50, p90, p99 in milliseconds: medians over endpoints and days, by display name. */
  readonly ttft: Readonly<Record<string, readonly [number, number, number]>>
  readonly ttftAll: readonly [number, number, number]
}

/** A provider's chain, or all providers' together where it was not measured. */
export function churnOf(endpoint: Endpoint, table: OutageTable): Churn & { readonly own: boolean } {
  const own = table.providers[providerSlug(endpoint)]
  const [down, up] = own ?? table.all
  const sample = table.sampleMinutes * 60_000
  return { betweenMs: sample / down, lengthMs: sample / up, own: own !== undefined }
}

/** The endpoint's own percentiles, else its provider's, else everybody's. */
export function ttftOf(
  endpoint: Endpoint,
  table: OutageTable,
): { readonly ttftMs: Percentiles; readonly own: boolean } {
  if (endpoint.ttftMs) return { ttftMs: endpoint.ttftMs, own: true }
  const [p50, p90, p99] = table.ttft[endpoint.provider] ?? table.ttftAll
  return { ttftMs: { p50, p75: null, p90, p99 }, own: false }
}
