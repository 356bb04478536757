import { estimateTokens } from '../classify/size.ts'
import type { Task } from '../classify/task.ts'
import { DEFAULT_REPLY_TOKENS } from '../worst-case.ts'
import type { PickRequest } from './request.ts'

/** Tokens of a usual reply by task, reasoning included where the work invites it. Assumed: no public source has them. */
const REPLY: Readonly<Record<Task, number>> = {
  chat: 120,
  code: 900,
  design: 1500,
  extract: 250,
  knowledge: 350,
  math: 900,
  reason: 900,
  research: 3000,
  summarize: 300,
  translate: 200,
  write: 700,
}

/** A translation is about as long as what is translated. */
const AS_LONG: ReadonlySet<Task> = new Set(['translate'])

export type Expected = { readonly input: number; readonly output: number }

/** Tokens that a request will take: its texts by script, its attachments as they usually are, and the usual reply to such work. */
export function expected(request: PickRequest, task: Task): Expected {
  const { prompt, besides = [], attached, maxTokens } = request
  const own = estimateTokens(prompt)
  const input = besides.reduce(
    (sum, text) => sum + estimateTokens(text),
    own + (attached?.expected ?? 0),
  )
  const usual = AS_LONG.has(task) ? Math.max(REPLY[task], own) : REPLY[task]
  return { input, output: Math.min(usual, maxTokens ?? DEFAULT_REPLY_TOKENS) }
}
