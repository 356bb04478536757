import type { Need } from '../catalog/needs.ts'
import type { Metric } from '../catalog/score.ts'
import { OrxError } from '../errors.ts'
import { nearest } from '../nearest.ts'

/** A kind of work, as the report names it, with orx's rules for judging models at it. */
export type Task = {
  readonly id: string
  readonly label: string
  readonly labelTh: string
  /** Other words for it, English and Thai. */
  readonly aliases: readonly string[]
  /** The part of the report that it comes from. */
  readonly source: string
  /** The score that judges: one metric a task. */
  readonly metric: Metric
  readonly needs: readonly Need[]
  readonly minContext: number | null
  /** A typical month: tokens in all, and the number of requests they come in. Assumed. */
  readonly volume: Volume
  /** Where the volume and the needs come from, in words. */
  readonly why: string
}

export type Volume = { readonly input: number; readonly output: number; readonly requests: number }

/**
 * The task meant by what somebody typed, English or Thai, whole or in part: an exact id, label or alias; else the task
 * that shares the most telling words with it (a word counts for less the more tasks have it).
 * @returns undefined where no task, or no single one, fits.
 */
export function findTask(tasks: readonly Task[], text: string): Task | undefined {
  const typed = normal(text)
  if (typed === '') return undefined
  const exact = tasks.find((task) => phrasesOf(task).includes(typed))
  return exact ?? likeliest(tasks, wordsOf(typed))
}

function likeliest(tasks: readonly Task[], typed: readonly string[]): Task | undefined {
  const scores = new Map<Task, number>()
  for (const word of new Set(typed)) {
    const shares = tasks.map((task) => likeness(word, task))
    const sum = shares.reduce((total, each) => total + each, 0)
    for (const [at, share] of shares.entries()) {
      const task = tasks[at]
      // One word is worth one point, shared by the tasks that know it.
      if (task && share > 0) scores.set(task, (scores.get(task) ?? 0) + (share * share) / sum)
    }
  }
  const [first, second] = [...scores].sort(([, a], [, b]) => b - a)
  return first && (!second || first[1] > second[1]) ? first[0] : undefined
}

/** How many of the telling words typed the task knows, in [0, 1]; 1 for its own names. */
export function knownShare(task: Task, text: string): number {
  const typed = wordsOf(normal(text))
  if (typed.length === 0 || phrasesOf(task).includes(normal(text))) return 1
  return typed.filter((word) => likeness(word, task) > 0).length / typed.length
}

/** 1 where a task has the word, 0.5 where it has one that begins like it, or (Thai has no spaces) holds it. */
function likeness(word: string, task: Task): number {
  let best = 0
  for (const phrase of phrasesOf(task)) {
    const words = wordsOf(phrase)
    if (words.includes(word)) return 1
    const partly = THAI.test(word)
      ? longEnough(word) && words.some((each) => overlaps(each, word))
      : word.length >= 4 && words.some((each) => begins(each, word))
    if (partly) best = 0.5
  }
  return best
}

const THAI = /\p{Script=Thai}/u
const longEnough = (word: string): boolean => [...word].length >= 3

const overlaps = (known: string, typed: string): boolean =>
  known.includes(typed) || (longEnough(known) && THAI.test(known) && typed.includes(known))

const begins = (known: string, typed: string): boolean =>
  known.startsWith(typed) || (known.length >= 4 && typed.startsWith(known))

/** Words that tell nothing about a task. */
const EMPTY = new Set(
  'a an and are at for from i in is it me my of on or please some that the this to want with work'.split(
    ' ',
  ),
)

const wordsOf = (text: string): readonly string[] =>
  text.split(/[^\p{L}\p{M}\p{N}]+/u).filter((word) => word !== '' && !EMPTY.has(word))

const normal = (text: string): string =>
  text.normalize('NFC').toLowerCase().trim().replaceAll(/\s+/g, ' ')

const phrasesOf = ({ id, label, labelTh, aliases }: Task): readonly string[] =>
  [id, label, labelTh, ...aliases].map(normal)

/** For a text that no task fits: the nearest names, or where to find the list. */
export function unknownTask(tasks: readonly Task[], text: string): OrxError {
  const owner = new Map(
    tasks.flatMap((task) => phrasesOf(task).map((phrase) => [phrase, task.id] as const)),
  )
  const words = [text, ...wordsOf(normal(text))]
  const near = words.flatMap((word) => nearest(word, owner.keys()))
  const ids = [...new Set(near.map((phrase) => owner.get(phrase) ?? phrase))].slice(0, 3)
  return new OrxError(
    'TASK_NOT_FOUND',
    `no task is called "${text}"`,
    ids.length > 0
      ? `Did you mean ${ids.join(', ')}? All of them: orx recommend --list`
      : 'Run `orx recommend --list` for the tasks.',
  )
}
