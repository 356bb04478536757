import { classify } from '../../src/core/classify/classify.ts'
import type { Weights } from '../../src/core/classify/model.ts'
import { type Lane, laneOf, type Task } from '../../src/core/classify/task.ts'

export type Labelled = { readonly prompt: string; readonly task: Task; readonly source: string }

export type Judged = Labelled & {
  readonly said: Task
  readonly lane: Lane
  readonly confidence: number
  readonly right: boolean
}

export const judge = (examples: readonly Labelled[], weights: Weights): readonly Judged[] =>
  examples.map((example) => {
    const { task, lane, confidence } = classify(example.prompt, weights)
    return { ...example, said: task, lane, confidence, right: lane === laneOf(example.task) }
  })

export const share = (list: readonly { right: boolean }[]): number =>
  list.filter(({ right }) => right).length / Math.max(1, list.length)

export function bySource<T extends { source: string }>(
  list: readonly T[],
): ReadonlyMap<string, T[]> {
  const found = new Map<string, T[]>()
  for (const item of list) found.set(item.source, [...(found.get(item.source) ?? []), item])
  return found
}

/** Mean over sources of the share of right lanes. */
export function macroAccuracy(judged: readonly Judged[]): number {
  const groups = [...bySource(judged).values()]
  return groups.reduce((sum, group) => sum + share(group), 0) / Math.max(1, groups.length)
}

export function f1(judged: readonly Judged[], lane: Lane): number {
  let both = 0
  let said = 0
  let meant = 0
  for (const each of judged) {
    const wanted = laneOf(each.task) === lane
    if (wanted) meant += 1
    if (each.lane === lane) said += 1
    if (wanted && each.lane === lane) both += 1
  }
  return said + meant === 0 ? Number.NaN : (2 * both) / (said + meant)
}

/** Mean F1 over the lanes that occur. */
export function macroF1(judged: readonly Judged[]): number {
  const lanes = (['default', 'complex', 'code', 'research'] as const).filter((lane) =>
    judged.some(({ task }) => laneOf(task) === lane),
  )
  return lanes.reduce((sum, lane) => sum + f1(judged, lane), 0) / lanes.length
}

/** Expected calibration error over ten equal bins of confidence. */
export function calibrationError(judged: readonly Judged[], weightOf = (_: Judged) => 1): number {
  const bins = Array.from({ length: 10 }, () => ({ n: 0, sure: 0, right: 0 }))
  for (const each of judged) {
    const bin = bins[Math.min(9, Math.floor(each.confidence * 10))]
    if (!bin) continue
    const weight = weightOf(each)
    bin.n += weight
    bin.sure += weight * each.confidence
    bin.right += weight * (each.right ? 1 : 0)
  }
  const all = bins.reduce((sum, { n }) => sum + n, 0)
  return (
    bins.reduce((sum, { sure, right }) => sum + Math.abs(sure - right), 0) / Math.max(1e-9, all)
  )
}

/**
 * Area under the recovered quality gap while the share sent to the strong model goes from 0 to 1, hardest first; random
 * is 0.5 (RouteLLM's APGR, arXiv 2406.18665).
 */
export function apgr(
  rows: readonly { difficulty: number; weak: number; strong: number }[],
): number {
  const sorted = [...rows].sort((a, b) => b.difficulty - a.difficulty)
  const gap = rows.reduce((sum, { weak, strong }) => sum + strong - weak, 0)
  let recovered = 0
  let area = 0
  for (const { weak, strong } of sorted) {
    area += (recovered + (strong - weak) / 2) / gap
    recovered += strong - weak
  }
  return area / rows.length
}
