import { add, divide, multiply, times, toNumber, type Usd, usd, ZERO } from '../money.ts'
import type { Cast } from './cast.ts'
import { type Exact, exact } from './exact.ts'
import { quantileMs } from './histogram.ts'
import { halfWidth, shareHalfWidth } from './interval.ts'
import { addTally, emptyTally, type Tally } from './run.ts'

/** A simulated figure over all runs, half of its 95 % interval, and what it approaches, where that is known. */
export type Figure = {
  readonly simulated: number | null
  readonly half: number | null
  readonly exact: number | null
}
export type MoneyFigure = {
  /** Null where nothing was answered. */
  readonly simulated: Usd | null
  readonly half: Usd | null
  readonly exact: Usd | null
}

export type EndpointResult = {
  /** Of answered requests. */
  readonly share: Figure
  /** Of first tries. */
  readonly first: Figure
  /** Attempts per request. */
  readonly attempts: Figure
  /** Failed attempts, rate limits included, of its attempts. */
  readonly failures: Figure
  readonly answered: number
}

export type Result = {
  readonly runs: number
  readonly requests: number
  readonly answeredCount: number
  /** Charged for answered requests, all runs; exact: whole counts times exact prices. */
  readonly charged: Usd
  readonly wastedTotal: Usd
  /** US$ per 1M answered requests. */
  readonly cost: MoneyFigure
  /** US$ lost to cut streams per 1M answered requests. */
  readonly wasted: MoneyFigure
  readonly answered: Figure
  readonly failedOver: Figure
  /** Requests that met an outage of the gateway itself. */
  readonly gatewayOut: Figure
  readonly attempts: Figure
  readonly ttftMs: { readonly p50: Figure; readonly p95: Figure; readonly p99: Figure }
  readonly endpoints: readonly EndpointResult[]
  readonly histogram: Int32Array
}

/** Puts runs together, in their order. Several tallies of unfinished runs are as good as any, only less precise. */
export function result(cast: Cast, runs: readonly Tally[]): Result {
  const all = emptyTally(cast.scene)
  for (const run of runs) addTally(all, run)
  const sums = exact(cast.scene)
  const bill = billOf(cast, all)
  const views = runs.map((run) => viewOf(cast, run))
  const view = all.requests > 0 ? viewOf(cast, all) : null
  const known = sums && exactView(cast, sums)
  const figure = (of: (view: View) => number | null): Figure => {
    const each = views.map(of).filter((value) => value !== null)
    return {
      simulated: view && of(view),
      half: each.length === views.length ? halfWidth(each) : null,
      exact: known ? of(known) : null,
    }
  }
  const share = (of: (view: View) => number): Figure => ({
    simulated: view && of(view),
    half: view && shareHalfWidth(views.map(of), of(view), all.requests),
    exact: known ? of(known) : null,
  })
  const money = (simulated: Usd | null, of: (view: View) => number | null): MoneyFigure => {
    const { half, exact: sum } = figure(of)
    return { simulated, half: asUsd(half), exact: asUsd(sum) }
  }
  return {
    runs: runs.length,
    requests: all.requests,
    answeredCount: bill.answered,
    charged: bill.charged,
    wastedTotal: bill.wasted,
    cost: money(perMillion(bill.charged, bill.answered), ({ cost }) => cost),
    wasted: money(perMillion(bill.wasted, bill.answered), ({ wasted }) => wasted),
    answered: share(({ answered }) => answered),
    failedOver: share(({ failedOver }) => failedOver),
    gatewayOut: share(({ gatewayOut }) => gatewayOut),
    attempts: figure(({ attempts }) => attempts),
    ttftMs: {
      p50: figure(({ ttft }) => ttft[0] ?? null),
      p95: figure(({ ttft }) => ttft[1] ?? null),
      p99: figure(({ ttft }) => ttft[2] ?? null),
    },
    endpoints: cast.endpoints.map((_, player) => ({
      share: figure(({ players }) => players[player]?.share ?? null),
      first: share(({ players }) => players[player]?.first ?? 0),
      attempts: figure(({ players }) => players[player]?.attempts ?? null),
      failures: figure(({ players }) => players[player]?.failures ?? null),
      answered: sumOf(cast, player, (cell) => served(all, cell)),
    })),
    histogram: all.ttft,
  }
}

/** All figures as plain numbers: for one run, for all of them, and for the exact sums. */
type View = {
  readonly cost: number | null
  readonly wasted: number | null
  readonly answered: number
  readonly failedOver: number
  readonly gatewayOut: number
  readonly attempts: number
  readonly ttft: readonly (number | null)[]
  readonly players: readonly {
    readonly share: number | null
    readonly first: number
    readonly attempts: number
    readonly failures: number | null
  }[]
}

