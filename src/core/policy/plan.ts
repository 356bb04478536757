import type { Endpoint } from '../catalog/endpoint.ts'
import type { Usd } from '../money.ts'
import { priceOf } from '../price.ts'
import { filtered } from './filter.ts'
import { failsPreferred, type Priced, places } from './rank.ts'
import type { Candidate, Dropped, Plan, RouteRequest, Routing } from './routing.ts'

/** Decides who may serve a request and how they compare. Naming an order switches every other policy off. */
export function plan(endpoints: readonly Endpoint[], request: RouteRequest, asked: Routing): Plan {
  const routing: Routing = asked.preferences.order ? { ...asked, policy: 'order' } : asked
  const { kept, dropped } = filtered(endpoints, request, routing)
  const unpriced: Dropped[] = []
  const priced = kept.flatMap((endpoint) => {
    const price = priceAt(endpoint, request)
    if (typeof price !== 'string') return [{ endpoint, price }]
    unpriced.push({ endpoint, reason: 'unpriced', detail: price })
    return []
  })
  return {
    routing,
    candidates: blocks(priced, routing).flatMap((block, at) =>
      candidates(block, at, request, routing),
    ),
    dropped: [...dropped, ...unpriced],
    tries: triesOf(routing),
  }
}

function candidates(
  block: readonly Priced[],
  at: number,
  request: RouteRequest,
  routing: Routing,
): readonly Candidate[] {
  const its = places(block, request, routing)
  return block.map(({ endpoint, price }, index) => ({
    endpoint,
    price,
    block: at,
    last: failsPreferred(endpoint, routing.preferences),
    rank: its[index]?.rank ?? 0,
    weight: its[index]?.weight ?? 1,
  }))
}

function blocks(
  priced: readonly Priced[],
  { models, pooled }: Routing,
): readonly (readonly Priced[])[] {
  if (pooled || models.length < 2) return [priced]
  return models.map((model) => priced.filter(({ endpoint }) => endpoint.model === model))
}

/** Price of the request at an endpoint, or why there is none. */
function priceAt({ price }: Endpoint, { quantities, time }: RouteRequest): Usd | string {
  const charged = priceOf(price, { requests: 1, ...quantities }, quantities.input, time)
  return charged.kind === 'priced' ? charged.total : charged.why
}

/** Without fallbacks the first one drawn is the only one, except that an order is followed to its end. */
const triesOf = ({ policy, preferences, tries }: Routing): number =>
  preferences.allowFallbacks === false && policy !== 'order' ? 1 : tries
