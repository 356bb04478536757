import type { Need } from '../catalog/needs.ts'
import type { Classification } from '../classify/classify.ts'
import type { Lane } from '../classify/task.ts'
import type { Usd } from '../money.ts'
import type { Priority } from '../recommend/weights.ts'

/** A prompt looking for a model. Only `prompt` is needed; everything else narrows the choice. */
export type PickRequest = {
  readonly prompt: string
  /** Texts that are sent along: system prompt, earlier turns, tools. They cost, but do not tell the task. */
  readonly besides?: readonly string[]
  /** Tokens of attachments: as many as are likely, and at the most. */
  readonly attached?: { readonly expected: number; readonly most: number }
  /** Hard: from attachments, tools, a schema, or `--needs`. */
  readonly needs?: readonly Need[]
  /** Hard: the reply must have room for this many tokens; also the most that is expected. */
  readonly maxTokens?: number | undefined
  /** Hard: US$ per 1M tokens. */
  readonly maxPrice?: { readonly input: Usd; readonly output: Usd } | undefined
  /** Hard: tokens. */
  readonly minContext?: number | undefined
  /** Hard: what the tightest budget leaves, in US$; undefined where none is set. */
  readonly left?: Usd | undefined
  /** Nearly all of a budget is spent: easy work then goes to a free model. */
  readonly spike?: boolean
  readonly priority?: Priority
  /** Let fallbacks cost more than the first choice. */
  readonly allowPricier?: boolean
}

/** One model with the figures by which it was chosen or not. */
export type Weighed = {
  readonly model: string
  readonly author: string
  /** The host that serves most of it; null where that is not known. */
  readonly provider: string | null
  /** The lane's index; null where the list is not chosen by scores. */
  readonly quality: number | null
  /** US$ of this prompt with its expected reply. */
  readonly cost: Usd
  /** US$ that this request cannot exceed; undefined where nothing bounds it. */
  readonly worst: Usd | undefined
  /** Tokens of reply that the budget pays for; 0 where it pays for too few. */
  readonly maxTokens: number
  /** Until 500 tokens are there. */
  readonly seconds: number | null
  /** Higher is better; null where the list's own order decides. */
  readonly utility: number | null
}

/** The choice. Every id is one of the catalogue. */
export type Choice = {
  readonly classification: Classification
  /** The prompt's own lane. */
  readonly wanted: Lane
  /** The lane that was taken: another one where the budget was short. */
  readonly lane: Lane
  readonly model: string
  /** In the order to try; another author and another host each, none dearer unless allowed. */
  readonly fallbacks: readonly string[]
  readonly estimate: Estimate
  /** Why, one sentence each. */
  readonly reasons: readonly string[]
  /** All that could have been taken in that lane, the chosen one first. */
  readonly weighed: readonly Weighed[]
}

/** What the request is expected to take and to cost. */
export type Estimate = {
  readonly inputTokens: number
  readonly outputTokens: number
  /** The reply must be cut off there for the budget to be kept; undefined where there is none. */
  readonly maxTokens: number | undefined
  /** US$. */
  readonly cost: Usd
  /** US$ that it cannot exceed; undefined where nothing bounds it. */
  readonly worst: Usd | undefined
}
