import { compare, divide, multiply, round, subtract, toDecimal, toNumber, usd } from '../money.ts'
import type { Catalog, Model } from './model.ts'
import { type Dimension, type PricePoint, type Rates, UNIT_OF } from './price.ts'

/** A model's price in one of the two catalogues. */
export type Quote = {
  /** US$ per 1M tokens; null where unpriced. */
  readonly input: string | null
  readonly output: string | null
  readonly source: string
  readonly asOf: string
}

export type RateChange = {
  readonly dimension: Dimension
  readonly from: string
  readonly to: string
  /** Of the old rate, to one decimal: "-50". Null where the old rate is zero. */
  readonly percent: string | null
}

export type Listing = { readonly model: string; readonly quote: Quote }
export type Arrival = Listing & {
  readonly context: number | null
  readonly created: string | null
}
export type Departure = Listing & {
  /** The last price and day that the newer catalogue knows; null where it does not know the model at all. */
  readonly last: Quote | null
  readonly lastSeen: string
  readonly successor: string | null
}
export type Repricing = {
  readonly model: string
  readonly from: Quote
  readonly to: Quote
  readonly changes: readonly RateChange[]
}
export type ContextChange = {
  readonly model: string
  readonly from: number
  readonly to: number
}

export type CatalogDiff = {
  readonly arrived: readonly Arrival[]
  readonly departed: readonly Departure[]
  /** The largest change first. */
  readonly repriced: readonly Repricing[]
  readonly context: readonly ContextChange[]
  /** Models listed in both whose known rates are equal. */
  readonly unchanged: number
}

/**
 * What happened between two catalogues, model by model, by exact id. Retired models count as not listed. A rate is compared
 * where both know it; a rate of a range (`low` to `price`) is unchanged anywhere within it.
 */
export function diffCatalogs(from: Catalog, to: Catalog): CatalogDiff {
  const before = byId(from)
  const after = byId(to)
  const arrived: Arrival[] = []
  const departed: Departure[] = []
  const repriced: Repricing[] = []
  const context: ContextChange[] = []
  let unchanged = 0
  for (const model of listed(to)) {
    if (before.get(model.id)?.status === 'current') continue
    const { id, created } = model
    arrived.push({ model: id, quote: quoteOf(model), context: model.context, created })
  }
  for (const model of listed(from)) {
    const now = after.get(model.id)
    if (now?.status !== 'current') {
      departed.push(departure(model, now))
      continue
    }
    const changes = rateChanges(lastPoint(model), lastPoint(now))
    if (changes.length === 0) unchanged += 1
    else repriced.push({ model: model.id, from: quoteOf(model), to: quoteOf(now), changes })
    if (model.context !== null && now.context !== null && model.context !== now.context) {
      context.push({ model: model.id, from: model.context, to: now.context })
    }
  }
  return {
    arrived: arrived.sort(byModel),
    departed: departed.sort(byModel),
    repriced: repriced.sort((a, b) => largest(b) - largest(a) || byModel(a, b)),
    context: context.sort(byModel),
    unchanged,
  }
}

const byId = ({ models }: Catalog): ReadonlyMap<string, Model> =>
  new Map(models.map((model) => [model.id, model]))
const listed = ({ models }: Catalog): readonly Model[] =>
  models.filter(({ status }) => status === 'current')
const byModel = (a: { readonly model: string }, b: { readonly model: string }): number =>
  a.model < b.model ? -1 : a.model > b.model ? 1 : 0

const NEVER_PRICED: PricePoint = { source: '', asOf: '', unpriced: 'no price point' }
const lastPoint = ({ points }: Model): PricePoint => points.at(-1) ?? NEVER_PRICED

function quoteOf(model: Model): Quote {
  const { price, source, asOf } = lastPoint(model)
  return { input: price?.input ?? null, output: price?.output ?? null, source, asOf }
}

const departure = (model: Model, known: Model | undefined): Departure => ({
  model: model.id,
  quote: quoteOf(model),
  last: known ? quoteOf(known) : null,
  lastSeen: known?.lastSeen ?? model.lastSeen,
  successor: known?.successor ?? model.successor ?? null,
})

function rateChanges(from: PricePoint, to: PricePoint): readonly RateChange[] {
  if (!from.price || !to.price) return []
  const changes: RateChange[] = []
  for (const dimension of Object.keys(UNIT_OF) as Dimension[]) {
    const before = from.price[dimension]
    const after = to.price[dimension]
    if (before === undefined || after === undefined) continue
    if (within(after, from.low?.[dimension], before) || within(before, to.low?.[dimension], after))
      continue
    changes.push({ dimension, from: before, to: after, percent: percentOf(before, after) })
  }
  return changes
}

function within(rate: string, low: Rates[Dimension], high: string): boolean {
  const above = compare(usd(rate), usd(low ?? high)) >= 0
  return above && compare(usd(rate), usd(high)) <= 0
}

function percentOf(from: string, to: string): string | null {
  const before = usd(from)
  if (before.units === 0n) return null
  const share = divide(subtract(usd(to), before), before, 12)
  return toDecimal(round(multiply(share, usd('100')), 1))
}

/** For the order only: input and output before all other prices, a price that was zero first. */
function largest({ changes }: Repricing): number {
  const size = ({ dimension, percent }: RateChange) => {
    const share = percent === null ? 1e9 : Math.abs(toNumber(usd(percent)))
    return dimension === 'input' || dimension === 'output' ? share : share / 1e6
  }
  return Math.max(...changes.map(size))
}
