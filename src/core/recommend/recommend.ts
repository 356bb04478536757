import { scoresFor } from '../catalog/latest-scores.ts'
import type { Catalog, Model } from '../catalog/model.ts'
import type { Score } from '../catalog/score.ts'
import { utcDay } from '../day.ts'
import { OrxError } from '../errors.ts'
import { divide, isZero, multiply, round, toDecimal, usd } from '../money.ts'
import { byQuality } from './axes.ts'
import { type Candidate, candidateOf, isFreePrice, type Offer, offerOf } from './candidate.ts'
import { constraintsOf, type Demands, leniently, type Sieve, sieve } from './constraints.ts'
import { type Floor, floorOf } from './floor.ts'
import { type Role, rolesOf } from './roles.ts'
import type { Task, Volume } from './task.ts'
import { type Unscored, unscoredOf } from './unscored.ts'
import type { Weights } from './weights.ts'

export type Question = {
  readonly task: Task
  readonly volume: Volume
  readonly demands: Demands
  readonly weights: Weights | null
  /** YYYY-MM-DD. */
  readonly today: string
}

export type Pick = {
  readonly role: Role
  /** Null where no eligible model is left for the role; `why` then says so. */
  readonly candidate: Candidate | null
  readonly why: string
}

export type Recommendation = {
  readonly question: Question
  readonly picks: readonly Pick[]
  readonly floor: Floor | null
  /** Eligible paid models with a score, best first. */
  readonly field: readonly Candidate[]
  readonly sieve: Sieve
  readonly unscored: Unscored
  /** Newest date of the scores used. */
  readonly scoreDate: string
  /** Newest date of the prices. */
  readonly priceDate: string
}

/**
 * Today's picks for a task: from the models that fulfil every demand and have a score, under the joining rule.
 * @throws OrxError NOTHING_LEFT that names the constraint which took the last models away
 */
export function recommend(
  catalog: Catalog,
  allScores: readonly Score[],
  question: Question,
): Recommendation {
  const { task, volume, demands, weights, today } = question
  const scores = scoresFor(allScores, task.metric)
  const constraints = constraintsOf(task, demands)
  const offers = offersOf(catalog.models, volume, today)
  const paid = sieve(offers.paid, constraints)
  const free = sieve(offers.free, constraints)
  if (paid.left.length === 0 && free.left.length === 0)
    throw nothingLeft(demands.freeOnly ? free : paid)
  const scoreDate = newest(scores.values())
  const context = { price: catalog.asOf, score: scoreDate, zdr: demands.zdr !== null }
  const scored = (left: readonly Offer[]): readonly Candidate[] =>
    left.flatMap((offer) => candidateOf(offer, scores, context) ?? []).sort(byQuality)
  const field = scored(paid.left)
  const [top] = field
  const floor = top ? floorOf(top.quality, top.score.unit) : null
  const authors = [...new Set(field.map(({ model }) => model.author))]
  const unknown = offers.paid.filter(({ model }) => !scores.has(model.id))
  const unscored = sieve(unknown, constraints.map(leniently)).left
  const scoredFree = scored(free.left)
  return {
    question,
    picks: [
      ...paidPicks(field, floor, weights, demands),
      freePick(scoredFree[0], scoredFree.length),
    ],
    floor,
    field,
    sieve: demands.freeOnly ? free : paid,
    unscored: unscoredOf(unscored, scoreDate, authors),
    scoreDate,
    priceDate: catalog.asOf,
  }
}

function newest(scores: Iterable<Score>): string {
  let date = ''
  for (const { asOf } of scores) if (asOf > date) date = asOf
  return date
}

/** Previews are left out this many days before they go. */
const SOON_DAYS = 30

