import type { Model } from '../../catalog/model.ts'
import type { Price, PricePoint, Rates } from '../../catalog/price.ts'
import { multiply, toDecimal, usd } from '../../money.ts'
import { ratesFor } from '../../price.ts'

/** Decimals of a price per token in the statement: ClickHouse's and DuckDB's widest decimals hold 14 digits before them. */
export const PLACES = 24

/** Prices of one model within a span of days, prompt sizes and minutes: half open all three. */
export type RateRow = {
  readonly model: string
  /** YYYY-MM-DD. */
  readonly since: string
  readonly until: string
  readonly promptFrom: number
  readonly promptTo: number
  readonly minuteFrom: number
  readonly minuteTo: number
  /** US$ per token or request; null where no price is known. */
  readonly rates: TokenRates | null
}

export type TokenRates = {
  readonly input: string
  readonly output: string
  readonly cacheRead: string
  readonly cacheWrite: string
  readonly cacheWrite1h: string
  readonly request: string
}

const FIRST_DAY = '1970-01-01'
/** The last day that ClickHouse 18.16 can tell. */
const LAST_DAY = '2038-01-01'
const MOST_TOKENS = 9_000_000_000_000_000
const DAY = 24 * 60

/** The rows of one model: what `priceOfDay` and `ratesFor` say, written out. */
export function rateRows(model: Model): readonly RateRow[] {
  const points = spansOf(usablePoints(model))
  return points.flatMap((point, at) => {
    const since = at === 0 ? FIRST_DAY : point.asOf
    const until = points[at + 1]?.asOf ?? LAST_DAY
    const span = { model: model.id, since, until }
    return point.price
      ? rowsOfPrice(span, point.price)
      : [{ ...span, ...ALL_SIZES, ...ALL_DAY, rates: null }]
  })
}

const ALL_SIZES = { promptFrom: 0, promptTo: MOST_TOKENS }
const ALL_DAY = { minuteFrom: 0, minuteTo: DAY }

function usablePoints({ points }: Model): readonly PricePoint[] {
  const captured = points.filter(({ source, approximate }) => source !== 'report' && !approximate)
  return captured.length > 0 ? captured : points
}

/** Leaves out points that repeat the one before. */
const spansOf = (points: readonly PricePoint[]): readonly PricePoint[] =>
  points.filter(({ price }, at) => {
    const before = points[at - 1]
    return !before || JSON.stringify(before.price) !== JSON.stringify(price)
  })

function rowsOfPrice(
  span: Pick<RateRow, 'model' | 'since' | 'until'>,
  price: Price,
): readonly RateRow[] {
  const overrides = price.overrides ?? []
  // No captured price depends on the weekday; one that does is not priced here rather than priced wrongly.
  if (overrides.some(({ utcDays }) => utcDays)) {
    return [{ ...span, ...ALL_SIZES, ...ALL_DAY, rates: null }]
  }
  const sizes = cutsOf(
    overrides.flatMap(({ minPromptTokens: size }) => (size === undefined ? [] : [size + 1])),
  )
  const minutes = cutsOf(
    overrides.flatMap(({ utcStart, utcEnd }) =>
      [utcStart, utcEnd].flatMap((hhmm) => (hhmm === undefined ? [] : [minuteOf(hhmm) % DAY])),
    ),
  )
  return sizes.flatMap((promptFrom, size) =>
    minutes.map((minuteFrom, minute) => ({
      ...span,
      promptFrom,
      promptTo: sizes[size + 1] ?? MOST_TOKENS,
      minuteFrom,
      minuteTo: minutes[minute + 1] ?? DAY,
      rates: perToken(ratesFor(price, promptFrom, { minute: minuteFrom, day: 0 })),
    })),
  )
}

const cutsOf = (cuts: readonly number[]): readonly number[] =>
  [...new Set([0, ...cuts])].sort((a, b) => a - b)

const minuteOf = (hhmm: number): number => Math.floor(hhmm / 100) * 60 + (hhmm % 100)

const MILLIONTH = usd('0.000001')

/** Fallbacks as in `charge`. Null too where a price has more decimals than the statement can hold. */
function perToken(rates: Rates): TokenRates | null {
  const { input, output, request = '0' } = rates
  if (input === undefined || output === undefined) return null
  const cacheWrite = rates.cacheWrite ?? input
  const token = (rate: string) => toDecimal(multiply(usd(rate), MILLIONTH))
  const result = {
    input: token(input),
    output: token(output),
    cacheRead: token(rates.cacheRead ?? input),
    cacheWrite: token(cacheWrite),
    cacheWrite1h: token(rates.cacheWrite1h ?? cacheWrite),
    request: toDecimal(usd(request)),
  }
  const fits = Object.values(result).every((text) => (text.split('.')[1] ?? '').length <= PLACES)
  return fits ? result : null
}
