import type { DirectOffer } from '../catalog/direct.ts'
import type { Endpoint } from '../catalog/endpoint.ts'
import { priceOfModel } from '../catalog/points.ts'
import type { Price } from '../catalog/price.ts'
import { OrxError } from '../errors.ts'
import { add, compare, multiply, type Usd, usd } from '../money.ts'
import { plan } from '../policy/plan.ts'
import { CLASSIC, type Preferences, type RouteRequest } from '../policy/routing.ts'
import { priceOf } from '../price.ts'
import type { Provider } from '../providers.ts'
import { DEFAULT_REPLY_TOKENS, type DearestPrice, dearestPrice, worstCase } from '../worst-case.ts'
import type { Stop } from './stop.ts'
import type { Wanted } from './wanted.ts'

export const ROUTE_MODES = ['cheapest', 'direct', 'credits', 'byok'] as const
export type RouteMode = (typeof ROUTE_MODES)[number]

/** What is known of the world when a prompt's way is planned. */
export type RouteWorld = {
  /** Accounts whose key is held: "openrouter" and slugs of providers. */
  readonly held: ReadonlySet<string>
  readonly providers: readonly Provider[]
  readonly openRouterUrl: string
  readonly offers: readonly DirectOffer[]
  readonly endpoints: readonly Endpoint[]
  /** The user's own prices, by model id. */
  readonly prices: Readonly<Record<string, Price>>
  /** Share of each purchase that buying credits costs: 0.055. */
  readonly purchaseShare: Usd | undefined
}

export type RouteWish = {
  readonly wanted: readonly Wanted[]
  readonly mode: RouteMode
  readonly preferences: Preferences
  readonly session: string | undefined
  readonly request: RouteRequest
  /** Whether later stops may cost more than the first (`--allow-pricier`). */
  readonly pricier: boolean
}

/** A stop with what it would cost in cash, the fee on credits included; undefined where it has no price. */
export type Way = { readonly stop: Stop; readonly cash: Usd | undefined }

/** How many models OpenRouter takes in one request; more are answered with 400. */
const MODELS_A_REQUEST = 3

/** A stop may cost this share more than the first before it counts as pricier: room for the fee on credits. */
const TOLERANCE = usd('1.1')

/**
 * The ways a prompt may go, best first: all models on the first route, then on the next. A later one is left out where it
 * costs more than the first, unless that is allowed. Empty where no key fits.
 */
export function waysFor(wish: RouteWish, world: RouteWorld): readonly Way[] {
  const direct = directWays(wish, world)
  const open = world.held.has('openrouter') ? openRouterWays(wish, world) : []
  const ways = directFirst(wish.mode, direct[0], open[0])
    ? [...direct, ...open]
    : [...open, ...direct]
  const [first] = ways
  return wish.pricier || !first
    ? ways
    : ways.filter((way) => way === first || !isPricier(way, first))
}

function directFirst(mode: RouteMode, direct: Way | undefined, open: Way | undefined): boolean {
  if (mode !== 'cheapest') return mode === 'direct'
  if (!direct || !open) return direct !== undefined
  // The first model named comes first, whatever its route.
  const same = direct.stop.models[0] === open.stop.models[0]?.replace(/:[^/]*$/, '')
  if (!same || !direct.cash) return false
  return !open.cash || compare(direct.cash, open.cash) <= 0
}

const isPricier = ({ cash }: Way, first: Way): boolean =>
  first.cash !== undefined &&
  (cash === undefined || compare(cash, multiply(first.cash, TOLERANCE)) > 0)

function openRouterWays(wish: RouteWish, world: RouteWorld): readonly Way[] {
  const listed = wish.wanted.flatMap((each) =>
    each.kind === 'listed' && each.model.status === 'current' ? [each] : [],
  )
  const chunks = Array.from({ length: Math.ceil(listed.length / MODELS_A_REQUEST) }, (_, at) =>
    listed.slice(at * MODELS_A_REQUEST, (at + 1) * MODELS_A_REQUEST),
  )
  return chunks.flatMap((chunk) => {
    const [first, ...rest] = chunk
    return first ? [openRouterWay([first, ...rest], wish, world)] : []
  })
}

