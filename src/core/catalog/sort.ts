import { add, compare, times, type Usd, usd } from '../money.ts'
import type { ModelRow } from './query.ts'

export const SORTS = ['newest', 'price', 'context', 'intelligence', 'coding', 'speed'] as const
export type SortKey = (typeof SORTS)[number]

/** Best first; rows without the figure come last, and ids break ties. */
export function sorter(key: SortKey): (a: ModelRow, b: ModelRow) => number {
  const by = key === 'price' ? cheaper : key === 'newest' ? newer : higher(key)
  return (a, b) => by(a, b) || (a.model.id < b.model.id ? -1 : 1)
}

/** Three input tokens for each output token, the mix that leaderboards use. */
export function blended({ point: { price } }: ModelRow): Usd | null {
  if (price?.input === undefined || price.output === undefined) return null
  return add(times(usd(price.input), 3), usd(price.output))
}

function cheaper(a: ModelRow, b: ModelRow): number {
  const [left, right] = [blended(a), blended(b)]
  return left && right ? compare(left, right) : Number(left === null) - Number(right === null)
}

/** A model whose date is not known is as new as the capture that first listed it. */
export const since = ({ model }: ModelRow): string => model.created ?? model.points[0]?.asOf ?? ''

const newer = (a: ModelRow, b: ModelRow): number =>
  since(a) > since(b) ? -1 : since(a) < since(b) ? 1 : 0

function higher(key: Exclude<SortKey, 'price' | 'newest'>) {
  const figure = ({ model, scores }: ModelRow): number =>
    (key === 'context'
      ? model.context
      : key === 'speed'
        ? model.speed?.throughput
        : scores[key]?.value) ?? -1
  return (a: ModelRow, b: ModelRow): number => figure(b) - figure(a)
}
