import { BUCKETS, FAMILIES } from '../../src/core/classify/families.ts'
import { DENSE, featuresOf } from '../../src/core/classify/features.ts'
import { COLUMNS, familyScale, GAIN, type Weights } from '../../src/core/classify/model.ts'
import { laneOf, TASKS, type Task } from '../../src/core/classify/task.ts'
import { type Random, seeded, shuffled } from './random.ts'
import { type Gain, ridge } from './ridge.ts'

export type Example = {
  readonly prompt: string
  readonly task: Task
  readonly source: string
  /** How much it counts beside others; 1 unless its source is too big. */
  readonly weight: number
}

/** Features as the trainer needs them: bucket and value, one after the other. */
type Row = {
  readonly buckets: Int32Array
  readonly values: Float32Array
  /** First index of each family in `buckets`. */
  readonly starts: readonly number[]
  readonly structure: Float32Array
}

const cache = new Map<string, Row>()

function rowOf(prompt: string): Row {
  const known = cache.get(prompt)
  if (known) return known
  const { hashed, structure } = featuresOf(prompt)
  const buckets: number[] = []
  const values: number[] = []
  const starts: number[] = []
  for (const [family, list] of hashed.entries()) {
    starts.push(buckets.length)
    const scale = familyScale(family, list.length)
    for (const bucket of list) {
      buckets.push(bucket)
      values.push(scale)
    }
  }
  starts.push(buckets.length)
  const row = {
    buckets: Int32Array.from(buckets),
    values: Float32Array.from(values),
    starts,
    structure,
  }
  cache.set(prompt, row)
  return row
}

export type Options = {
  readonly epochs: number
  readonly rate: number
  /** Share of hashed features hidden from each step, so that no single word decides. */
  readonly hide: number
  readonly decay: number
  readonly seed: number
}

export const OPTIONS: Options = { epochs: 8, rate: 0.12, hide: 0.4, decay: 2e-5, seed: 7 }

const LANE_OF_TASK = TASKS.map((task) => laneOf(task))

/** A float model while it is being trained, with the running squares of Adagrad and an average of the late steps. */
class Trainee {
  readonly table = new Float32Array(BUCKETS * COLUMNS)
  readonly squares = new Float32Array(BUCKETS * COLUMNS).fill(1e-3)
  readonly structure = new Float32Array(DENSE * COLUMNS)
  readonly structureSquares = new Float32Array(DENSE * COLUMNS).fill(1e-3)
  readonly bias = new Float32Array(COLUMNS)
}

export function train(
  examples: readonly Example[],
  gains: readonly Gain[],
  options: Options = OPTIONS,
): Weights {
  const random = seeded(options.seed)
  const model = new Trainee()
  for (let epoch = 0; epoch < options.epochs; epoch++) {
    const rate = options.rate * (1 - (0.9 * epoch) / options.epochs)
    for (const example of shuffled(random, examples)) step(model, example, rate, options, random)
  }
  if (gains.length > 0) learnGains(model, gains)
  return quantised(model)
}

/** Which hashed features this step sees: some words are hidden, now and then a whole family or all structure is. */
function visible(row: Row, hide: number, random: Random) {
  const keep: number[] = []
  for (let family = 0; family < FAMILIES.length; family++) {
    if (random() < 0.12) continue
    const end = row.starts[family + 1] ?? 0
    for (let at = row.starts[family] ?? 0; at < end; at++) if (random() >= hide) keep.push(at)
  }
  return { keep, scale: 1 / (1 - hide), structured: random() >= 0.15 }
}

function step(
  model: Trainee,
  { prompt, task, weight }: Example,
  rate: number,
  options: Options,
  random: Random,
): void {
  const row = rowOf(prompt)
  const seen = visible(row, options.hide, random)
  const logits = forward(model, row, seen)
  const gradient = lossGradient(logits, TASKS.indexOf(task))
  backward(model, row, seen, gradient, rate * weight, options.decay)
}

type Seen = ReturnType<typeof visible>

function forward(model: Trainee, row: Row, seen: Seen): Float64Array {
  const columns = TASKS.length
  const logits = new Float64Array(columns)
  for (let k = 0; k < columns; k++) logits[k] = model.bias[k] ?? 0
  for (const at of seen.keep) {
    const base = (row.buckets[at] ?? 0) * COLUMNS
    const value = (row.values[at] ?? 0) * seen.scale
    for (let k = 0; k < columns; k++) {
      logits[k] = (logits[k] ?? 0) + value * (model.table[base + k] ?? 0)
    }
  }
  if (!seen.structured) return logits
  for (let at = 0; at < DENSE; at++) {
    const value = row.structure[at] ?? 0
    if (value === 0) continue
    for (let k = 0; k < columns; k++) {
      logits[k] = (logits[k] ?? 0) + value * (model.structure[at * COLUMNS + k] ?? 0)
    }
  }
  return logits
}

