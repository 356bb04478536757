import type { PricePoint } from '../core/catalog/price.ts'
import type { Quoted } from '../core/playbook/today.ts'

/** What the report said: a range keeps its lower end, "~" its mark. */
export const saidJson = (said: PricePoint | null): object => ({
  input: said?.price?.input ?? null,
  output: said?.price?.output ?? null,
  ...(said?.low ? { low: said.low } : {}),
  ...(said?.approximate ? { approximate: true } : {}),
})

export const quotedJson = ({ id, point }: Quoted) => ({
  model: id,
  input: point.price?.input ?? null,
  output: point.price?.output ?? null,
  source: point.source,
  asOf: point.asOf,
})
