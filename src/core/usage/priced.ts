import type { Model } from '../catalog/model.ts'
import type { Price, PricePoint } from '../catalog/price.ts'
import { type Charge, charge, ratesFor } from '../price.ts'
import type { Lot } from './lots.ts'
import { quantitiesOf } from './volume.ts'

/** Which of a model's price points holds for a day, and what is odd about it. */
export type PriceOfDay = {
  readonly point: PricePoint | undefined
  /** The day is before the first point known: its price is used all the same. */
  readonly early: boolean
}

/**
 * The newest point that is not later than the day. Before the first one the first is used, marked early; a record without
 * a day takes the newest. What the report says is left out where a capture knows better.
 */
export function priceOfDay({ points }: Pick<Model, 'points'>, day: string | null): PriceOfDay {
  const captured = points.filter(({ source, approximate }) => source !== 'report' && !approximate)
  const usable = captured.length > 0 ? captured : points
  if (day === null) return { point: usable.at(-1), early: false }
  const found = usable.findLast(({ asOf }) => asOf <= day)
  return found ? { point: found, early: false } : { point: usable[0], early: true }
}

/** What a lot costs at a model, at the price of its day. */
export function chargeLot(lot: Lot, model: Pick<Model, 'points'>): Charge & PriceOfDay {
  const { point, early } = priceOfDay(model, lot.day)
  if (!point?.price) {
    return { kind: 'unpriced', why: point?.unpriced ?? 'no price is known', point, early }
  }
  return { ...chargeAt(lot, point.price), point, early }
}

/** What a lot costs under one price. */
export const chargeAt = (lot: Lot, price: Price): Charge =>
  charge(
    ratesFor(price, lot.prompt, { minute: lot.minute, day: lot.weekday }),
    quantitiesOf(lot.volume),
  )
