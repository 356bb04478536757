import { compare, divide, multiply, subtract, toDecimal, type Usd, usd } from '../money.ts'
import type { DirectOffer } from './direct.ts'
import type { Endpoint } from './endpoint.ts'
import type { Model } from './model.ts'
import { lastPoint } from './points.ts'
import type { ModelRow } from './query.ts'
import type { Score } from './score.ts'

/** Everything known of one model. */
export type Profile = {
  readonly row: ModelRow
  /** Other ids of the same model. */
  readonly variants: readonly string[]
  readonly endpoints: readonly Endpoint[]
  /** Of requests by the documented rule, in the order of `endpoints`; null where an endpoint takes none or it is not known. */
  readonly shares: readonly (number | null)[]
  readonly spread: Spread | null
  readonly direct: readonly DirectOffer[]
  /** All metrics, each from its newest source. */
  readonly scores: readonly Score[]
  readonly report: Said | null
}

export type Range<T> = { readonly low: T; readonly high: T }

/** How far the healthy endpoints of a model lie apart. */
export type Spread = {
  readonly endpoints: number
  readonly healthy: number
  readonly input: Range<string> | null
  readonly output: Range<string> | null
  readonly ttftMs: Range<number> | null
  readonly throughput: Range<number> | null
  readonly context: Range<number> | null
}

export function spreadOf(endpoints: readonly Endpoint[]): Spread | null {
  if (endpoints.length === 0) return null
  const healthy = endpoints.filter(({ status }) => status === 0)
  return {
    endpoints: endpoints.length,
    healthy: healthy.length,
    input: ratesRange(healthy.map(({ price }) => price.input)),
    output: ratesRange(healthy.map(({ price }) => price.output)),
    ttftMs: range(healthy.map(({ ttftMs }) => ttftMs?.p50)),
    throughput: range(healthy.map(({ throughput }) => throughput?.p50)),
    context: range(healthy.map(({ context }) => context)),
  }
}

function range(values: readonly (number | null | undefined)[]): Range<number> | null {
  const known = values.filter((value) => typeof value === 'number')
  return known.length > 0 ? { low: Math.min(...known), high: Math.max(...known) } : null
}

function ratesRange(rates: readonly (string | undefined)[]): Range<string> | null {
  const known = rates
    .filter((rate) => rate !== undefined)
    .map(usd)
    .sort(compare)
  const [low, high] = [known[0], known.at(-1)]
  return low && high ? { low: toDecimal(low), high: toDecimal(high) } : null
}

/** What the report says of a model, and where that differs from the catalogue. */
export type Said = { readonly model: Model; readonly differences: readonly Difference[] }
export type Difference = {
  readonly what: 'input' | 'output' | 'context'
  readonly said: string
  /** Null where the catalogue does not know it. */
  readonly now: string | null
  /** From what was said to now, in percent, one decimal; null where it cannot be said. */
  readonly percent: string | null
}

/** @param said the model in the report's own catalogue */
export function versus(said: Model, now: Model): Said {
  const told = lastPoint(said).price
  const today = lastPoint(now).price
  const differences = [
    difference('input', told?.input, today?.input),
    difference('output', told?.output, today?.output),
    difference('context', text(said.context), text(now.context)),
  ]
  return { model: said, differences: differences.filter((each) => each !== null) }
}

const text = (value: number | null): string | undefined =>
  value === null ? undefined : String(value)

function difference(
  what: Difference['what'],
  said: string | undefined,
  now: string | undefined,
): Difference | null {
  if (said === undefined || said === now) return null
  if (now === undefined) return { what, said, now: null, percent: null }
  const [before, after] = [usd(said), usd(now)]
  return { what, said, now, percent: before.units === 0n ? null : change(before, after) }
}

const change = (before: Usd, after: Usd): string =>
  toDecimal(divide(multiply(subtract(after, before), usd('100')), before, 1))

/** A model's scores, one a metric and unit: the newest, and of one day the highest. Indices come first. */
export function scoresOf(all: readonly Score[], model: string): readonly Score[] {
  const best = new Map<string, Score>()
  for (const score of all) {
    if (score.model !== model) continue
    const before = best.get(score.metric)
    const better =
      !before ||
      score.asOf > before.asOf ||
      (score.asOf === before.asOf && score.value > before.value)
    if (better) best.set(score.metric, score)
  }
  const order = (unit: Score['unit']) => ['index', 'percent', 'rating'].indexOf(unit)
  return [...best.values()].sort(
    (a, b) => order(a.unit) - order(b.unit) || (a.metric < b.metric ? -1 : 1),
  )
}
