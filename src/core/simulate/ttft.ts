import type { Percentiles } from '../catalog/endpoint.ts'

/**
 * Time to first token as a distribution through the published percentiles. Between them the logarithm is linear in the
 * normal score; below p50 the first step is mirrored (an assumption: nothing faster is published), above p99 the last one
 * goes on. A single lognormal through p50 and p90 understates the measured p99 by a quarter.
 */
export function ttftQuantile(published: Percentiles): (p: number) => number {
  const knots = knotsOf(published)
  return (p) => Math.exp(at(knots, normalScore(p)))
}

function knotsOf(published: Percentiles): readonly Knot[] {
  const known = KNOTS.flatMap(({ p, z }): readonly Knot[] => {
    const ms = published[p]
    return ms !== null && ms > 0 ? [{ z, log: Math.log(ms) }] : []
  })
  return rising(known)
}

type Knot = { readonly z: number; readonly log: number }

const KNOTS = [
  { p: 'p50', z: 0 },
  { p: 'p75', z: 0.6744897501960817 },
  { p: 'p90', z: 1.2815515655446004 },
  { p: 'p99', z: 2.3263478740408408 },
] as const

/** Spread where only the median is known: the median of 70 providers (sd of log, 2026-07-20 to 08-22). */
const SIGMA = 0.71

/** Percentiles never fall; a captured row that does is read as flat. */
function rising(knots: readonly Knot[]): readonly Knot[] {
  let highest = Number.NEGATIVE_INFINITY
  return knots.map(({ z, log }) => {
    highest = Math.max(highest, log)
    return { z, log: highest }
  })
}

const slopeOf = (a: Knot, b: Knot): number => (b.log - a.log) / (b.z - a.z)

function at(knots: readonly Knot[], z: number): number {
  const [first, second] = knots
  if (!first) return 0
  if (!second) return first.log + SIGMA * (z - first.z)
  if (z <= first.z) return first.log + slopeOf(first, second) * (z - first.z)
  let low = first
  let high = second
  for (let next = 2; next < knots.length && z > high.z; next++) {
    low = high
    high = knots[next] ?? high
  }
  return low.log + slopeOf(low, high) * (z - low.z)
}

/**
 * The inverse of the normal distribution function, by Acklam's rational approximation (relative error below 1.2e-9).
 * Only log and sqrt besides the four operations, so every version of Node agrees on it.
 */
export function normalScore(p: number): number {
  if (p < 0.02425) return tail(Math.sqrt(-2 * Math.log(p)))
  if (p > 1 - 0.02425) return -tail(Math.sqrt(-2 * Math.log(1 - p)))
  const q = p - 0.5
  const r = q * q
  return (polynomial(A, r) * q) / (polynomial(B, r) * r + 1)
}

const tail = (q: number): number => polynomial(C, q) / (polynomial(D, q) * q + 1)

const polynomial = (coefficients: readonly number[], x: number): number =>
  coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0)

const A = [
  -3.969683028665376e1, 2.209460984245205e2, -2.759285104469687e2, 1.38357751867269e2,
  -3.066479806614716e1, 2.506628277459239,
]
const B = [
  -5.447609879822406e1, 1.615858368580409e2, -1.556989798598866e2, 6.680131188771972e1,
  -1.328068155288572e1,
]
const C = [
  -7.784894002430293e-3, -3.223964580411365e-1, -2.400758277161838, -2.549732539343734,
  4.374664141464968, 2.938163982698783,
]
const D = [7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996, 3.754408661907416]

/** Cells of a quantile table: three levels, each the top 1/128 of the one before in finer cells, so the tail is not clipped. */
const LEVEL = 4096
export const TABLE = 3 * LEVEL
const MAX_US = 1_800_000_000

/** The normal score in the middle of every cell: the same for all tables. */
let scores: Float64Array | undefined

function cellScores(): Float64Array {
  if (scores) return scores
  scores = new Float64Array(TABLE)
  let from = 0
  let width = 1 / LEVEL
  for (let level = 0; level < 3; level++) {
    for (let cell = 0; cell < LEVEL; cell++) {
      scores[level * LEVEL + cell] = normalScore(from + (cell + 0.5) * width)
    }
    from += LEVEL * (1 - 1 / 128) * width
    width /= 128
  }
  return scores
}

/** An endpoint takes part in one scene for each policy that is compared. */
const made = new WeakMap<Percentiles, Int32Array>()

/** Microseconds by 32 random bits; see `lookUp`. */
export function ttftTable(published: Percentiles): Int32Array {
  const before = made.get(published)
  if (before) return before
  const knots = knotsOf(published)
  const table = Int32Array.from(cellScores(), (z) =>
    Math.round(Math.min(Math.exp(at(knots, z)) * 1000, MAX_US)),
  )
  made.set(published, table)
  return table
}

/** First value whose 32 bits fall into the second and the third level. */
export const LEVEL_2 = 0xfe000000
export const LEVEL_3 = 0xfffc0000

/** The cell of a table for 32 random bits, unsigned. */
export function lookUp(bits: number): number {
  if (bits < LEVEL_2) return bits >>> 20
  if (bits < LEVEL_3) return LEVEL + ((bits - LEVEL_2) >>> 13)
  return 2 * LEVEL + ((bits - LEVEL_3) >>> 6)
}
