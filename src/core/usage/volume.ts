import { add, type Usd, ZERO } from '../money.ts'
import type { Quantities } from '../price.ts'
import { amountOf, MEASURE } from './measures.ts'

/** Tokens and requests; all whole numbers. */
export type Volume = {
  readonly requests: number
  /** Prompt tokens, cached and written ones included. */
  readonly input: number
  readonly output: number
  /** Parts of input. */
  readonly cacheRead: number
  readonly cacheWrite: number
  readonly cacheWrite1h: number
  /** Part of output. */
  readonly reasoning: number
}

export const NO_VOLUME: Volume = {
  requests: 0,
  input: 0,
  output: 0,
  cacheRead: 0,
  cacheWrite: 0,
  cacheWrite1h: 0,
  reasoning: 0,
}

export const volumeAt = (values: Float64Array, base: number): Volume => ({
  requests: values[base + MEASURE.requests] ?? 0,
  input: values[base + MEASURE.input] ?? 0,
  output: values[base + MEASURE.output] ?? 0,
  cacheRead: values[base + MEASURE.cacheRead] ?? 0,
  cacheWrite: values[base + MEASURE.cacheWrite] ?? 0,
  cacheWrite1h: values[base + MEASURE.cacheWrite1h] ?? 0,
  reasoning: values[base + MEASURE.reasoning] ?? 0,
})

export const addVolumes = (a: Volume, b: Volume): Volume => ({
  requests: a.requests + b.requests,
  input: a.input + b.input,
  output: a.output + b.output,
  cacheRead: a.cacheRead + b.cacheRead,
  cacheWrite: a.cacheWrite + b.cacheWrite,
  cacheWrite1h: a.cacheWrite1h + b.cacheWrite1h,
  reasoning: a.reasoning + b.reasoning,
})

export const quantitiesOf = ({ reasoning: _, ...volume }: Volume): Quantities => volume

/** What a log says was paid: the charge plus what the user's own keys were charged elsewhere. */
export type Reported = {
  /** Requests with a charge in the log. */
  readonly requests: number
  readonly total: Usd
  /** Part of total: web search, file parsing. */
  readonly extra: Usd
  /** Part of total: charged by providers to the user's own keys. */
  readonly byok: Usd
}

export const NOT_REPORTED: Reported = { requests: 0, total: ZERO, extra: ZERO, byok: ZERO }

export function reportedAt(values: Float64Array, base: number): Reported {
  const requests = values[base + MEASURE.reported] ?? 0
  if (requests === 0) return NOT_REPORTED
  const byok = amountOf(values, base, MEASURE.byok)
  const total = add(amountOf(values, base, MEASURE.cost), byok)
  return { requests, total, extra: amountOf(values, base, MEASURE.extra), byok }
}

export const addReported = (a: Reported, b: Reported): Reported => ({
  requests: a.requests + b.requests,
  total: add(a.total, b.total),
  extra: add(a.extra, b.extra),
  byok: add(a.byok, b.byok),
})
