import type { Model } from './model.ts'
import type { Price, PricePoint } from './price.ts'

/** The price point in force, or the last one of a retired model. */
export function lastPoint(model: Pick<Model, 'id' | 'points'>): PricePoint {
  const point = model.points.at(-1)
  if (!point) throw new RangeError(`${model.id} has no price point`)
  return point
}

/** The price in force, or the last one of a retired model; undefined where it is not known. */
export const priceOfModel = (model: Pick<Model, 'id' | 'points'>): Price | undefined =>
  lastPoint(model).price

/** What was known of the price on a day: the newest point that is not later. */
export const pointAt = ({ points }: Pick<Model, 'points'>, day: string): PricePoint | undefined =>
  points.findLast(({ asOf }) => asOf <= day)
