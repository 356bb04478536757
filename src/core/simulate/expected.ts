import type { Endpoint } from '../catalog/endpoint.ts'
import { divide, type Usd } from '../money.ts'
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

/** Whole numbers throughout: shares in 10⁻¹², prices at their common scale. */
function mean({ candidates }: Plan, shares: readonly number[]): Usd | null {
  const scale = candidates.reduce((most, { price }) => Math.max(most, price.scale), 0)
  let sum = 0n
  let whole = 0n
  for (const [at, { price }] of candidates.entries()) {
    const share = BigInt(Math.round((shares[at] ?? 0) * 1e12))
    sum += price.units * 10n ** BigInt(scale - price.scale) * share
    whole += share
  }
  if (whole === 0n) return null
  return divide({ units: sum, scale }, { units: whole, scale: 0 }, 24)
}