const served = (tally: Tally, cell: number): number =>
  at(tally.first, cell) +
  at(tally.retried, cell) -
  at(tally.failed, cell) -
  at(tally.limited, cell) -
  at(tally.cut, cell)

const at = (list: ArrayLike<number>, index: number): number => list[index] ?? 0

/** Money of whole counts: exact, to the last decimal of the prices. */
function billOf({ prices, cutPrices }: Cast, tally: Tally) {
  let answered = 0
  const charged: Usd[] = [ZERO]
  const wasted: Usd[] = [ZERO]
  for (const [cell, price] of prices.entries()) {
    const count = served(tally, cell)
    answered += count
    if (price && count > 0) charged.push(times(price, count))
    const cutPrice = cutPrices[cell]
    if (cutPrice && at(tally.cut, cell) > 0) wasted.push(times(cutPrice, at(tally.cut, cell)))
  }
  return { answered, charged: add(...charged), wasted: add(...wasted) }
}

const MILLION = usd('1000000')

/** Rounded at the twelfth decimal, since a count need not divide the sum. */
const perMillion = (sum: Usd, answered: number): Usd | null =>
  answered === 0 ? null : divide(multiply(sum, MILLION), usd(String(answered)), 12)

/** Exact sums and intervals are sums of floats; they become money at nine decimals. */
const asUsd = (value: number | null): Usd | null =>
  value === null || !Number.isFinite(value) ? null : usd(value.toFixed(9))

/** One run, or several added up, as plain numbers. */
export function viewOf(cast: Cast, tally: Tally): View {
  const { answered, charged, wasted } = billOf(cast, tally)
  const attemptsAt = (cell: number) => at(tally.first, cell) + at(tally.retried, cell)
  const failuresAt = (cell: number) => at(tally.failed, cell) + at(tally.limited, cell)
  const cost = perMillion(charged, answered)
  const lost = perMillion(wasted, answered)
  return {
    cost: cost && toNumber(cost),
    wasted: lost && toNumber(lost),
    answered: answered / tally.requests,
    failedOver: tally.rescued / tally.requests,
    gatewayOut: tally.gatewayDown / tally.requests,
    attempts: cast.endpoints.reduce(
      (sum, _, player) => sum + sumOf(cast, player, attemptsAt) / tally.requests,
      0,
    ),
    ttft: [0.5, 0.95, 0.99].map((p) => quantileMs(tally.ttft, p)),
    players: cast.endpoints.map((_, player) => {
      const attempts = sumOf(cast, player, attemptsAt)
      return {
        share:
          answered === 0 ? null : sumOf(cast, player, (cell) => served(tally, cell)) / answered,
        first: sumOf(cast, player, (cell) => at(tally.first, cell)) / tally.requests,
        attempts: attempts / tally.requests,
        failures: attempts === 0 ? null : sumOf(cast, player, failuresAt) / attempts,
      }
    }),
  }
}

function sumOf({ sizes, endpoints }: Cast, player: number, of: (cell: number) => number): number {
  let sum = 0
  for (let size = 0; size < sizes.length; size++) sum += of(size * endpoints.length + player)
  return sum
}

/** The same figures from the exact sums, all of them per request. */
export function exactView(cast: Cast, sums: Exact): View {
  const total = (list: Float64Array) => list.reduce((sum, value) => sum + value, 0)
  const priced = (list: Float64Array, prices: readonly (Usd | null)[]) =>
    list.reduce((sum, value, cell) => {
      const price = prices[cell]
      return price && value > 0 ? sum + value * toNumber(price) : sum
    }, 0)
  const answered = total(sums.answered)
  const per = (amount: number) => (answered === 0 ? null : (amount / answered) * 1e6)
  return {
    cost: per(priced(sums.answered, cast.prices)),
    wasted: per(priced(sums.cut, cast.cutPrices)),
    answered,
    failedOver: total(sums.rescued),
    gatewayOut: 1 - total(sums.first),
    attempts: total(sums.tried),
    // No sum gives the quantiles of a mixture of waits.
    ttft: [null, null, null],
    players: cast.endpoints.map((_, player) => {
      const here = (list: Float64Array) => sumOf(cast, player, (cell) => at(list, cell))
      const tried = here(sums.tried)
      return {
        share: answered === 0 ? null : here(sums.answered) / answered,
        first: here(sums.first),
        attempts: tried,
        failures: tried === 0 ? null : (tried - here(sums.answered) - here(sums.cut)) / tried,
      }
    }),
  }
}
