import { plainLine } from '../plain.ts'

/** Records that could not be used, by reason, each with where the first one is. */
export type Skipped = {
  readonly reason: string
  readonly count: number
  /** File and record of the first one: "usage.csv:17". */
  readonly first: string
  /** Start of the first one's text, or of the part that was not understood. */
  readonly sample: string
}

export type Skips = {
  readonly add: (reason: string, first: string, sample: string) => void
  readonly all: () => readonly Skipped[]
  readonly total: () => number
}

const SAMPLE = 60

export function createSkips(): Skips {
  const byReason = new Map<string, { count: number; first: string; sample: string }>()
  return {
    add: (reason, first, sample) => {
      const known = byReason.get(reason)
      if (known) known.count += 1
      else byReason.set(reason, { count: 1, first, sample: shown(sample) })
    },
    all: () =>
      [...byReason]
        .map(([reason, rest]) => ({ reason, ...rest }))
        .sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1)),
    total: () => [...byReason.values()].reduce((sum, { count }) => sum + count, 0),
  }
}

const shown = (text: string): string => {
  const line = plainLine(text.slice(0, 10 * SAMPLE))
  return line.length > SAMPLE ? `${line.slice(0, SAMPLE)}…` : line
}
