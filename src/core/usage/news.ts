import type { Catalog, Model } from '../catalog/model.ts'
import { priceOfModel } from '../catalog/points.ts'
import { add, compare, subtract, type Usd, ZERO } from '../money.ts'
import type { Joined } from './join.ts'
import type { Lot } from './lots.ts'
import { chargeAt } from './priced.ts'

export type ModelNews = {
  readonly model: string
  readonly requests: number
  /** What the usage costs at the prices of either catalogue. */
  readonly from: Usd
  readonly to: Usd
  readonly change: Usd
}

/** What price changes mean for one user's requests. */
export type PriceNews = {
  /** Models whose cost changes, the largest change first. */
  readonly changed: readonly ModelNews[]
  /** Used models that cost the same in both. */
  readonly same: number
  /** All used models that both catalogues can price. */
  readonly from: Usd
  readonly to: Usd
  readonly change: Usd
  /** Used models that one of the catalogues cannot price: not in the sums. */
  readonly unpriced: readonly string[]
}

/** Prices the same requests under the prices in force in two catalogues, tiers and hours included. */
export function priceNews(
  lots: readonly Lot[],
  join: (name: string) => Joined,
  from: Catalog,
  to: Catalog,
): PriceNews {
  const before = new Map(from.models.map((model) => [model.id, model]))
  const after = new Map(to.models.map((model) => [model.id, model]))
  const sums = new Map<string, ModelNews>()
  const unpriced = new Set<string>()
  for (const lot of lots) {
    const joined = join(lot.model)
    const id = 'model' in joined ? joined.model.id : lot.model
    const old = costIn(before.get(id), lot)
    const now = costIn(after.get(id), lot)
    if (!old || !now) {
      unpriced.add(id)
      continue
    }
    const sum = sums.get(id) ?? { model: id, requests: 0, from: ZERO, to: ZERO, change: ZERO }
    sums.set(id, {
      model: id,
      requests: sum.requests + lot.volume.requests,
      from: add(sum.from, old),
      to: add(sum.to, now),
      change: add(sum.change, subtract(now, old)),
    })
  }
  const all = [...sums.values()].filter(({ model }) => !unpriced.has(model))
  const changed = all.filter(({ change }) => change.units !== 0n)
  const total = (side: 'from' | 'to' | 'change') => add(...all.map((each) => each[side]))
  return {
    changed: changed.toSorted(
      (a, b) => compare(size(b.change), size(a.change)) || (a.model < b.model ? -1 : 1),
    ),
    same: all.length - changed.length,
    from: total('from'),
    to: total('to'),
    change: total('change'),
    unpriced: [...unpriced].sort(),
  }
}

const size = (amount: Usd): Usd =>
  amount.units < 0n ? { ...amount, units: -amount.units } : amount

function costIn(model: Model | undefined, lot: Lot): Usd | null {
  const price = model && priceOfModel(model)
  if (!price) return null
  const charge = chargeAt(lot, price)
  return charge.kind === 'priced' ? charge.total : null
}
