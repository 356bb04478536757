import { compare } from '../money.ts'
import type { Quote } from './quote.ts'

/** Cheapest first by each model's cheapest route; those without any come last, by name. */
export const byCheapest = (quotes: readonly Quote[]): readonly Quote[] =>
  quotes.toSorted((a, b) => {
    const left = a.cheapest?.total
    const right = b.cheapest?.total
    if (left && right) return compare(left, right) || (a.offer.model.id < b.offer.model.id ? -1 : 1)
    if (left || right) return left ? -1 : 1
    return a.offer.model.id < b.offer.model.id ? -1 : 1
  })