/** Models that are listed, answer in text, have a price and are not about to go. */
export function offersOf(
  models: readonly Model[],
  volume: Volume,
  today: string,
): { readonly paid: readonly Offer[]; readonly free: readonly Offer[] } {
  const soon = daysAfter(today, SOON_DAYS)
  const paid: Offer[] = []
  const free: Offer[] = []
  for (const model of models) {
    const { status, outputs, expires } = model
    if (status !== 'current' || (outputs && !outputs.includes('text'))) continue
    if (expires !== undefined && expires <= soon) continue
    const offer = offerOf(model, volume)
    if (offer && isPaid(offer)) paid.push(offer)
    else if (offer && isFree(offer)) free.push(offer)
  }
  return { paid, free }
}

const daysAfter = (day: string, days: number): string =>
  utcDay(new Date(Date.parse(day) + days * 86_400_000))

/** A price of zero without `:free` may be a trial, a stealth model or a free tier: neither paid nor known to be free. */
const isPaid = ({ model, point }: Offer): boolean =>
  model.kind === 'base' && !isFreePrice(point.price ?? {})

const isFree = ({ model, point }: Offer): boolean =>
  model.kind === 'variant' && model.id.endsWith(':free') && isFreePrice(point.price ?? {})

export function nothingLeft({ emptiedBy }: Sieve): OrxError {
  if (!emptiedBy)
    return new OrxError(
      'NOTHING_LEFT',
      'the catalogue has no model to choose from',
      'Run `orx catalog status`.',
    )
  const { name, before, without, from } = emptiedBy
  const models = (count: number) => `${count} model${count === 1 ? '' : 's'}`
  return new OrxError(
    'NOTHING_LEFT',
    `no model is left: "${name}" took away the last ${models(before)}`,
    without > 0 && from === 'user'
      ? `Without it ${models(without)} would be left.`
      : 'Loosen the other constraints, or see `orx models` for what there is.',
  )
}

function paidPicks(
  field: readonly Candidate[],
  floor: Floor | null,
  weights: Weights | null,
  demands: Demands,
): readonly Pick[] {
  const roles = rolesOf(field, floor?.value ?? 0, weights)
  const none = demands.freeOnly
    ? 'only free models were asked for'
    : 'no eligible model has a score'
  const best = roles.best
  const pick = (
    role: Exclude<Role, 'free'>,
    why: (chosen: Candidate, best: Candidate) => string,
    missing = none,
  ): Pick => {
    const candidate = roles[role] ?? null
    return {
      role,
      candidate,
      why: candidate && best ? why(candidate, best) : best ? missing : none,
    }
  }
  return [
    ...(weights ? [pick('choice', () => 'highest weighted sum of the three axes')] : []),
    pick('best', () =>
      field.length === 1
        ? 'the only eligible model with a score'
        : `highest score of ${field.length} eligible models`,
    ),
    pick('value', (chosen, top) => compared(chosen, top)),
    pick('budget', (chosen, top) => `cheapest above the floor, ${behind(chosen, top)}`),
    pick('fast', () => 'least wait for 500 tokens', 'no eligible model has a known speed'),
  ]
}

function freePick(candidate: Candidate | undefined, count: number): Pick {
  if (!candidate)
    return { role: 'free', candidate: null, why: 'no eligible free model has a score' }
  return {
    role: 'free',
    candidate,
    why:
      count === 1
        ? 'the only eligible free model with a score'
        : `highest score of ${count} eligible free models`,
  }
}

function compared(chosen: Candidate, best: Candidate): string {
  if (chosen === best) return 'the best and the knee of quality against cost'
  const quality = behind(chosen, best)
  return isZero(best.cost) ? quality : `${quality} at ${percent(chosen, best)} % of its cost`
}

/** Ratings have no zero, so only their distance says something. */
const behind = (chosen: Candidate, best: Candidate): string =>
  chosen.score.unit === 'rating'
    ? `${Math.round(best.quality - chosen.quality)} points behind the best`
    : `${Math.round((chosen.quality / best.quality) * 100)} % of the best score`

const percent = (chosen: Candidate, best: Candidate): string => {
  const share = multiply(divide(chosen.cost, best.cost, 6), usd('100'))
  return toDecimal(round(share, share.units < 10n ** BigInt(share.scale + 1) ? 1 : 0))
}
