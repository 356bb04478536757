import { toNumber } from '../money.ts'
import type { Priced } from './rank.ts'
import type { RouteRequest } from './routing.ts'

/**
 * An approximation of OpenRouter's newer default, which publishes its parts but no formula (guides/providers/traffic-routing
 * in OpenRouterTeam/docs, after 2026-09). Calibrated to the five illustrated endpoints there (price, tokens a second, share):
 * 0.98/92 → 35 %, 1.32/125 → 34 %, 0.84/59 → 22 %, 1.54/77 → 7 %, 2.06/83 → 2 %; it gives these back to half a point.
 * Each endpoint scores −A·ln(price) + B·ln(speed); what lies further than EDGE behind the best falls STEEP times faster.
 */
const A = 1.823
const B = 1.677
const EDGE = 0.8
const STEEP = 1.7
/** Nobody falls to nothing: a share of the traffic explores. */
const EXPLORE = 0.005

type Score = { readonly rank: number; readonly weight: number }

export function adjustedWeights(
  priced: readonly Priced[],
  request: RouteRequest,
): readonly Score[] {
  const speeds = priced.map(({ endpoint }) => endToEnd(endpoint, request.quantities.output))
  const known = speeds.filter((speed) => speed !== null).sort((a, b) => a - b)
  const middle = known[Math.floor(known.length / 2)] ?? 1
  const scores = priced.map(({ price }, at) => {
    const cost = Math.max(toNumber(price), 1e-12)
    return -A * Math.log(cost) + B * Math.log(speeds[at] ?? middle)
  })
  const best = Math.max(...scores)
  const weights = scores.map((score) => {
    const behind = best - score
    return Math.exp(-behind - STEEP * Math.max(0, behind - EDGE))
  })
  const sum = weights.reduce((total, weight) => total + weight, 0)
  const even = EXPLORE / priced.length
  return weights.map((weight) => ({ rank: 0, weight: (1 - EXPLORE) * (weight / sum) + even }))
}

/** Tokens a second with the wait for the first one counted in, as OpenRouter illustrates it: 5 s + 500 tokens in 5 s = 50. */
function endToEnd({ ttftMs, throughput }: Priced['endpoint'], tokens: number): number | null {
  if (!ttftMs || !throughput || throughput.p50 <= 0) return null
  const output = Math.max(tokens, 1)
  return output / (ttftMs.p50 / 1000 + output / throughput.p50)
}
