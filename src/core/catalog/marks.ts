import { compare, multiply, type Usd, usd } from '../money.ts'
import type { Model } from './model.ts'
import { lastPoint, pointAt } from './points.ts'
import type { Price } from './price.ts'

/** Why figures in one row may not belong together. */
export type Mark =
  | { readonly kind: 'dates'; readonly price: string; readonly speed: string }
  | { readonly kind: 'host'; readonly price: string; readonly speed: string }

/** A price that moved by more than a quarter since the speed was measured may be another provider's. */
const MOVED = usd('1.25')

/**
 * The joining rule: one row means one provider and one date, or it says what differs. A price and a speed of different
 * days get the mark "dates"; where the price has moved far in between, "host" instead.
 */
export function joinMarks(model: Pick<Model, 'id' | 'points' | 'speed'>): readonly Mark[] {
  const { speed } = model
  if (!speed) return []
  const now = lastPoint(model)
  if (now.asOf === speed.asOf) return []
  const then = pointAt(model, speed.asOf)
  const kind = then?.price && now.price && !moved(then.price, now.price) ? 'dates' : 'host'
  return [{ kind, price: now.asOf, speed: speed.asOf }]
}

const moved = (before: Price, after: Price): boolean =>
  far(before.input, after.input) || far(before.output, after.output)

function far(before: string | undefined, after: string | undefined): boolean {
  // Most prices stand still, and comparing texts is a hundred times faster.
  if (before === after) return false
  if (before === undefined || after === undefined) return true
  const [a, b] = [usd(before), usd(after)]
  return exceeds(a, b) || exceeds(b, a)
}

const exceeds = (high: Usd, low: Usd): boolean => compare(high, multiply(low, MOVED)) > 0

/** A mark in words, for footers. */
export const markText = ({ kind, price, speed }: Mark): string =>
  kind === 'host'
    ? `price of ${price}, speed of ${speed}: perhaps not the same provider`
    : `price of ${price}, speed of ${speed}`
