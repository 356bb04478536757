/**
 * Draws without replacement by weight, as a race: runner i arrives after a time of Exp(wᵢ). One entry a runner.
 * Every runner is there with `chance`, and when it is tried it fails with `fail`; otherwise it may be `waiting` for a later
 * turn or have `failed` in an earlier one. In the polynomials the power of z counts failed tries.
 */
export type Field = {
  readonly chance: readonly number[]
  readonly fail: readonly number[]
  readonly weight: readonly number[]
  readonly waiting: readonly number[]
  readonly failed: readonly number[]
  /** Polynomial of everybody outside the race; as long as there are tries. */
  readonly outside: Float64Array
}

/** Up to here every subset is summed in closed form; beyond, 2ⁿ terms cost more than some 30 nodes of an integral. */
const FEW = 7

/** out[i × tries + k]: runner i is there, and its attempt is number k + 1. */
export function race(field: Field): Float64Array {
  const runners = field.chance.length
  const tries = field.outside.length
  const out = new Float64Array(runners * tries)
  if (runners === 1) return out.map((_, k) => (field.chance[0] ?? 0) * (field.outside[k] ?? 0))
  if (atMost(field, tries) < NEVER) return out
  if (runners <= FEW) for (let i = 0; i < runners; i++) closed(field, i, out, tries)
  else integral(field, out, tries)
  return out
}

/** A race that is reached less often than this is left out. */
const NEVER = 1e-10

/** Chance that the race is reached with a try left: everybody outside has had their turn or has none before it. */
function atMost({ chance, waiting, failed, outside }: Field, tries: number): number {
  const row = Float64Array.from(outside)
  for (let j = 0; j < chance.length; j++) {
    product(row, 0, 0, (waiting[j] as number) + (chance[j] as number), failed[j] as number, tries)
  }
  return row.reduce((sum, each) => sum + each, 0)
}

/**
 * ∫ wᵢ e^(−wᵢt) Π (Aⱼ + Bⱼ e^(−wⱼt)) dt, multiplied out: each subset T of the others adds Π B Π A · wᵢ / (wᵢ + Σ_T w).
 * A and B are linear in z; every further runner doubles the rows, one a subset, each a product so far.
 */
function closed(field: Field, i: number, out: Float64Array, tries: number): void {
  const { chance, fail, weight, waiting, failed, outside } = field
  const runners = chance.length
  const rows = new Float64Array(tries << (runners - 1))
  const rates = new Float64Array(1 << (runners - 1))
  const own = weight[i] as number
  rows.set(outside)
  rates[0] = own
  let count = 1
  for (let j = 0; j < runners; j++) {
    if (j === i) continue
    const there = chance[j] as number
    const lost = there * (fail[j] as number)
    for (let row = 0; row < count; row++) {
      product(rows, row, row + count, there, -lost, tries)
      product(rows, row, row, waiting[j] as number, (failed[j] as number) + lost, tries)
      rates[row + count] = (rates[row] as number) + (weight[j] as number)
    }
    count *= 2
  }
  for (let row = 0; row < count; row++) {
    const factor = ((chance[i] as number) * own) / (rates[row] as number)
    for (let k = 0; k < tries; k++) {
      const at = i * tries + k
      out[at] = (out[at] as number) + factor * (rows[row * tries + k] as number)
    }
  }
}

/** Row `to` = row `from` × (a + b z), cut at `tries` terms; they may be the same. */
function product(
  rows: Float64Array,
  from: number,
  to: number,
  a: number,
  b: number,
  tries: number,
): void {
  const its = from * tries
  const into = to * tries
  for (let k = tries - 1; k > 0; k--) {
    rows[into + k] = (rows[its + k] as number) * a + (rows[its + k - 1] as number) * b
  }
  rows[into] = (rows[its] as number) * a
}

/**
 * With t = exp(x − e⁻ˣ) the integrand falls off doubly exponentially on both sides, so the trapezoid rule needs some 30
 * nodes for an error below 2e-10 (Takahasi and Mori 1974; measured against the closed form).
 */
const STEP = 0.35
const FROM = -3.2

function integral(field: Field, out: Float64Array, tries: number): void {
  const { weight, outside } = field
  const total = weight.reduce((sum, each) => sum + each, 0)
  const to = Math.log((24 * total) / Math.min(...weight))
  const work: Work = {
    a: new Float64Array(weight.length),
    b: new Float64Array(weight.length),
    density: new Float64Array(weight.length),
    prefix: new Float64Array((weight.length + 1) * tries),
    suffix: new Float64Array(tries),
  }
  work.prefix.set(outside)
  for (let x = FROM; x <= to; x += STEP) {
    const fade = Math.exp(-x)
    const t = Math.exp(x - fade) / total
    node(field, t, STEP * t * (1 + fade), work, tries, out)
  }
}

/** Scratch space, one entry a runner. */
type Work = {
  readonly a: Float64Array
  readonly b: Float64Array
  readonly density: Float64Array
  readonly prefix: Float64Array
  readonly suffix: Float64Array
}

/** Adds one node at time t: for each runner the product of everybody else's factors, as prefix times suffix. */
function node(
  { chance, fail, weight, waiting, failed }: Field,
  t: number,
  width: number,
  { a, b, density, prefix, suffix }: Work,
  tries: number,
  out: Float64Array,
): void {
  const runners = chance.length
  for (let i = 0; i < runners; i++) {
    const rate = weight[i] as number
    const here = (chance[i] as number) * Math.exp(-rate * t)
    density[i] = width * rate * here
    a[i] = (waiting[i] as number) + here
    b[i] = (failed[i] as number) + (fail[i] as number) * ((chance[i] as number) - here)
    product(prefix, i, i + 1, a[i] as number, b[i] as number, tries)
  }
  suffix.fill(0)
  suffix[0] = 1
  for (let i = runners - 1; i >= 0; i--) {
    for (let k = 0; k < tries; k++) {
      let both = 0
      for (let q = 0; q <= k; q++) {
        both += (prefix[i * tries + q] as number) * (suffix[k - q] as number)
      }
      out[i * tries + k] = (out[i * tries + k] as number) + (density[i] as number) * both
    }
    product(suffix, 0, 0, a[i] as number, b[i] as number, tries)
  }
}
