import { carry, MEASURE, MEASURES } from './measures.ts'
import type { Cell } from './tally.ts'

/** Cells with one key, added up; the first of them stands for what they have in common. */
export type Sum = { readonly cell: Cell; readonly values: Float64Array }

/** Adds up cells by key, in floats that hold whole numbers: exact, and cheap for thousands of cells. */
export function sumsBy(
  cells: readonly Cell[],
  values: Float64Array,
  keyOf: (cell: Cell) => string,
): readonly Sum[] {
  const sums = new Map<string, Sum>()
  for (const cell of cells) {
    const key = keyOf(cell)
    let sum = sums.get(key)
    if (!sum) {
      sum = { cell, values: new Float64Array(MEASURES) }
      sums.set(key, sum)
    }
    addTo(sum.values, values, cell.base)
  }
  return [...sums.values()]
}

function addTo(to: Float64Array, from: Float64Array, base: number): void {
  for (let each = 0; each < MEASURES; each++)
    to[each] = (to[each] as number) + (from[base + each] as number)
  carry(to, 0, MEASURE.cost)
  carry(to, 0, MEASURE.byok)
  carry(to, 0, MEASURE.extra)
}
