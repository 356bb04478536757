import { compare, times, type Usd, usd } from '../money.ts'
import type { Catalog, Model } from './model.ts'

/** A complete list has at least this share of the models that were listed before. */
const FEWEST = 0.5
const MOST_UNPRICED = 0.1
const LEAP = 1_000
/** US$ per 1M tokens; the dearest that was ever listed cost 600. */
const DEAREST = usd('10000')

/**
 * Why a list of today's models cannot be true, or null. It is compared with what is known: half of the models are still there,
 * no price went up or down a thousandfold, and nearly all prices are still prices.
 */
export function implausible(known: Catalog, fresh: readonly Model[]): string | null {
  if (fresh.length === 0) return 'it lists no model'
  const before = known.models.filter(({ status }) => status === 'current')
  if (fresh.length < before.length * FEWEST)
    return `it lists ${fresh.length} models where ${before.length} were known`
  const priced = new Map(
    before.filter(({ points }) => points.at(-1)?.price).map((model) => [model.id, model]),
  )
  let lost = 0
  for (const model of fresh) {
    const why = absurd(model, priced.get(model.id))
    if (why !== null) return why
    if (priced.has(model.id) && !model.points.at(-1)?.price) lost += 1
  }
  return lost > priced.size * MOST_UNPRICED
    ? `${lost} of ${priced.size} priced models have no price in it`
    : null
}

/** Why one model's price cannot be true, next to what was known of it; or null. */
export function absurd(model: Model, before: Model | undefined): string | null {
  // The reader takes negative prices for those of a router.
  if (model.kind === 'router' && before && before.kind !== 'router')
    return `the price of ${model.id} is negative`
  const now = model.points.at(-1)?.price
  const then = before?.points.at(-1)?.price
  for (const dimension of ['input', 'output'] as const) {
    const rate = now?.[dimension]
    if (rate === undefined) continue
    const to = usd(rate)
    if (to.units < 0n) return `the price of ${model.id} is negative`
    if (compare(to, DEAREST) > 0) return `${model.id} would cost $${rate} per 1M tokens`
    const old = then?.[dimension]
    if (old !== undefined && (thousandfold(usd(old), to) || thousandfold(to, usd(old))))
      return `the price of ${model.id} went from $${old} to $${rate} per 1M tokens`
  }
  return null
}

const thousandfold = (small: Usd, large: Usd): boolean =>
  small.units > 0n && compare(large, times(small, LEAP)) >= 0
