import type { Context } from '../context.ts'
import { classify } from '../core/classify/classify.ts'
import type { Task as Kind } from '../core/classify/task.ts'
import type { Task } from '../core/recommend/task.ts'
import { loadRouter } from '../sources/router.ts'

/** The task of the list whose models suit each kind of work. */
const TASK_FOR: Readonly<Record<Kind, string>> = {
  chat: 'deep-chat',
  code: 'coding',
  design: 'reasoning',
  extract: 'rag',
  knowledge: 'default',
  math: 'math',
  reason: 'reasoning',
  research: 'research-paper',
  summarize: 'editing',
  translate: 'editing',
  write: 'blog-post',
}

/** A label has a few words; what is longer is a prompt. */
const LABEL_WORDS = 5
const LEAST_WORDS = 3
const THAI_WORD = 6

/** Thai has no spaces: some six letters are a word. */
const wordsOf = (text: string): number =>
  text.split(/\s+/).reduce((sum, word) => {
    const thai = word.replaceAll(/[^\u0e00-\u0e7f]/g, '').length
    return sum + Math.max(1, Math.round(thai / THAI_WORD))
  }, 0)

export const isPrompt = (text: string): boolean => wordsOf(text) > LABEL_WORDS

/** The task that a prompt asks for; undefined where it is too short or too unclear to tell. */
export function taskOfPrompt(ctx: Context, tasks: readonly Task[], text: string): Task | undefined {
  if (wordsOf(text) < LEAST_WORDS) return undefined
  const { task, confidence } = classify(text, loadRouter(ctx))
  return confidence < 0.5 ? undefined : tasks.find(({ id }) => id === TASK_FOR[task])
}
