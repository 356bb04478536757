import type { Metric, Score } from './score.ts'

/** Scores by model and metric: of the newest date, and of that date the highest, whatever effort it took. */
export type LatestScores = {
  readonly of: (model: string, metric: Metric) => Score | null
  readonly has: (model: string, metrics: readonly Metric[]) => boolean
}

export function latestScores(all: readonly Score[]): LatestScores {
  const best = new Map<string, Score>()
  for (const score of all) {
    const key = `${score.metric} ${score.model}`
    const before = best.get(key)
    if (!before || isBetter(score, before)) best.set(key, score)
  }
  const of = (model: string, metric: Metric) => best.get(`${metric} ${model}`) ?? null
  return { of, has: (model, metrics) => metrics.some((metric) => of(model, metric) !== null) }
}

const isBetter = (a: Score, b: Score): boolean =>
  a.asOf === b.asOf ? a.value > b.value : a.asOf > b.asOf
