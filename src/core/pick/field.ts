import { scoresFor } from '../catalog/latest-scores.ts'
import type { Catalog, Model } from '../catalog/model.ts'
import { baseOf } from '../catalog/names.ts'
import { priceOfModel } from '../catalog/points.ts'
import type { Score } from '../catalog/score.ts'
import type { Lane } from '../classify/task.ts'
import { isZero } from '../money.ts'
import { type Offer, offerOf } from '../recommend/candidate.ts'
import { constraintsOf, type Demands, type Sieve, sieve } from '../recommend/constraints.ts'
import { nothingLeft, offersOf } from '../recommend/recommend.ts'
import type { Task as Work } from '../recommend/task.ts'
import { PRIORITIES, type Priority, utilities } from '../recommend/weights.ts'
import { dearestPrice, type Fit, fit, promptBound } from '../worst-case.ts'
import type { Expected } from './expect.ts'
import { LANE_RULES } from './lane.ts'
import type { PickRequest, Weighed } from './request.ts'

/** What the choice is made from. */
export type PickWorld = {
  readonly catalog: Catalog
  readonly scores: readonly Score[]
  /** Lane → models, best first, where the user or the report says so; today's data otherwise. */
  readonly lists: Readonly<Partial<Record<Lane, readonly Model[]>>>
  /** Whose lists they are. */
  readonly listsOf: 'config.toml' | 'the 2025 report'
  /** Models that a held key reaches; null where no key is held, and so none is preferred. */
  readonly reachable: ReadonlySet<string> | null
  /** Models with a host that neither keeps nor trains on prompts; null where that is not asked for. */
  readonly zdr: ReadonlySet<string> | null
  /** YYYY-MM-DD. */
  readonly today: string
}

/** The models of a lane that keep every hard limit, the best first. */
export type Field = {
  readonly weighed: readonly Weighed[]
  /** Further models that may stand in, best first; they keep the hard limits too. */
  readonly others: readonly Weighed[]
  readonly notes: readonly string[]
}

export type Wish = {
  readonly request: PickRequest
  readonly expected: Expected
  readonly difficulty: number
}

/** @throws OrxError NOTHING_LEFT where the hard limits leave no model. */
export function fieldOf(lane: Lane, wish: Wish, world: PickWorld): Field {
  const scores = scoresFor(world.scores, LANE_RULES[lane].metric)
  const list = world.lists[lane]
  if (!list) return rankedToday(lane, wish, world, scores)
  const own = listed(list, lane, wish, world, scores)
  if (own.weighed.length > 0) return own
  const today = rankedToday(lane, wish, world, scores)
  const why = `no model of ${world.listsOf}'s list for ${lane} can be had: today's picks instead`
  return { ...today, notes: [...own.notes, why] }
}

/** Of those above the floor the most useful first; the rest, by quality, may stand in. */
function rankedToday(
  lane: Lane,
  wish: Wish,
  world: PickWorld,
  scores: ReadonlyMap<string, Score>,
): Field {
  const volume = { ...wish.expected, requests: 1 }
  const { paid, free } = offersOf(reached(world.catalog.models, world), volume, world.today)
  const sifted = within(lane === 'free' ? free : paid, lane, wish, world)
  const { left } = sifted
  if (left.length === 0 && lane !== 'free') throw nothingLeft(sifted)
  const scored = left.flatMap((offer) => {
    const score =
      scores.get(offer.model.id) ?? scores.get(offer.model.base ?? baseOf(offer.model.id))
    return score ? [{ offer, quality: score.value }] : []
  })
  const [top] = scored.sort((a, b) => b.quality - a.quality)
  if (!top) return { weighed: [], others: [], notes: [] }
  const floor = top.quality * LANE_RULES[lane].floor
  // Spread only here: it prices each offer, and most of them are below the floor.
  const field = scored
    .filter(({ quality }) => quality >= floor)
    .map(({ offer, quality }) => ({ ...offer, quality }))
  const totals = utilities(field, floor, weightsFor(wish))
  const weighed = field
    .map((offer, at) => weigh(offer, wish, offer.quality, totals[at]?.total ?? 0))
    .sort((a, b) => (b.utility ?? 0) - (a.utility ?? 0) || (a.model < b.model ? -1 : 1))
  const others = scored
    .filter(({ quality }) => quality < floor)
    .map(({ offer, quality }) => weigh(offer, wish, quality, null))
  return { weighed, others, notes: [] }
}

