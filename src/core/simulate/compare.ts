import type { Cast } from './cast.ts'
import { halfWidth } from './interval.ts'
import { viewOf } from './result.ts'
import type { Tally } from './run.ts'

export type Difference = {
  /** Mean of the differences of paired runs, and half of its 95 % interval. */
  readonly mean: number
  readonly half: number | null
}

export const MEASURES = ['cost', 'answered', 'p50', 'p95', 'p99'] as const
export type Measure = (typeof MEASURES)[number]

export type Paired = Readonly<Record<Measure, Difference | null>>

/**
 * One policy against another on common random numbers: run by run both met the same outages and drew the same numbers, so
 * the differences spread far less than either of them.
 */
export function paired(
  base: { readonly cast: Cast; readonly runs: readonly Tally[] },
  other: { readonly cast: Cast; readonly runs: readonly Tally[] },
): Paired {
  const count = Math.min(base.runs.length, other.runs.length)
  const before = base.runs.slice(0, count).map((run) => measuresOf(base.cast, run))
  const after = other.runs.slice(0, count).map((run) => measuresOf(other.cast, run))
  const difference = (measure: Measure): Difference | null => {
    const values = after.flatMap((its, run) => {
      const a = its[measure]
      const b = before[run]?.[measure] ?? null
      return a === null || b === null ? [] : [a - b]
    })
    if (values.length < count || count === 0) return null
    const mean = values.reduce((sum, value) => sum + value, 0) / count
    return { mean, half: halfWidth(values) }
  }
  return {
    cost: difference('cost'),
    answered: difference('answered'),
    p50: difference('p50'),
    p95: difference('p95'),
    p99: difference('p99'),
  }
}

function measuresOf(cast: Cast, run: Tally): Readonly<Record<Measure, number | null>> {
  const { cost, answered, ttft } = viewOf(cast, run)
  const [p50 = null, p95 = null, p99 = null] = ttft
  return { cost, answered, p50, p95, p99 }
}
