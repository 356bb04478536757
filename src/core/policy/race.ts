/**
 * Draws without replacement by weight, as a race: runner i arrives after a time of Exp(wᵢ). One entry a runner.
 * Every runner is there with `chance`, and when it is tried it fails with `fail`; otherwise it may be `waiting` for a later
 * turn or have `failed` in an earlier one. In the polynomials the power of z counts failed tries.
 */
export type Field = {
  readonly chance: Float64Array
  readonly fail: Float64Array
  readonly weight: Float64Array
  readonly waiting: Float64Array
  readonly failed: Float64Array
  /** Polynomial of everybody outside the race; as long as there are tries. */
  readonly outside: Float64Array
}

/** Up to here every subset is summed in closed form; beyond, 2ⁿ terms cost more than some 70 nodes of an integral. */
const FEW = 7

/** out[i × tries + k]: runner i is there, and its attempt is number k + 1. */
export function race(field: Field): Float64Array {
  const runners = field.chance.length
  const tries = field.outside.length
  const out = new Float64Array(runners * tries)
  if (runners > 1 && atMost(field, tries) < NEVER) return out
  if (runners <= FEW) for (let i = 0; i < runners; i++) closed(field, i, out, tries)
  else integral(field, out, tries)
  return out
}

/** A race that is reached less often than this is left out. */
const NEVER = 1e-11

/** Chance that the race is reached with a try left: everybody outside has had their turn or has none before it. */
function atMost({ chance, waiting, failed, outside }: Field, tries: number): number {
  const rows = new Float64Array(2 * tries)
  rows.set(outside)
  for (let j = 0; j < chance.length; j++) {
    product(rows, 0, (waiting[j] as number) + (chance[j] as number), failed[j] as number, tries)
    rows.copyWithin(0, tries)
  }
  return rows.subarray(0, tries).reduce((sum, each) => sum + each, 0)
}

/**
 * ∫ wᵢ e^(−wᵢt) Π (Aⱼ + Bⱼ e^(−wⱼt)) dt, multiplied out: each subset T of the others adds Π B Π A · wᵢ / (wᵢ + Σ_T w).
 * A and B are linear in z; the product is carried along the branches of the tree of subsets.
 */
function closed(field: Field, i: number, out: Float64Array, tries: number): void {
  const { chance, fail, weight, waiting, failed, outside } = field
  const others = chance.length
  const levels = new Float64Array((others + 1) * tries)
  levels.set(outside)
  const own = weight[i] as number
  const base = i * tries
  const walk = (j: number, depth: number, rivals: number): void => {
    if (j === others) {
      const factor = ((chance[i] as number) * own) / (own + rivals)
      for (let k = 0; k < tries; k++) {
        out[base + k] = (out[base + k] as number) + factor * (levels[depth * tries + k] as number)
      }
      return
    }
    if (j === i) {
      walk(j + 1, depth, rivals)
      return
    }
    const there = chance[j] as number
    const lost = there * (fail[j] as number)
    product(levels, depth, waiting[j] as number, (failed[j] as number) + lost, tries)
    walk(j + 1, depth + 1, rivals)
    product(levels, depth, there, -lost, tries)
    walk(j + 1, depth + 1, rivals + (weight[j] as number))
  }
  walk(0, 0, 0)
}

/** Row depth + 1 = row depth × (a + b z), cut at `tries` terms. */
function product(rows: Float64Array, depth: number, a: number, b: number, tries: number): void {
  const from = depth * tries
  const to = from + tries
  for (let k = tries - 1; k > 0; k--) {
    rows[to + k] = (rows[from + k] as number) * a + (rows[from + k - 1] as number) * b
  }
  rows[to] = (rows[from] as number) * a
}

/** The trapezoid rule in log t converges exponentially: at this step its error is below 1e-9, and so is what lies outside. */
const STEP = 0.4

function integral(field: Field, out: Float64Array, tries: number): void {
  const { weight, outside } = field
  const total = weight.reduce((sum, each) => sum + each, 0)
  const least = weight.reduce((low, each) => Math.min(low, each), Number.POSITIVE_INFINITY)
  const to = Math.log(24 / least)
  const yet = new Float64Array(weight.length)
  const prefix = new Float64Array((weight.length + 1) * tries)
  prefix.set(outside)
  const suffix = new Float64Array(2 * tries)
  for (let x = Math.log(1e-10 / total); x <= to; x += STEP) {
    const t = Math.exp(x)
    for (let i = 0; i < weight.length; i++) yet[i] = Math.exp(-(weight[i] as number) * t)
    node(field, t, yet, prefix, suffix, tries, out)
  }
}

/** Adds one node: for each runner the product of everybody else's factors, as prefix times suffix. */
function node(
  { chance, fail, weight, waiting, failed }: Field,
  t: number,
  yet: Float64Array,
  prefix: Float64Array,
  suffix: Float64Array,
  tries: number,
  out: Float64Array,
): void {
  const runners = chance.length
  const a = new Float64Array(runners)
  const b = new Float64Array(runners)
  for (let i = 0; i < runners; i++) {
    const here = (chance[i] as number) * (yet[i] as number)
    a[i] = (waiting[i] as number) + here
    b[i] = (failed[i] as number) + (fail[i] as number) * ((chance[i] as number) - here)
    product(prefix, i, a[i] as number, b[i] as number, tries)
  }
  suffix.fill(0)
  suffix[0] = 1
  for (let i = runners - 1; i >= 0; i--) {
    const density = STEP * t * (weight[i] as number) * (yet[i] as number) * (chance[i] as number)
    for (let k = 0; k < tries; k++) {
      let both = 0
      for (let q = 0; q <= k; q++) {
        both += (prefix[i * tries + q] as number) * (suffix[k - q] as number)
      }
      out[i * tries + k] = (out[i * tries + k] as number) + density * both
    }
    product(suffix, 0, a[i] as number, b[i] as number, tries)
    suffix.copyWithin(0, tries)
  }
}
