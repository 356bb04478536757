import { featuresOf } from './features.ts'
import { score, type Weights } from './model.ts'
import { type Lane, laneOf, TASKS, type Task } from './task.ts'

export type Classification = {
  readonly task: Task
  /** Probability of every task. */
  readonly tasks: Readonly<Record<Task, number>>
  readonly lane: Lane
  /** Probability that the lane is right, calibrated on sources kept out of training. */
  readonly confidence: number
}

export function classify(prompt: string, weights: Weights): Classification {
  const features = featuresOf(prompt)
  const scores = score(weights, features)
  const p = probabilities(scores, weights.temperature)
  const lanes = new Map<Lane, number>()
  for (const [at, task] of TASKS.entries()) {
    lanes.set(laneOf(task), (lanes.get(laneOf(task)) ?? 0) + (p[at] ?? 0))
  }
  const [lane, confidence] = [...lanes].reduce((best, each) => (each[1] > best[1] ? each : best))
  const inLane = [...TASKS.entries()].filter(([, task]) => laneOf(task) === lane)
  const [, task] = inLane.reduce((best, each) =>
    (p[each[0]] ?? 0) > (p[best[0]] ?? 0) ? each : best,
  )
  const tasks = Object.fromEntries(TASKS.map((each, at) => [each, p[at] ?? 0])) as Record<
    Task,
    number
  >
  return { task, tasks, lane, confidence }
}

function probabilities(scores: Float64Array, temperature: number): readonly number[] {
  const logits = TASKS.map((_, at) => (scores[at] ?? 0) / temperature)
  const top = Math.max(...logits)
  const raised = logits.map((logit) => Math.exp(logit - top))
  const sum = raised.reduce((a, b) => a + b, 0)
  return raised.map((value) => value / sum)
}