type Listed = Extract<Wanted, { kind: 'listed' }>

function openRouterWay(
  chunk: readonly [Listed, ...Listed[]],
  wish: RouteWish,
  world: RouteWorld,
): Way {
  const [first, ...rest] = chunk
  const price = listPrice(first, world)
  const estimate = price && estimateOf(price, wish.request)
  const free = chunk.every(({ model }) => isFree(model.id))
  const route = wish.mode === 'byok' ? 'byok' : 'credits'
  const fee = route === 'credits' && !free ? world.purchaseShare : undefined
  const { preferences, session } = wish
  return {
    cash: estimate && fee ? add(estimate, multiply(estimate, fee)) : estimate,
    stop: {
      account: 'openrouter',
      name: 'OpenRouter',
      free,
      route,
      target: {
        route,
        baseUrl: world.openRouterUrl,
        models: [first.id, ...rest.map(({ id }) => id)],
        preferences,
        ...(session !== undefined && { session }),
      },
      models: chunk.map(({ id }) => id),
      dearest: dearestOf(chunk, wish, world),
      narrower: () => {
        const [least, ...others] = withoutDearest(chunk, wish, world)
        return least && openRouterWay([least, ...others], wish, world).stop
      },
      cap: smallest(chunk.map(({ model }) => model.maxOutput)),
      estimate,
      price,
    },
  }
}

/** The models of a request but the one whose worst case is highest, or not known. */
function withoutDearest(
  chunk: readonly Listed[],
  wish: RouteWish,
  world: RouteWorld,
): readonly Listed[] {
  const { quantities, maxTokens = DEFAULT_REPLY_TOKENS } = wish.request
  const worst = chunk.map((each) => {
    const price = dearestOf([each], wish, world)
    return price && worstCase(price, quantities.input ?? 0, maxTokens)
  })
  const [out] = chunk
    .map((_, at) => at)
    .sort((a, b) => {
      const [one, other] = [worst[a], worst[b]]
      return one && other ? compare(other, one) : Number(Boolean(one)) - Number(Boolean(other))
    })
  return chunk.filter((_, at) => at !== out)
}

/** OpenRouter's own limits on free models hold for these (openrouter.ai/docs/api-reference/limits, 2026-08-22). */
export const isFree = (id: string): boolean => id.endsWith(':free') || id === 'openrouter/free'

const listPrice = ({ model }: Listed, { prices }: RouteWorld): Price | undefined =>
  prices[model.id] ?? priceOfModel(model)

function estimateOf(price: Price, { quantities, time }: RouteRequest): Usd | undefined {
  const charge = priceOf(price, { requests: 1, ...quantities }, quantities.input, time)
  return charge.kind === 'priced' ? charge.total : undefined
}

/** The dearest that any endpoint which may answer could charge, the listed price included; --max-price caps it. */
function dearestOf(
  chunk: readonly Listed[],
  wish: RouteWish,
  world: RouteWorld,
): DearestPrice | undefined {
  const { prompt, completion } = wish.preferences.maxPrice ?? {}
  const prices = chunk.flatMap((each) => {
    const endpoints = candidatesFor(each, wish, world).map(({ endpoint }) => endpoint.price)
    return [listPrice(each, world), ...endpoints]
  })
  const dearest = dearestPrice(prices)
  if (!prompt || !completion) return dearest
  const flat = dearest?.flat ?? usd('0')
  return {
    input: dearest && compare(dearest.input, prompt) < 0 ? dearest.input : prompt,
    output: dearest && compare(dearest.output, completion) < 0 ? dearest.output : completion,
    flat,
  }
}

/** Who may serve a model by OpenRouter, as far as the captured endpoints tell. */
export const candidatesFor = (wanted: Listed, wish: RouteWish, { endpoints }: RouteWorld) =>
  planFor(wanted, wish, endpoints).candidates

