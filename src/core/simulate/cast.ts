import type { Endpoint } from '../catalog/endpoint.ts'
import { compare, type Usd } from '../money.ts'
import { plan } from '../policy/plan.ts'
import type { Dropped, Plan, RouteRequest, Routing } from '../policy/routing.ts'
import { priceOf } from '../price.ts'
import { churnOf, type OutageTable, ttftOf } from './outages.ts'
import type { Assumptions, Incident, Scene } from './scene.ts'

export type Size = { readonly input: number; readonly output: number; readonly share: number }

export type Setup = {
  readonly endpoints: readonly Endpoint[]
  readonly routing: Routing
  /** Shares add up to 1. */
  readonly sizes: readonly Size[]
  /** What every request has besides its size. */
  readonly request: Omit<RouteRequest, 'quantities'>
  readonly assumptions: Assumptions
  readonly outages: OutageTable
  readonly seed: number
  readonly runs: number
  readonly requests: number
  readonly overMs: number
  readonly incidents: readonly Incidence[]
}

/** An incident by what it strikes. */
export type Incidence = {
  readonly strikes: ((endpoint: Endpoint) => boolean) | 'gateway'
  readonly fromMs: number
  readonly toMs: number
}

/** A scene with what its numbers stand for. */
export type Cast = {
  readonly scene: Scene
  /** The players, in their order. */
  readonly endpoints: readonly Endpoint[]
  readonly sizes: readonly Size[]
  /** Exact prices by cell (size × players + player); null where the endpoint does not serve that size. */
  readonly prices: readonly (Usd | null)[]
  /** What a stream costs that is cut half way. */
  readonly cutPrices: readonly (Usd | null)[]
  readonly plan: Plan
  readonly dropped: readonly Dropped[]
  /** Share of requests whose size no endpoint takes; they are left out. */
  readonly unroutable: number
  /** Slugs without figures of their own. */
  readonly assumed: { readonly outages: readonly string[]; readonly ttft: readonly string[] }
}

/** Sets the stage; null where no endpoint is left for any size. */
export function cast(setup: Setup): Cast | null {
  const planned = setup.sizes.map((size) => ({ size, made: planFor(setup, size) }))
  const routable = planned.filter(({ made }) => made.candidates.length > 0)
  const [first] = routable
  if (!first) return null
  const plans = routable.map(({ made }) => made)
  const endpoints = inOrder(plans, setup.routing.models)
  const covered = routable.reduce((sum, { size }) => sum + size.share, 0)
  const sizes = routable.map(({ size }) => ({ ...size, share: size.share / covered }))
  const seatings = plans.map((each) => seating(each, endpoints))
  const prices = seatings.flatMap((seats) => seats.map((seat) => seat?.price ?? null))
  return {
    endpoints,
    sizes,
    prices,
    cutPrices: sizes.flatMap((size, at) =>
      endpoints.map((endpoint, player) =>
        seatings[at]?.[player] ? halfPrice(endpoint, size, setup) : null,
      ),
    ),
    plan: first.made,
    dropped: first.made.dropped.filter(({ endpoint }) => !endpoints.includes(endpoint)),
    unroutable: 1 - covered,
    assumed: {
      outages: missing(endpoints, (each) => churnOf(each, setup.outages).own),
      ttft: missing(endpoints, (each) => ttftOf(each, setup.outages).own),
    },
    scene: {
      seed: setup.seed,
      runs: setup.runs,
      requests: setup.requests,
      overMs: setup.overMs,
      players: players(endpoints, setup.outages),
      sizes: seatings.map((seats, at) => ({
        share: sizes[at]?.share ?? 0,
        seats: seats.map(
          (seat) =>
            seat && { block: seat.block, last: seat.last, rank: seat.rank, weight: seat.weight },
        ),
      })),
      tries: first.made.tries,
      fallback: setup.routing.fallback,
      byPrice: cheapestFirst(prices.slice(0, endpoints.length)),
      incidents: setup.incidents.map((each) => incident(each, endpoints)),
      assumptions: setup.assumptions,
    },
  }
}

/** What to show of the routing where nobody is left: every endpoint with its reason. */
export const droppedBy = (setup: Setup): readonly Dropped[] =>
  setup.sizes[0] ? planFor(setup, setup.sizes[0]).dropped : []

const planFor = ({ endpoints, request, routing }: Setup, { input, output }: Size): Plan =>
  plan(endpoints, { ...request, quantities: { input, output } }, routing)

/** An order that does not depend on that of the catalogue: by model, slug, price. */
function inOrder(plans: readonly Plan[], models: readonly string[]): readonly Endpoint[] {
  const all = new Map(
    plans.flatMap(({ candidates }) => candidates).map((each) => [each.endpoint, each.price]),
  )
  const block = ({ model }: Endpoint) => models.indexOf(model)
  return [...all]
    .sort(
      ([a, price], [b, other]) =>
        block(a) - block(b) ||
        (a.tag < b.tag ? -1 : a.tag > b.tag ? 1 : 0) ||
        compare(price, other),
    )
    .map(([endpoint]) => endpoint)
}

const seating = ({ candidates }: Plan, endpoints: readonly Endpoint[]) =>
  endpoints.map((endpoint) => candidates.find((each) => each.endpoint === endpoint) ?? null)

function halfPrice({ price }: Endpoint, { input, output }: Size, { request }: Setup): Usd | null {
  const half = { requests: 1, input, output: Math.floor(output / 2) }
  const charged = priceOf(price, half, input, request.time)
  return charged.kind === 'priced' ? charged.total : null
}

function players(endpoints: readonly Endpoint[], outages: OutageTable): Scene['players'] {
  const times = new Map<string, number>()
  return endpoints.map((endpoint) => {
    const name = `${endpoint.model} ${endpoint.tag}`
    const before = times.get(name) ?? 0
    times.set(name, before + 1)
    const { betweenMs, lengthMs } = churnOf(endpoint, outages)
    return {
      key: before === 0 ? name : `${name} ${before + 1}`,
      churn: { betweenMs, lengthMs },
      ttftMs: ttftOf(endpoint, outages).ttftMs,
    }
  })
}

const cheapestFirst = (prices: readonly (Usd | null)[]): readonly number[] =>
  prices
    .map((price, player) => ({ price, player }))
    .sort((a, b) => (a.price && b.price ? compare(a.price, b.price) : a.price ? -1 : 1))
    .map(({ player }) => player)

function incident({ strikes, fromMs, toMs }: Incidence, endpoints: readonly Endpoint[]): Incident {
  if (strikes === 'gateway') return { who: 'gateway', fromMs, toMs }
  const who = endpoints.flatMap((endpoint, at) => (strikes(endpoint) ? [at] : []))
  return { who, fromMs, toMs }
}

const missing = (endpoints: readonly Endpoint[], has: (endpoint: Endpoint) => boolean) =>
  endpoints.filter((each) => !has(each)).map(({ tag }) => tag)
