import { BUCKETS } from './families.ts'
import type { Features } from './features.ts'
import { TASKS } from './task.ts'

/** One column a task, and one more for how much a strong model gains on an exam question. */
export const COLUMNS = TASKS.length + 1

export const GAIN = TASKS.length

/** A trained classifier: a linear model over hashed features, in bytes. */
export type Weights = {
  /** Row by row, BUCKETS × COLUMNS. */
  readonly table: Int8Array
  /** What one step of the table is worth, by column. */
  readonly scales: readonly number[]
  /** Row by row, DENSE × COLUMNS. */
  readonly structure: readonly number[]
  readonly bias: readonly number[]
  /** Divides the logits of the tasks, so that confidence means what it says. */
  readonly temperature: number
}

/** How much each family of hashed features counts. */
const FAMILY_SCALE = [1, 0.7, 1, 1, 0.7, 0.8] as const

export const familyScale = (family: number, count: number): number =>
  (FAMILY_SCALE[family] ?? 1) / Math.sqrt(Math.max(1, count))

/** One number a column. */
export function score(weights: Weights, { hashed, structure }: Features): Float64Array {
  const out = Float64Array.from(weights.bias)
  for (let family = 0; family < hashed.length; family++) {
    const buckets = hashed[family]
    if (buckets) addFamily(out, weights, family, buckets)
  }
  for (let row = 0; row < structure.length; row++) {
    const value = structure[row] ?? 0
    if (value !== 0) addRow(out, weights.structure, row, value)
  }
  return out
}

function addFamily(
  out: Float64Array,
  { table, scales }: Weights,
  family: number,
  buckets: Uint16Array,
): void {
  const sums = new Int32Array(COLUMNS)
  for (let n = 0; n < buckets.length; n++) {
    const row = (buckets[n] ?? 0) * COLUMNS
    for (let at = 0; at < COLUMNS; at++) sums[at] = (sums[at] ?? 0) + (table[row + at] ?? 0)
  }
  const scale = familyScale(family, buckets.length)
  for (let at = 0; at < COLUMNS; at++) {
    out[at] = (out[at] ?? 0) + (sums[at] ?? 0) * scale * (scales[at] ?? 0)
  }
}

function addRow(out: Float64Array, rows: readonly number[], row: number, value: number): void {
  for (let at = 0; at < COLUMNS; at++) {
    out[at] = (out[at] ?? 0) + value * (rows[row * COLUMNS + at] ?? 0)
  }
}

/** Bytes that the table must have. */
export const TABLE_BYTES = BUCKETS * COLUMNS