export const planFor = (
  { model, policy }: Listed,
  { preferences, request }: RouteWish,
  endpoints: readonly Endpoint[],
) =>
  plan(
    endpoints.filter((each) => each.model === model.id),
    request,
    { ...CLASSIC, policy, preferences, models: [model.id] },
  )

function directWays(wish: RouteWish, world: RouteWorld): readonly Way[] {
  return wish.wanted.flatMap((wanted) =>
    wanted.kind === 'own' ? ownWays(wanted, wish, world) : sellersOf(wanted, wish, world),
  )
}

/** Providers with a key, cheapest first. `--only`, `--ignore` and `--provider` hold for them too. */
function sellersOf(wanted: Listed, wish: RouteWish, world: RouteWorld): readonly Way[] {
  const { only, ignore, order, zdr } = wish.preferences
  if (zdr) return []
  const ways = world.offers
    .filter(({ model, provider }) => model === wanted.model.id && world.held.has(provider))
    .filter(({ provider }) => (!only || only.includes(provider)) && !ignore?.includes(provider))
    .flatMap((offer): readonly Way[] => {
      const provider = world.providers.find(({ slug }) => slug === offer.provider)
      if (!provider) return []
      const price = world.prices[wanted.model.id] ?? offer.price
      return [directWay(provider, offer.id, wanted.model.id, price, wanted.model.maxOutput, wish)]
    })
  const rank = ({ stop }: Way) => order?.indexOf(stop.account) ?? 0
  const placed = (way: Way) => (rank(way) < 0 ? Number.MAX_SAFE_INTEGER : rank(way))
  return [...ways].sort((a, b) => placed(a) - placed(b) || byCash(a, b))
}

const byCash = (a: Way, b: Way): number =>
  a.cash && b.cash ? compare(a.cash, b.cash) : Number(!a.cash) - Number(!b.cash)

function ownWays(
  { provider: slug, id }: Extract<Wanted, { kind: 'own' }>,
  wish: RouteWish,
  world: RouteWorld,
): readonly Way[] {
  const provider = world.providers.find((each) => each.slug === slug)
  if (!provider || !world.held.has(slug)) return []
  const name = `${slug}/${id}`
  return [directWay(provider, id, name, world.prices[name], null, wish)]
}

function directWay(
  provider: Provider,
  id: string,
  model: string,
  price: Price | undefined,
  cap: number | null,
  wish: RouteWish,
): Way {
  const estimate = price && estimateOf(price, wish.request)
  const { slug, name, env: _, ...how } = provider
  return {
    cash: estimate,
    stop: {
      account: slug,
      name,
      free: false,
      route: 'direct',
      target: { ...how, route: 'direct', provider: slug, id, model },
      models: [model],
      dearest: price && dearestPrice([price]),
      cap,
      estimate,
      price,
    },
  }
}

const smallest = (caps: readonly (number | null)[]): number | null => {
  const known = caps.filter((cap): cap is number => Boolean(cap))
  return known.length > 0 ? Math.min(...known) : null
}

/** The error where no held key can send the prompt: lists every key that would do. */
export function noKey({ wanted }: RouteWish, world: RouteWorld): OrxError {
  const sellers = wanted.flatMap((each) =>
    each.kind === 'own'
      ? [each.provider]
      : world.offers.filter(({ model }) => model === each.model.id).map(({ provider }) => provider),
  )
  const variables = world.providers
    .filter(({ slug }) => sellers.includes(slug))
    .map(({ env }) => env[0] ?? '')
  const listed = wanted.some(({ kind }) => kind === 'listed') ? ['OPENROUTER_API_KEY'] : []
  const all = [...listed, ...variables].filter(Boolean)
  return new OrxError(
    'KEY_MISSING',
    `no key is held that can send this prompt; any of these would do: ${all.join(', ')}`,
    'Export one, or keep it with `orx keys set openrouter`. --dry-run works without.',
  )
}
