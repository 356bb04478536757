import type { Metric, Score } from '../catalog/score.ts'

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

const METRIC_NAMES: Readonly<Record<string, string>> = {
  intelligence: 'Intelligence Index',
  coding: 'Coding Index',
  agentic: 'Agentic Index',
  'aider-polyglot': 'Aider polyglot',
}

/** "Coding Index", "Arena creative writing". */
export const metricName = (metric: Metric): string =>
  METRIC_NAMES[metric] ??
  (metric.startsWith('arena-')
    ? `Arena ${metric.slice('arena-'.length).replaceAll('-', ' ')}`
    : metric)
