import type { Context } from '../context.ts'
import type { Endpoint } from '../core/catalog/endpoint.ts'
import { CLASSIC } from '../core/policy/routing.ts'
import { expectedPrice } from '../core/simulate/expected.ts'
import { loadOutages } from '../sources/simulation.ts'

/** A usual request: 1,000 tokens in, 200 out, as `orx simulate` takes where it is told nothing. */
const USUAL = {
  quantities: { input: 1000, output: 200 },
  time: 'average',
  parameters: [],
} as const

/**
 * What each endpoint would serve of a model's answered requests by the documented rule, outages included.
 * Null for an endpoint that the rule leaves out.
 */
export function ruleShares(
  ctx: Context,
  model: string,
  endpoints: readonly Endpoint[],
): readonly (number | null)[] {
  const routing = { ...CLASSIC, models: [model] }
  const { shares, plan } = expectedPrice(endpoints, USUAL, routing, loadOutages(ctx))
  return endpoints.map((endpoint) => {
    const at = plan.candidates.findIndex((candidate) => candidate.endpoint === endpoint)
    return at < 0 ? null : (shares[at] ?? null)
  })
}
