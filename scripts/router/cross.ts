import type { Weights } from '../../src/core/classify/model.ts'
import { augmented, balanced, ownPrompts } from './corpus.ts'
import { bySource, calibrationError, type Judged, judge, type Labelled } from './measures.ts'
import { type Example, train } from './train.ts'

/** Prompts of one task from one source count as this many at most. */
const MOST = 150

export const prepared = (examples: readonly Example[]): readonly Example[] =>
  balanced(augmented(examples), MOST)

/** A model beside the prompts that it has not seen. */
export type Fold = {
  readonly weights: Weights
  readonly unseen: readonly Labelled[]
}

/** One fold for each source, and one for a fifth of our own templates. */
export function folds(own: readonly Example[], others: readonly Example[]): readonly Fold[] {
  const sources = [...bySource(others).keys()].map((source) => ({
    weights: train([...own, ...prepared(others.filter((each) => each.source !== source))], []),
    unseen: others.filter((each) => each.source === source),
  }))
  const seen = ownPrompts((template) => template % 5 !== 2)
  return [
    ...sources,
    {
      weights: train([...seen, ...prepared(others)], []),
      unseen: ownPrompts((template) => template % 5 === 2),
    },
  ]
}

export const judgeFolds = (list: readonly Fold[], temperature: number): readonly Judged[] =>
  list.flatMap(({ weights, unseen }) => judge(unseen, { ...weights, temperature }))

/** Calibration error where each source counts the same. */
export function evenCalibration(judged: readonly Judged[]): number {
  const sizes = new Map([...bySource(judged)].map(([source, list]) => [source, list.length]))
  return calibrationError(judged, ({ source }) => 1 / (sizes.get(source) ?? 1))
}

/** The temperature that gives the least calibration error on unseen sources. */
export function fitTemperature(list: readonly Fold[]): number {
  let best = { temperature: 1, error: Number.POSITIVE_INFINITY }
  for (const temperature of [0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.9, 1, 1.1]) {
    const error = evenCalibration(judgeFolds(list, temperature))
    if (error < best.error) best = { temperature, error }
  }
  return best.temperature
}
