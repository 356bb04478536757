import { type Usd, ZERO } from '../money.ts'

/**
 * What is added up over requests. Every measure is a whole number kept in a float, exact below 2^53; an amount of money
 * takes three of them (see `amountOf`). Measures that most records have come first, which keeps stored records short.
 */
export const MEASURE = {
  /** Prompt tokens, cached and written ones included. */
  input: 0,
  output: 1,
  /** What the log says was charged. */
  cost: 2,
  cacheRead: 3,
  costFine: 4,
  /** Part of output. */
  reasoning: 5,
  /** Cache writes for five minutes, or of unknown length. */
  cacheWrite: 6,
  requests: 7,
  /** Requests for which the log says what was charged. */
  reported: 8,
  cacheWrite1h: 9,
  costHuge: 10,
  /** What providers charged to the user's own keys. */
  byok: 11,
  byokFine: 12,
  byokHuge: 13,
  /** Part of cost that is not tokens: web search, file parsing. */
  extra: 14,
  extraFine: 15,
  extraHuge: 16,
} as const

export const MEASURES = 17

/** The place of an amount's middle part; its fine and huge parts follow from it. */
export type AmountAt = typeof MEASURE.cost | typeof MEASURE.byok | typeof MEASURE.extra

export const FINE_OF: Readonly<Record<AmountAt, number>> = {
  [MEASURE.cost]: MEASURE.costFine,
  [MEASURE.byok]: MEASURE.byokFine,
  [MEASURE.extra]: MEASURE.extraFine,
}
export const HUGE_OF: Readonly<Record<AmountAt, number>> = {
  [MEASURE.cost]: MEASURE.costHuge,
  [MEASURE.byok]: MEASURE.byokHuge,
  [MEASURE.extra]: MEASURE.extraHuge,
}

/** One unit of a huge part, in units of the middle part: $4,000. Middle parts stay below it, so all sums stay exact. */
export const HUGE_UNIT = 4e15
/** One fine unit is 1e-24 dollars; one middle unit is 1e-12. */
const FINE_PLACES = 24
/** Fine units in one middle unit. */
const FINE_CARRY = 1e12

/** Carries from the fine to the middle and from the middle to the huge part, so that none leaves the exact range. */
export function carry(values: Float64Array, base: number, at: AmountAt): void {
  const fine = base + FINE_OF[at]
  const middle = base + at
  if ((values[fine] ?? 0) >= 1e15) {
    const whole = Math.floor((values[fine] ?? 0) / FINE_CARRY)
    values[fine] = (values[fine] ?? 0) - whole * FINE_CARRY
    values[middle] = (values[middle] ?? 0) + whole
  }
  if ((values[middle] ?? 0) >= HUGE_UNIT) {
    values[middle] = (values[middle] ?? 0) - HUGE_UNIT
    values[base + HUGE_OF[at]] = (values[base + HUGE_OF[at]] ?? 0) + 1
  }
}

/** The exact amount that three measures stand for. */
export function amountOf(values: Float64Array, base: number, at: AmountAt): Usd {
  const middle =
    BigInt(values[base + HUGE_OF[at]] ?? 0) * BigInt(HUGE_UNIT) + BigInt(values[base + at] ?? 0)
  let units = middle * BigInt(FINE_CARRY) + BigInt(values[base + FINE_OF[at]] ?? 0)
  if (units === 0n) return ZERO
  let scale = FINE_PLACES
  while (scale > 0 && units % 10n === 0n) {
    units /= 10n
    scale -= 1
  }
  return { units, scale }
}
