import type { Features } from './features.ts'
import { GAIN } from './model.ts'
import { STRUCTURE } from './structure.ts'
import { TASKS, type Task } from './task.ts'

/**
 * How much a strong model is worth its price by the kind of work: where one weak and one strong model were judged side by
 * side, the gap is widest in mathematics, logic and code, and next to nothing in small talk and free writing (MT-Bench by
 * category, arXiv 2306.05685; RouteLLM, arXiv 2406.18665). The steps between are ours.
 */
const BY_TASK: Readonly<Record<Task, number>> = {
  math: 0.72,
  reason: 0.74,
  code: 0.68,
  design: 0.6,
  research: 0.58,
  extract: 0.42,
  write: 0.3,
  summarize: 0.28,
  knowledge: 0.27,
  translate: 0.22,
  chat: 0.06,
}

/** The difficulty of such work, other things unknown. */
export const worthOf = (task: Task): number => BY_TASK[task]

const WORTH: readonly number[] = TASKS.map(worthOf)

const at = (name: string): number => STRUCTURE.indexOf(name)

const LETTERED = at('lettered')
const NUMBERED = at('numbered')
const ANSWER = at('answer')
const LENGTH = at('length')
const STEPWISE = at('stepwise')
const QUICK = at('quick')
const PROOF = at('proof')

const KNOWLEDGE = TASKS.indexOf('knowledge')

/**
 * A number in [0,1]: sorted by it, the prompts on which a strong model gains most come first.
 * Exam questions have a measure of their own, learnt from one weak and one strong model's answers to thousands.
 */
export function difficultyOf(
  { structure }: Features,
  scores: ArrayLike<number>,
  tasks: readonly number[],
): number {
  const raw = isExam(structure, tasks) ? byExam(scores[GAIN] ?? 0) : byWork(structure, tasks)
  return Math.max(0, Math.min(1, raw))
}

/** Lists of choices, unless something else is asked of the list. */
const isExam = (structure: Float32Array, tasks: readonly number[]): boolean =>
  seen(structure, ANSWER) > 0 ||
  (seen(structure, LETTERED) + seen(structure, NUMBERED) > 0 && (tasks[KNOWLEDGE] ?? 0) > 0.5)

const seen = (structure: Float32Array, feature: number): number => structure[feature] ?? 0

/** The gain is a share of right answers, some 0.15 on average; a word problem of school mathematics has 0.23. */
const byExam = (gain: number): number => 0.35 + 1.6 * gain

function byWork(structure: Float32Array, tasks: readonly number[]): number {
  let sum = 0
  for (let k = 0; k < TASKS.length; k++) sum += (tasks[k] ?? 0) * (WORTH[k] ?? 0)
  return (
    sum +
    0.25 * (seen(structure, LENGTH) - 0.4) +
    0.1 * seen(structure, STEPWISE) +
    0.1 * seen(structure, PROOF) -
    0.1 * seen(structure, QUICK)
  )
}
