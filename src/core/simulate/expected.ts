import type { Endpoint } from '../catalog/endpoint.ts'
import { add, divide, multiply, toDecimal, type Usd, usd } from '../money.ts'
import { attempts } from '../policy/attempts.ts'
import { plan } from '../policy/plan.ts'
import type { Plan, RouteRequest, Routing } from '../policy/routing.ts'
import { ASSUMED } from './assumptions.ts'
import { healthOf } from './exact.ts'
import { churnOf, type OutageTable } from './outages.ts'
import type { Assumptions } from './scene.ts'

export type Expected = {
  /** US$ of one answered request; null where nobody is left to serve it. Shares are rounded at 12 decimals in it. */
  readonly price: Usd | null
  /** Of one request, that somebody answers. */
  readonly answered: number
  /** Of answered requests, in the order of `plan.candidates`. */
  readonly shares: readonly number[]
  readonly plan: Plan
}

/**
 * What a request costs on average under a policy, over all states of all endpoints: without sampling, some 10 µs for a
 * model with a handful of endpoints, so every command can afford it.
 */
export function expectedPrice(
  endpoints: readonly Endpoint[],
  request: RouteRequest,
  routing: Routing,
  outages: OutageTable,
  assumptions: Assumptions = ASSUMED,
): Expected {
  const made = plan(endpoints, request, routing)
  const chances = attempts(
    made.candidates,
    made.candidates.map(({ endpoint }) => healthOf(churnOf(endpoint, outages), assumptions)),
    made.tries,
  )
  const answered = chances.answered.reduce((sum, chance) => sum + chance, 0)
  const shares = [...chances.answered].map((chance) => (answered > 0 ? chance / answered : 0))
  return { price: mean(made, shares), answered, shares, plan: made }
}

function mean({ candidates }: Plan, shares: readonly number[]): Usd | null {
  const parts = candidates.map(({ price }, at) => ({
    price,
    share: usd((shares[at] ?? 0).toFixed(12)),
  }))
  const whole = add(...parts.map(({ share }) => share))
  if (whole.units === 0n) return null
  return divide(add(...parts.map(({ price, share }) => multiply(price, share))), whole, 24)
}

/** As OpenRouter lists prices, per 1M tokens, for tables: what input and output cost on average over the shares. */
export function expectedRates(
  { plan: { candidates }, shares }: Expected,
  key: 'input' | 'output',
): string | null {
  const parts = candidates.flatMap(({ endpoint: { price } }, at) => {
    const rate = price[key]
    return rate === undefined ? [] : [multiply(usd(rate), usd((shares[at] ?? 0).toFixed(12)))]
  })
  return parts.length === candidates.length && parts.length > 0 ? toDecimal(add(...parts)) : null
}
