import type { Classification } from '../classify/classify.ts'
import { type Lane, laneOf } from '../classify/task.ts'

type Rule = {
  /** The score that judges models for the lane. */
  readonly metric: string
  /** Share of the best score that a model must have: quality comes before cost. */
  readonly floor: number
  /** The least context that its work takes, in tokens. */
  readonly minContext: number | null
}

export const LANE_RULES: Readonly<Record<Lane, Rule>> = {
  default: { metric: 'intelligence', floor: 0.7, minContext: null },
  complex: { metric: 'intelligence', floor: 0.85, minContext: null },
  code: { metric: 'coding', floor: 0.85, minContext: null },
  // A hundred pages are some 70,000 tokens; books and repositories are more.
  research: { metric: 'intelligence', floor: 0.85, minContext: 200_000 },
  free: { metric: 'intelligence', floor: 0.7, minContext: null },
}

/** Where a lane leads when the budget does not pay for it. */
const BELOW: Readonly<Record<Lane, Lane | null>> = {
  complex: 'default',
  code: 'default',
  research: 'default',
  default: 'free',
  free: null,
}

/** The lane and all below it, in the order of trying. */
export function stepsFrom(lane: Lane): readonly Lane[] {
  const below = BELOW[lane]
  return below === null ? [lane] : [lane, ...stepsFrom(below)]
}

/** Below this confidence the likeliest lane is no better than a guess. */
export const UNSURE = 0.4

/** The share that complex work must have for the prompt to be sent there when unsure. */
const PERHAPS_COMPLEX = 0.3

/**
 * The prompt's own lane. When unsure, and hard work is a real possibility, `complex`: its models do all work well, so a
 * mistake costs cents there and a wrong answer elsewhere.
 */
export function laneFor({ lane, confidence, tasks }: Classification): Lane {
  if (confidence >= UNSURE) return lane
  const complex = tasks
    .filter(([task]) => laneOf(task) === 'complex')
    .reduce((sum, [, share]) => sum + share, 0)
  return complex >= PERHAPS_COMPLEX ? 'complex' : lane
}
