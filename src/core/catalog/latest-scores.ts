import type { Metric, Score } from './score.ts'

/**
 * One score a model: of the newest date, and of that date the highest, whatever effort it took (the score says which).
 * Rows of several efforts share an id in the source.
 */
export function scoresFor(all: readonly Score[], metric: Metric): ReadonlyMap<string, Score> {
  const best = new Map<string, Score>()
  for (const score of all) {
    if (score.metric !== metric) continue
    const before = best.get(score.model)
    if (!before || isBetter(score, before)) best.set(score.model, score)
  }
  return best
}

const isBetter = (a: Score, b: Score): boolean =>
  a.asOf === b.asOf ? a.value > b.value : a.asOf > b.asOf

/** The same for every metric, each gathered when it is first asked for. */
export type LatestScores = {
  readonly of: (model: string, metric: Metric) => Score | null
  readonly has: (model: string, metrics: readonly Metric[]) => boolean
}

export function latestScores(all: readonly Score[]): LatestScores {
  const gathered = new Map<Metric, ReadonlyMap<string, Score>>()
  const of = (model: string, metric: Metric): Score | null => {
    const scores = gathered.get(metric) ?? scoresFor(all, metric)
    gathered.set(metric, scores)
    return scores.get(model) ?? null
  }
  return { of, has: (model, metrics) => metrics.some((metric) => of(model, metric) !== null) }
}