/** The harder the prompt the more its quality counts, the easier the more its price. */
function weightsFor({ request, difficulty }: Wish) {
  const { intelligence, latency, cost } = PRIORITIES[request.priority ?? ('balanced' as Priority)]
  return {
    intelligence: 2 * intelligence * difficulty,
    latency: latency / 2,
    cost: 2 * cost * (1 - difficulty),
  }
}

/** A list in its own order, without what is retired or has no price, or a price in the free lane. */
function listed(
  list: readonly Model[],
  lane: Lane,
  wish: Wish,
  world: PickWorld,
  scores: ReadonlyMap<string, Score>,
): Field {
  const notes = list.flatMap((model) => {
    if (model.status !== 'retired') return []
    const next = model.successor ? `; ${model.successor} follows it` : ''
    return [`${model.id} of the list is retired and skipped${next}`]
  })
  const current = list.filter(({ status }) => status === 'current')
  const priced = reached(current, world).flatMap(
    (model) => offerOf(model, { ...wish.expected, requests: 1 }) ?? [],
  )
  const offers = within(priced, lane, wish, world).left.filter((offer) => {
    const paid = lane === 'free' && !isZero(offer.cost)
    if (paid) notes.push(`${offer.model.id} of the list is not free and skipped`)
    return !paid
  })
  const rank = new Map(current.map(({ id }, at) => [id, at]))
  const weighed = [...offers]
    .sort((a, b) => (rank.get(a.model.id) ?? 0) - (rank.get(b.model.id) ?? 0))
    .map((offer) => weigh(offer, wish, scores.get(offer.model.id)?.value ?? null, null))
  return { weighed, others: [], notes }
}

/** The offers that keep every hard limit. */
function within(
  offers: readonly Offer[],
  lane: Lane,
  { request, expected }: Wish,
  { zdr }: PickWorld,
): Sieve {
  const found = sieve(offers, constraintsOf(work(lane, expected), demands(request, zdr)))
  return { ...found, left: found.left.filter(({ model }) => hasRoom(model, request)) }
}

const reached = (models: readonly Model[], { reachable }: PickWorld): readonly Model[] =>
  reachable === null ? models : models.filter(({ id }) => reachable.has(baseOf(id)))

/** A reply of the length asked for must be possible. */
const hasRoom = ({ maxOutput }: Model, { maxTokens }: PickRequest): boolean =>
  maxTokens === undefined || !maxOutput || maxOutput >= maxTokens

const work = (lane: Lane, { input, output }: Expected): Work => ({
  id: lane,
  label: lane,
  labelTh: lane,
  aliases: [],
  source: 'router strategy',
  metric: LANE_RULES[lane].metric,
  needs: [],
  // A tenth more, because the tokens are estimated.
  minContext: Math.max(LANE_RULES[lane].minContext ?? 0, Math.ceil(input * 1.1) + output),
  volume: { input, output, requests: 1 },
  why: '',
})

const demands = (
  { needs = [], minContext, maxPrice }: PickRequest,
  zdr: ReadonlySet<string> | null,
): Demands => ({
  needs,
  minContext: minContext ?? null,
  maxPrice: maxPrice ?? null,
  budget: null,
  authors: [],
  exclude: [],
  zdr: zdr && new Map([...zdr].map((id) => [id, true])),
  freeOnly: false,
})

/** Costs are worked out where they are asked for: most models of a field are never priced to the last decimal. */
function weigh(
  offer: Offer,
  { request }: Wish,
  quality: number | null,
  utility: number | null,
): Weighed {
  const { model, seconds } = offer
  let fitted: Fit | undefined
  const fits = () => {
    fitted ??= fitOf(offer, request)
    return fitted
  }
  return {
    model: model.id,
    author: model.author,
    provider: model.speed?.provider ?? null,
    quality,
    get cost() {
      return offer.cost
    },
    get worst() {
      const found = fits()
      return found.kind === 'unpriced' ? undefined : found.worst
    },
    get maxTokens() {
      const found = fits()
      return found.kind === 'fits' ? found.maxTokens : 0
    },
    seconds,
    utility,
  }
}

function fitOf({ model }: Offer, request: PickRequest): Fit {
  const { prompt, besides = [], attached, maxTokens, left } = request
  return fit(
    {
      promptTokens: promptBound([prompt, ...besides]) + (attached?.most ?? 0),
      price: dearestPrice([priceOfModel(model)]),
      asked: maxTokens,
      modelCap: model.maxOutput,
    },
    left,
  )
}
