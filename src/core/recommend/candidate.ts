import { joinMarks } from '../catalog/marks.ts'
import type { Model } from '../catalog/model.ts'
import { baseOf } from '../catalog/names.ts'
import { lastPoint } from '../catalog/points.ts'
import type { Price, PricePoint, Rates } from '../catalog/price.ts'
import type { Score } from '../catalog/score.ts'
import { type Usd, ZERO } from '../money.ts'
import { priceOf, ratesFor } from '../price.ts'
import type { Axes } from './axes.ts'
import type { Volume } from './task.ts'

/** A model with the figures that its row shows. */
export type Offer = {
  readonly model: Model
  readonly point: PricePoint
  /** Per 1M tokens at the task's size of request. */
  readonly rates: Rates
  /** Tokens of the volume at list price. */
  readonly cost: Usd
  readonly seconds: number | null
}

/** An offer whose quality is known. */
export type Candidate = Offer &
  Axes & {
    readonly score: Score
    /** What a reader must know before comparing this row with another. */
    readonly marks: readonly Mark[]
  }

export type Mark = { readonly kind: MarkKind; readonly text: string }
export type MarkKind =
  | 'dates'
  | 'host'
  | 'score-of-base'
  | 'score-date'
  | 'estimated'
  | 'price-date'
  | 'tier'
  | 'zdr'
  | 'approximate'
  | 'expires'

/** Tokens of a short answer: what "fast" waits for. */
export const ANSWER_TOKENS = 500

/** Prompt tokens of one request of the volume. */
export const requestSize = ({ input, requests }: Volume): number =>
  Math.round(input / Math.max(1, requests))

/**
 * Prices a model for the volume; the sum only when it is asked for, since most models fail on something cheaper to see.
 * @returns null where it has no known price.
 */
export function offerOf(model: Model, volume: Volume): Offer | null {
  const point = lastPoint(model)
  const { price } = point
  if (price?.input === undefined || price.output === undefined) return null
  const size = requestSize(volume)
  const rates = price.overrides ? ratesFor(withoutHours(price), size, { day: 0, minute: 0 }) : price
  let cost: Usd | undefined
  return {
    model,
    point,
    rates,
    seconds: secondsOf(model),
    get cost() {
      cost ??= costOf(price, volume, size)
      return cost
    },
  }
}

function costOf(price: Price, volume: Volume, size: number): Usd {
  const charge = priceOf(price, volume, size, 'average')
  // Input and output have a price, and a volume has nothing else that could lack one.
  return charge.kind === 'priced' ? charge.total : ZERO
}

/** The rates shown are those of the request's size; the hours of the day are in the cost alone, as their mean. */
const withoutHours = ({ overrides = [], ...price }: Price): Price => ({
  ...price,
  overrides: overrides.filter(
    ({ utcStart, utcDays }) => utcStart === undefined && utcDays === undefined,
  ),
})

/** Time to the first token and then 500 tokens, at the healthy endpoint with most requests; reasoning not counted. */
const secondsOf = ({ speed }: Model): number | null =>
  speed && speed.throughput > 0 ? speed.ttftMs / 1000 + ANSWER_TOKENS / speed.throughput : null

export const isFreePrice = ({ input, output }: Rates): boolean =>
  isNothing(input) && isNothing(output)

const isNothing = (rate: string | undefined): boolean =>
  rate !== undefined && /^0(\.0+)?$/.test(rate)

/** What a row is compared with: it is marked where it differs. */
type Context = {
  /** Newest dates of the prices and of the scores. */
  readonly price: string
  readonly score: string
  /** Only models with a provider that neither keeps nor trains on prompts were asked for. */
  readonly zdr: boolean
}

export function candidateOf(
  offer: Offer,
  scores: ReadonlyMap<string, Score>,
  context: Context,
): Candidate | null {
  const { model } = offer
  const own = scores.get(model.id)
  const score = own ?? scores.get(model.base ?? baseOf(model.id))
  if (!score) return null
  let marks: readonly Mark[] | undefined
  return {
    model,
    point: offer.point,
    rates: offer.rates,
    seconds: offer.seconds,
    score,
    quality: score.value,
    // What is asked for a few candidates only is worked out when it is asked for.
    get cost() {
      return offer.cost
    },
    get marks() {
      marks ??= marksOf(offer, score, own === undefined, context)
      return marks
    },
  }
}

function marksOf(
  { model, point, rates }: Offer,
  score: Score,
  ofBase: boolean,
  newest: Context,
): readonly Mark[] {
  const marks: Mark[] = joinMarks(model).map(({ kind, price, speed }) => ({
    kind,
    text:
      kind === 'host'
        ? `price of ${price}, speed of ${speed}: perhaps not the same provider`
        : `price of ${price}, speed of ${speed}`,
  }))
  const mark = (kind: MarkKind, text: string) => marks.push({ kind, text })
  if (ofBase) mark('score-of-base', `score of the paid ${model.base ?? baseOf(model.id)}`)
  if (score.asOf < newest.score) mark('score-date', `score of ${score.asOf}, older than the others`)
  if (score.estimated) mark('estimated', 'the source only estimates its score')
  if (point.asOf < newest.price) mark('price-date', `price of ${point.asOf}, older than the others`)
  if (rates.input !== point.price?.input || rates.output !== point.price?.output)
    mark('tier', 'price for long prompts')
  if (newest.zdr) mark('zdr', 'price and speed may be those of a provider that keeps prompts')
  if (point.approximate) mark('approximate', 'the source calls its price approximate')
  if (model.expires) mark('expires', `goes on ${model.expires}`)
  return marks
}
