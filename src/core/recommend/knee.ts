import { type Axes, byCost, dominates, logCost } from './axes.ts'

export type KneePoint<T> = {
  readonly at: T
  /** Score above the straight line from the cheapest to the best, in log cost. */
  readonly height: number
}

/**
 * The front of quality against cost, cheapest first, each with its height above the chord from the cheapest to the best
 * in (log cost, score). The highest is the knee: beyond it a point of score costs more than on the average.
 */
export function kneePoints<T extends Axes>(candidates: readonly T[]): readonly KneePoint<T>[] {
  const ordered = [...candidates].sort(byCost)
  const front = ordered.filter(
    (each) => !ordered.some((other) => dominates(timeless(other), timeless(each))),
  )
  const [first] = front
  const last = front.at(-1)
  if (!first || !last) return []
  const width = logCost(last) - logCost(first)
  const slope = width > 0 ? (last.quality - first.quality) / width : 0
  return front.map((at) => ({
    at,
    height: at.quality - (first.quality + slope * (logCost(at) - logCost(first))),
  }))
}

/** The highest point above the chord; on a tie the cheapest. */
export function knee<T extends Axes>(candidates: readonly T[]): T | undefined {
  let best: KneePoint<T> | undefined
  for (const point of kneePoints(candidates)) {
    if (!best || point.height > best.height + 1e-9) best = point
  }
  return best?.at
}

const timeless = ({ quality, cost }: Axes): Axes => ({ quality, cost, seconds: null })
