import { difficultyOf } from './difficulty.ts'
import { type Features, featuresOf } from './features.ts'
import { score, type Weights } from './model.ts'
import { type Lane, laneOf, TASKS, type Task } from './task.ts'

export type Classification = {
  readonly task: Task
  /** Probability of every task, likeliest first. */
  readonly tasks: readonly (readonly [Task, number])[]
  readonly lane: Lane
  /** Probability that the lane is right, calibrated on sources kept out of training. */
  readonly confidence: number
  /** From 0 to 1: higher where a strong model is worth its price. */
  readonly difficulty: number
  readonly features: Features
}

/** The lane is the one with most probability over its tasks; the task the likeliest within that lane. */
export function classify(prompt: string, weights: Weights): Classification {
  const features = featuresOf(prompt)
  const scores = score(weights, features)
  const p = probabilities(scores, weights.temperature)
  const tasks = TASKS.map((task, at) => [task, p[at] ?? 0] as const).sort((a, b) => b[1] - a[1])
  const lanes = new Map<Lane, number>()
  for (const [task, share] of tasks) {
    lanes.set(laneOf(task), (lanes.get(laneOf(task)) ?? 0) + share)
  }
  const [lane, confidence] = [...lanes].reduce((best, each) => (each[1] > best[1] ? each : best))
  const [task] = tasks.find(([each]) => laneOf(each) === lane) ?? ['chat' as const]
  const difficulty = difficultyOf(features, scores, p)
  return { task, tasks, lane, confidence, difficulty, features }
}

function probabilities(scores: Float64Array, temperature: number): readonly number[] {
  const logits = TASKS.map((_, at) => (scores[at] ?? 0) / temperature)
  const top = Math.max(...logits)
  const raised = logits.map((logit) => Math.exp(logit - top))
  const sum = raised.reduce((a, b) => a + b, 0)
  return raised.map((value) => value / sum)
}
