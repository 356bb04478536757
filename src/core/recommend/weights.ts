import { OrxError } from '../errors.ts'
import { type Axes, logCost } from './axes.ts'

/** How much each of the report's axes counts. Only their proportions matter. */
export type Weights = {
  readonly intelligence: number
  readonly latency: number
  readonly cost: number
}

export const PRIORITIES = {
  quality: { intelligence: 4, latency: 1, cost: 1 },
  balanced: { intelligence: 1, latency: 1, cost: 1 },
  speed: { intelligence: 1, latency: 4, cost: 1 },
  cost: { intelligence: 1, latency: 1, cost: 4 },
} as const satisfies Record<string, Weights>

export type Priority = keyof typeof PRIORITIES

/** "intelligence=3,latency=1,cost=2"; an axis left out counts 0. @throws OrxError BAD_ARGUMENT */
export function parseWeights(text: string): Weights {
  const weights = { intelligence: 0, latency: 0, cost: 0 }
  for (const part of text.split(',')) {
    const [, axis, value] =
      /^\s*(intelligence|latency|cost)\s*=\s*(\d+(?:\.\d+)?)\s*$/.exec(part) ?? []
    if (axis === undefined) throw bad(text)
    weights[axis as keyof Weights] = Number(value)
  }
  if (weights.intelligence + weights.latency + weights.cost === 0) throw bad(text)
  return weights
}

const bad = (text: string): OrxError =>
  new OrxError(
    'BAD_ARGUMENT',
    `--weights: "${text}" is not understood`,
    'Give numbers for the three axes, such as intelligence=3,latency=1,cost=2.',
  )

/** The three axes of one candidate on a scale from 0 (worst of the field) to 1 (best). */
export type Utility = {
  readonly intelligence: number
  readonly latency: number
  readonly cost: number
  readonly total: number
  /** No speed is known, so its latency counts as the field's mean. */
  readonly assumedLatency: boolean
}

/**
 * Weighs every candidate of a field: score between the floor and the best, cost and time on a log scale between the
 * field's extremes. Unknown times count as the mean of the known ones: they neither win nor lose.
 */
export function utilities(
  field: readonly Axes[],
  floor: number,
  weights: Weights,
): readonly Utility[] {
  const costs = field.map(logCost)
  const times = field.map(({ seconds }) => (seconds === null ? null : Math.log(seconds)))
  const known = times.filter((time) => time !== null)
  const best = Math.max(...field.map(({ quality }) => quality))
  const latencies = times.map((time) => (time === null ? null : 1 - position(time, known)))
  const mean = average(latencies.filter((each) => each !== null)) ?? 0
  const sum = weights.intelligence + weights.latency + weights.cost
  return field.map(({ quality }, at) => {
    const intelligence = best > floor ? (quality - floor) / (best - floor) : 1
    const latency = latencies[at] ?? mean
    const cost = 1 - position(costs[at] ?? 0, costs)
    const total =
      (weights.intelligence * intelligence + weights.latency * latency + weights.cost * cost) / sum
    return { intelligence, latency, cost, total, assumedLatency: latencies[at] === null }
  })
}

const average = (values: readonly number[]): number | undefined =>
  values.length === 0 ? undefined : values.reduce((a, b) => a + b, 0) / values.length

/** Where a value lies between the least (0) and the greatest (1). */
function position(value: number, all: readonly number[]): number {
  const least = Math.min(...all)
  const greatest = Math.max(...all)
  return greatest > least ? (value - least) / (greatest - least) : 0
}
