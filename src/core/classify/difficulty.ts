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
  knowledge: 0.3,
  summarize: 0.28,
  write: 0.22,
  translate: 0.22,
  chat: 0.06,
}

const at = (name: string): number => STRUCTURE.indexOf(name)

const EXAM = [at('lettered'), at('numbered'), at('answer')]
const LENGTH = at('length')
const STEPWISE = at('stepwise')
const QUICK = at('quick')
const PROOF = at('proof')

/**
 * A number in [0,1]: sorted by it, the prompts on which a strong model gains most come first.
 * Exam questions have a measure of their own, learnt from one weak and one strong model's answers to thousands.
 */
export function difficultyOf(
  { structure }: Features,
  scores: ArrayLike<number>,
  tasks: readonly number[],
): number {
  const value = (feature: number) => structure[feature] ?? 0
  const byTask = TASKS.reduce((sum, task, k) => sum + (tasks[k] ?? 0) * BY_TASK[task], 0)
  const general =
    byTask +
    0.25 * (value(LENGTH) - 0.4) +
    0.1 * value(STEPWISE) +
    0.1 * value(PROOF) -
    0.1 * value(QUICK)
  const exam = EXAM.some((feature) => value(feature) > 0)
  return Math.max(0, Math.min(1, exam ? 0.25 + 1.2 * (scores[GAIN] ?? 0) : general))
}
