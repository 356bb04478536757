/** Two-sided 95 % points of Student's t by degrees of freedom 1…30 (NIST/SEMATECH e-Handbook, 1.3.6.7.2). */
const T95 = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145,
  2.131, 2.12, 2.11, 2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048,
  2.045, 2.042,
]

/**
 * Half of the 95 % interval of a mean, from the spread between runs. Runs are independent; requests within an outage are not,
 * so an interval from the spread between requests would be far too narrow. Null for fewer than two runs.
 */
export function halfWidth(values: readonly number[]): number | null {
  const n = values.length
  if (n < 2) return null
  const mean = values.reduce((sum, value) => sum + value, 0) / n
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0)
  const t = T95[n - 2] ?? 1.96 + 2.4 / (n - 1)
  return t * Math.sqrt(squares / (n - 1) / n)
}

/** Fewer events than this say too little by their spread between runs: ten runs without one would seem certain. */
const RARE = 50

/**
 * The same for a share of requests, which may be next to 0 or 1: there the interval is at least that of a count of one more
 * event than was seen.
 * @param share over all runs, of `requests` in total
 */
export function shareHalfWidth(
  values: readonly number[],
  share: number,
  requests: number,
): number | null {
  const half = halfWidth(values)
  const events = Math.min(share, 1 - share) * requests
  if (half === null || events >= RARE) return half
  return Math.max(half, (1.96 * Math.sqrt(events + 1)) / requests)
}
