import { formatCount } from '../../core/amount.ts'
import type { Candidate } from '../../core/recommend/candidate.ts'
import type { Volume } from '../../core/recommend/task.ts'

/** "78.0" for an index, "1491" for a rating, "~14.9" where the source only estimates it. */
export const scoreText = ({ value, unit, estimated }: Candidate['score']): string =>
  `${estimated ? '~' : ''}${unit === 'rating' ? value.toFixed(0) : value.toFixed(1)}`

export const waitText = (seconds: number | null): string =>
  seconds === null ? 'unknown' : `${seconds.toFixed(1)} s`

/** "0.9 s, 56 tok/s": to the first token, then. */
export const speedText = ({ model: { speed } }: Candidate): string =>
  speed
    ? `${(speed.ttftMs / 1000).toFixed(1)} s, ${speed.throughput.toFixed(0)} tok/s`
    : 'speed unknown'

/** "200K", "1M": thousands or millions, as contexts are quoted, be they powers of two or of ten. */
export function contextText(context: number | null): string {
  if (context === null) return 'unknown'
  if (context >= 1_000_000) return `${Number((context / 1_000_000).toFixed(1))}M`
  return context >= 1000 ? `${Math.round(context / 1000)}K` : String(context)
}

export const volumeText = ({ input, output }: Volume): string =>
  `${formatCount(input)} + ${formatCount(output)}`
