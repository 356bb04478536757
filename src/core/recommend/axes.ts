import { compare, toNumber, type Usd } from '../money.ts'

/** The report's three axes: more quality, less cost, less waiting. Only the time may be unknown. */
export type Axes = {
  readonly quality: number
  readonly cost: Usd
  /** Until 500 tokens are there; null where no speed is known. */
  readonly seconds: number | null
}

/**
 * Whether `a` is at least as good as `b` on every axis known for both, and better on one. An axis that is unknown for
 * either neither wins nor loses.
 */
export function dominates(a: Axes, b: Axes): boolean {
  const cost = compare(a.cost, b.cost)
  const time = a.seconds === null || b.seconds === null ? 0 : a.seconds - b.seconds
  const worse = a.quality < b.quality || cost > 0 || time > 0
  const better = a.quality > b.quality || cost < 0 || time < 0
  return better && !worse
}

/** Those that nothing dominates; never empty unless `all` is. */
export const undominated = <T extends Axes>(all: readonly T[]): readonly T[] =>
  all.filter((each) => !all.some((other) => dominates(other, each)))

/** Orders by one axis, ties by the others, so that the first one is never dominated by a tie. */
export const byQuality = (a: Axes, b: Axes): number =>
  b.quality - a.quality || compare(a.cost, b.cost) || bySeconds(a, b)

export const byCost = (a: Axes, b: Axes): number =>
  compare(a.cost, b.cost) || b.quality - a.quality || bySeconds(a, b)

export const byTime = (a: Axes, b: Axes): number =>
  bySeconds(a, b) || b.quality - a.quality || compare(a.cost, b.cost)

const bySeconds = (a: Axes, b: Axes): number => {
  if (a.seconds === b.seconds) return 0
  if (a.seconds === null) return 1
  return b.seconds === null ? -1 : a.seconds - b.seconds
}

/** For positions on a log scale: a float is exact enough there, and a cost of zero stays finite. */
export const logCost = ({ cost }: Axes): number => Math.log(Math.max(toNumber(cost), 1e-12))
