import type { Endpoint, Percentiles } from '../catalog/endpoint.ts'
import { compare, divide, isZero, toNumber, type Usd } from '../money.ts'
import { adjustedWeights } from './adjusted.ts'
import { matchesName } from './match.ts'
import type { Cutoffs, Preferences, RouteRequest, Routing } from './routing.ts'

export type Priced = { readonly endpoint: Endpoint; readonly price: Usd }
type Place = { readonly rank: number; readonly weight: number }

/** The place of every endpoint under a policy, in the order given. */
export function places(
  priced: readonly Priced[],
  request: RouteRequest,
  routing: Routing,
): readonly Place[] {
  const { policy, preferences } = routing
  if (policy === 'order') return ordered(priced, preferences.order ?? [], routing)
  if (policy === 'classic') return balanced(priced, routing)
  if (policy === 'adjusted') return adjustedWeights(priced, request)
  if (policy === 'floor') return sorted(priced, (a, b) => compare(a.price, b.price))
  if (policy === 'latency') return sorted(priced, byLatency)
  return sorted(priced, byThroughput)
}

/** Zero prices first, evenly; then by 1/priceᵏ of the request's own cost. */
function balanced(priced: readonly Priced[], { exponent, pooled }: Routing): readonly Place[] {
  const paid = priced.filter(({ price }) => !isZero(price))
  const cheapest = paid.reduce<Usd | undefined>(
    (least, { price }) => (least && compare(least, price) <= 0 ? least : price),
    undefined,
  )
  const busiest = Math.max(1, ...priced.map(({ endpoint }) => endpoint.requests30m ?? 0))
  return priced.map(({ endpoint, price }) => {
    if (!cheapest || isZero(price)) return { rank: 0, weight: 1 }
    // The ratio is exact before it becomes a float, so a change of currency changes no share.
    const ratio = price === cheapest ? 1 : toNumber(divide(price, cheapest, 16))
    const weight = inversePower(ratio, exponent)
    const load = pooled ? (endpoint.requests30m ?? 0) / busiest : 0
    return { rank: 1, weight: weight / (1 + load) }
  })
}

/** ratio⁻ᵏ without Math.pow, whose last digits differ between versions of Node. */
function inversePower(ratio: number, exponent: number): number {
  if (exponent === 2) return 1 / (ratio * ratio)
  return Math.exp(-exponent * Math.log(ratio))
}

function sorted(priced: readonly Priced[], by: (a: Priced, b: Priced) => number): readonly Place[] {
  const inOrder = [...priced].sort(by)
  const ranks = new Map<Priced, number>()
  let rank = -1
  let before: Priced | undefined
  for (const each of inOrder) {
    if (!before || by(before, each) !== 0) rank += 1
    ranks.set(each, rank)
    before = each
  }
  // Equals share a rank and are drawn evenly.
  return priced.map((each) => ({ rank: ranks.get(each) ?? 0, weight: 1 }))
}

const p50 = (figures: Percentiles | null, unknown: number): number => figures?.p50 ?? unknown

const byLatency = (a: Priced, b: Priced): number =>
  difference(p50(a.endpoint.ttftMs, Infinity), p50(b.endpoint.ttftMs, Infinity))

const byThroughput = (a: Priced, b: Priced): number =>
  difference(p50(b.endpoint.throughput, 0), p50(a.endpoint.throughput, 0)) || byLatency(a, b)

const difference = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0)

/** Named endpoints in their order, each name's own by price; then the rest, balanced. */
function ordered(
  priced: readonly Priced[],
  order: readonly string[],
  routing: Routing,
): readonly Place[] {
  const at = ({ endpoint }: Priced) => {
    const found = order.findIndex((name) => matchesName(endpoint, name))
    return found < 0 ? order.length : found
  }
  return balanced(priced, routing).map(({ rank, weight }, index) => {
    const each = priced[index]
    return { rank: 2 * (each ? at(each) : 0) + rank, weight }
  })
}

/** Whether it fails a preferred throughput or latency; a percentile that nobody measured cannot be shown to hold. */
export function failsPreferred(
  { throughput, ttftMs }: Endpoint,
  { minThroughput, maxLatency }: Preferences,
): boolean {
  const holds = (
    cutoffs: Cutoffs | undefined,
    figures: Percentiles | null,
    test: (its: number, cut: number) => boolean,
  ) =>
    !cutoffs ||
    (['p50', 'p75', 'p90', 'p99'] as const).every((p) => {
      const cut = cutoffs[p]
      const its = figures?.[p] ?? null
      return cut === undefined || (its !== null && test(its, cut))
    })
  return !(
    holds(minThroughput, throughput, (its, cut) => its >= cut) &&
    holds(maxLatency, ttftMs, (its, cut) => its <= cut * 1000)
  )
}
