import { add, compare, times, type Usd, usd } from '../money.ts'
import type { ModelRow } from './query.ts'

export const SORTS = ['newest', 'price', 'context', 'intelligence', 'coding', 'speed'] as const
export type SortKey = (typeof SORTS)[number]

/** Best first; rows without the figure come last, and ids break ties. */
export function sorted(rows: readonly ModelRow[], key: SortKey): readonly ModelRow[] {
  if (key === 'price') return inOrder(rows, blended, cheaper)
  if (key === 'newest') return inOrder(rows, since, later)
  return inOrder(rows, figure(key), higher)
}

/** What rows are compared by is worked out once a row, not once a comparison. */
function inOrder<T>(
  rows: readonly ModelRow[],
  of: (row: ModelRow) => T,
  compared: (a: T, b: T) => number,
): readonly ModelRow[] {
  return rows
    .map((row) => ({ row, by: of(row) }))
    .sort((a, b) => compared(a.by, b.by) || (a.row.model.id < b.row.model.id ? -1 : 1))
    .map(({ row }) => row)
}

/** Three input tokens for each output token, the mix that leaderboards use. */
export function blended({ point: { price } }: ModelRow): Usd | null {
  if (price?.input === undefined || price.output === undefined) return null
  return add(times(usd(price.input), 3), usd(price.output))
}

const cheaper = (a: Usd | null, b: Usd | null): number =>
  a && b ? compare(a, b) : Number(a === null) - Number(b === null)

/** A model whose date is not known is as new as the capture that first listed it. */
export const since = ({ model }: ModelRow): string => model.created ?? model.points[0]?.asOf ?? ''

const later = (a: string, b: string): number => (a > b ? -1 : a < b ? 1 : 0)

const higher = (a: number, b: number): number => b - a

const figure =
  (key: Exclude<SortKey, 'price' | 'newest'>) =>
  ({ model, scores }: ModelRow): number =>
    (key === 'context'
      ? model.context
      : key === 'speed'
        ? model.speed?.throughput
        : scores[key]?.value) ?? -1
