import { BUCKETS } from '../../src/core/classify/families.ts'
import { DENSE, featuresOf } from '../../src/core/classify/features.ts'
import { familyScale } from '../../src/core/classify/model.ts'

/** A question that two models answered: what the strong one gained, from -1 to 1. */
export type Gain = { readonly prompt: string; readonly gain: number }

/** A linear model of one column: hashed rows, structural rows, and what it says of a prompt without any. */
export type Column = {
  readonly table: Float64Array
  readonly structure: Float64Array
  readonly bias: number
}

type Row = { readonly at: Int32Array; readonly values: Float64Array }

/** Structural features are many and never rare: in full measure they would say it all. */
const STRUCTURE_SHARE = 0.4

/** Chosen by cross-validation inside the half of the questions that trains (8, 20 and 40 differ by less than 0.004). */
const PENALTY = 20

const STEPS = 60

/** Ridge regression, solved by conjugate gradients in a fixed order, so that the same questions give the same weights. */
export function ridge(gains: readonly Gain[]): Column {
  const size = BUCKETS + DENSE
  const weights = new Float64Array(size)
  const bias = gains.reduce((sum, { gain }) => sum + gain, 0) / Math.max(1, gains.length)
  const rows = gains.map(({ prompt }) => rowOf(prompt))
  const residual = new Float64Array(size)
  for (const [n, row] of rows.entries()) spread(residual, row, (gains[n]?.gain ?? 0) - bias)
  const direction = residual.slice()
  let length = dot(residual, residual)
  for (let step = 0; step < STEPS && length > 1e-9; step++) {
    const image = direction.map((value) => PENALTY * value)
    for (const row of rows) spread(image, row, product(direction, row))
    const far = length / dot(direction, image)
    add(weights, direction, far)
    add(residual, image, -far)
    const next = dot(residual, residual)
    for (let k = 0; k < size; k++)
      direction[k] = (residual[k] ?? 0) + (next / length) * (direction[k] ?? 0)
    length = next
  }
  const structure = weights.slice(BUCKETS).map((value) => STRUCTURE_SHARE * value)
  return { table: weights.slice(0, BUCKETS), structure, bias }
}

function rowOf(prompt: string): Row {
  const { hashed, structure } = featuresOf(prompt)
  const at: number[] = []
  const values: number[] = []
  for (const [family, buckets] of hashed.entries()) {
    const scale = familyScale(family, buckets.length)
    for (const bucket of buckets) {
      at.push(bucket)
      values.push(scale)
    }
  }
  for (const [feature, value] of structure.entries()) {
    if (value === 0) continue
    at.push(BUCKETS + feature)
    values.push(STRUCTURE_SHARE * value)
  }
  return { at: Int32Array.from(at), values: Float64Array.from(values) }
}

function product(weights: Float64Array, { at, values }: Row): number {
  let sum = 0
  for (let n = 0; n < at.length; n++) sum += (weights[at[n] ?? 0] ?? 0) * (values[n] ?? 0)
  return sum
}

function spread(target: Float64Array, { at, values }: Row, amount: number): void {
  for (let n = 0; n < at.length; n++) {
    const k = at[n] ?? 0
    target[k] = (target[k] ?? 0) + amount * (values[n] ?? 0)
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let k = 0; k < a.length; k++) sum += (a[k] ?? 0) * (b[k] ?? 0)
  return sum
}

function add(target: Float64Array, other: Float64Array, times: number): void {
  for (let k = 0; k < target.length; k++) target[k] = (target[k] ?? 0) + times * (other[k] ?? 0)
}