export function softmax(logits: ArrayLike<number>): Float64Array {
  const out = Float64Array.from(logits)
  const top = Math.max(...out)
  let sum = 0
  for (let k = 0; k < out.length; k++) {
    out[k] = Math.exp((out[k] ?? 0) - top)
    sum += out[k] ?? 0
  }
  return out.map((value) => value / sum)
}

const SMOOTHING = 0.06

/** Of the cross entropy of the task, slightly smoothed, plus that of its lane: a wrong task in the right lane is half a mistake. */
function lossGradient(logits: Float64Array, target: number): Float64Array {
  const p = softmax(logits)
  const lane = LANE_OF_TASK[target]
  let inLane = 0
  for (let k = 0; k < p.length; k++) if (LANE_OF_TASK[k] === lane) inLane += p[k] ?? 0
  return p.map((value, k) => {
    const wanted = (k === target ? 1 - SMOOTHING : 0) + SMOOTHING / p.length
    const laneWanted = LANE_OF_TASK[k] === lane ? value / Math.max(1e-9, inLane) : 0
    return 0.5 * (value - wanted) + 0.5 * (value - laneWanted)
  })
}

function backward(
  model: Trainee,
  row: Row,
  seen: Seen,
  gradient: Float64Array,
  rate: number,
  decay: number,
): void {
  for (const at of seen.keep) {
    const base = (row.buckets[at] ?? 0) * COLUMNS
    const value = (row.values[at] ?? 0) * seen.scale
    for (let k = 0; k < gradient.length; k++) {
      const g = (gradient[k] ?? 0) * value + decay * (model.table[base + k] ?? 0)
      const square = (model.squares[base + k] ?? 0) + g * g
      model.squares[base + k] = square
      model.table[base + k] = (model.table[base + k] ?? 0) - (rate * g) / Math.sqrt(square)
    }
  }
  if (seen.structured) backwardStructure(model, row, gradient, rate, decay)
  for (let k = 0; k < gradient.length; k++) {
    model.bias[k] = (model.bias[k] ?? 0) - 0.02 * rate * (gradient[k] ?? 0)
  }
}

function backwardStructure(
  model: Trainee,
  row: Row,
  gradient: Float64Array,
  rate: number,
  decay: number,
): void {
  for (const [at, value] of row.structure.entries()) {
    if (value === 0) continue
    for (let k = 0; k < gradient.length; k++) {
      const i = at * COLUMNS + k
      const g = (gradient[k] ?? 0) * value + decay * (model.structure[i] ?? 0)
      const square = (model.structureSquares[i] ?? 0) + g * g
      model.structureSquares[i] = square
      model.structure[i] = (model.structure[i] ?? 0) - (0.5 * rate * g) / Math.sqrt(square)
    }
  }
}

/** The gain has a column of its own. */
function learnGains(model: Trainee, gains: readonly Gain[]): void {
  const { table, structure, bias } = ridge(gains)
  for (const [row, value] of table.entries()) model.table[row * COLUMNS + GAIN] = value
  for (const [row, value] of structure.entries()) model.structure[row * COLUMNS + GAIN] = value
  model.bias[GAIN] = bias
}

/** Eight bits a weight, one scale a column; the few largest are clipped. */
function quantised(model: Trainee): Weights {
  const scales: number[] = []
  const table = new Int8Array(BUCKETS * COLUMNS)
  for (let k = 0; k < COLUMNS; k++) {
    const column = Float32Array.from({ length: BUCKETS }, (_, row) =>
      Math.abs(model.table[row * COLUMNS + k] ?? 0),
    ).sort()
    const scale = Math.max(1e-6, (column[Math.floor(BUCKETS * 0.9995)] ?? 0) / 127)
    scales.push(Number(scale.toPrecision(6)))
    for (let row = 0; row < BUCKETS; row++) {
      const value = Math.round((model.table[row * COLUMNS + k] ?? 0) / scale)
      table[row * COLUMNS + k] = Math.max(-127, Math.min(127, value))
    }
  }
  const short = (values: Float32Array) => [...values].map((value) => Number(value.toPrecision(4)))
  return {
    table,
    scales,
    structure: short(model.structure),
    bias: short(model.bias),
    temperature: 1,
  }
}
