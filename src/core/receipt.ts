import type { Model } from './catalog/model.ts'
import { priceOfModel } from './catalog/points.ts'
import type { AttemptRecord, Receipt, SettledBy } from './ledger.ts'
import { add, type Usd, ZERO } from './money.ts'
import { type Charge, priceOf, type TimeOfWeek } from './price.ts'

/** A prompt's expectation against what it came to. */
export type Comparison = {
  /** What the attempt that answered was expected to cost; null where it had no price. */
  readonly estimate: Usd | null
  /** All attempts together; null where the cost of one is unknown. */
  readonly spend: Usd | null
  /** What the sum rests on: the weakest of its parts. */
  readonly basis: SettledBy | null
}

/** From the firmest to the weakest. */
const BASES: readonly SettledBy[] = ['nothing', 'reported', 'estimate', 'worst-case', 'unknown']

export function comparison({ attempts }: Pick<Receipt, 'attempts'>): Comparison {
  const spends = attempts.map(({ spend }) => spend)
  const known = spends.filter((spend) => spend !== null)
  const bases = attempts.map(({ settledBy }) => (settledBy ? BASES.indexOf(settledBy) : Infinity))
  return {
    estimate: answering(attempts)?.expected ?? null,
    spend: known.length === spends.length ? add(ZERO, ...known) : null,
    basis: BASES[Math.max(...bases)] ?? null,
  }
}

/** The attempt whose text the user got, whole or cut; else the last one. */
export const answering = (attempts: readonly AttemptRecord[]): AttemptRecord | undefined =>
  attempts.findLast(({ tokens }) => tokens !== null) ?? attempts.at(-1)

/**
 * What the same tokens cost on another model, at its price in the catalogue and at the hour of the prompt. Tokens are not
 * counted again: tokenizers differ, and a reasoning model writes more of them.
 */
export function repriced({ attempts }: Pick<Receipt, 'attempts'>, model: Model): Charge {
  const price = priceOfModel(model)
  if (!price) return { kind: 'unpriced', why: 'no price is known' }
  const counted = attempts.filter(({ tokens }) => tokens !== null)
  if (counted.length === 0) return { kind: 'unpriced', why: 'no tokens were counted' }
  let total = ZERO
  const lines = []
  for (const { tokens, started } of counted) {
    if (!tokens) continue
    const { prompt, completion, cached } = tokens
    const quantities = { input: prompt, output: completion, cacheRead: cached, requests: 1 }
    const charge = priceOf(price, quantities, prompt, timeOfWeek(started))
    if (charge.kind === 'unpriced') return charge
    total = add(total, charge.total)
    lines.push(...charge.lines)
  }
  return { kind: 'priced', total, lines }
}

const timeOfWeek = (time: Date): TimeOfWeek => ({
  minute: time.getUTCHours() * 60 + time.getUTCMinutes(),
  day: time.getUTCDay(),
})
