import type { Source } from '../catalog/model.ts'
import { lastPoint } from '../catalog/points.ts'
import type { Score } from '../catalog/score.ts'
import type { ReportPick } from '../playbook/playbook.ts'
import type { Today } from '../playbook/today.ts'
import type { Recommendation } from './recommend.ts'

/** A pick of the report beside what is true of it today. */
export type ReportRow = ReportPick & {
  readonly today: Today
  /** By the metric that judges today's picks. */
  readonly score: Score | null
}

/** The whole answer of `orx recommend`: the report's picks and today's, apart. */
export type Advice = Recommendation & {
  readonly report: readonly ReportRow[]
  /** Those that the figures shown come from, each once. */
  readonly sources: readonly Source[]
}

/** @param known every source that a figure may name. */
export function adviceOf(
  recommendation: Recommendation,
  report: readonly ReportRow[],
  known: readonly Source[],
): Advice {
  const used = new Set<string>()
  for (const { candidate } of recommendation.picks) {
    if (!candidate) continue
    used.add(lastPoint(candidate.model).source).add(candidate.score.source)
  }
  for (const { today, score } of report) {
    used.add('report').add(today.now.point.source)
    if (today.successor) used.add(today.successor.point.source)
    if (score) used.add(score.source)
  }
  const sources = new Map(known.map((source) => [source.id, source]))
  return {
    ...recommendation,
    report,
    sources: [...used]
      .flatMap((id) => sources.get(id) ?? [])
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
  }
}
