import type { Need } from '../catalog/needs.ts'
import type { Classification } from '../classify/classify.ts'
import type { Lane } from '../classify/task.ts'
import type { Usd } from '../money.ts'

/** What is more wanted; the one dial of the choice. */
export const PRIORITIES = ['quality', 'balanced', 'speed', 'cost'] as const

export type Priority = (typeof PRIORITIES)[number]

/** A prompt looking for a model. Only `prompt` is needed; everything else narrows the choice. */
export type PickRequest = {
  readonly prompt: string
  /** Texts that are sent along: system prompt, earlier turns, attached text. They cost, but do not tell the task. */
  readonly besides?: readonly string[]
  /** Hard: from attachments, tools, a schema, or `--needs`. */
  readonly needs?: readonly Need[]
  /** Hard: the reply must have room for this many tokens; also the most that is expected. */
  readonly maxTokens?: number | undefined
  /** Hard: US$ per 1M tokens. */
  readonly maxPrice?: { readonly input: Usd; readonly output: Usd } | undefined
  /** Hard: tokens. */
  readonly minContext?: number | undefined
  /** Hard: only models with an endpoint that neither keeps nor trains on prompts. */
  readonly zdr?: boolean
  /** What the tightest budget leaves; undefined where none is set. */
  readonly left?: Usd | undefined
  readonly priority?: Priority
  /** Let fallbacks cost more than the first choice. */
  readonly allowPricier?: boolean
  /** `report`: the 2025 report's lanes instead of today's. */
  readonly playbook?: 'today' | 'report'
  /** Skip classifying. */
  readonly lane?: Lane | undefined
}

/** The choice. Every id is one of the catalogue. */
export type Choice = Classification & {
  /** The prompt's own lane; `lane` of the classification, unless the request named one. */
  readonly wanted: Lane
  /** The lane that was taken in the end: another one where the budget was short. */
  readonly taken: Lane
  readonly model: string
  /** In the order to try; another author and another provider each, none dearer unless allowed. */
  readonly fallbacks: readonly string[]
  readonly estimate: Estimate
  /** Why, one sentence each, the most telling first. */
  readonly reasons: readonly string[]
}

/** What the request is expected to take and to cost. */
export type Estimate = {
  readonly inputTokens: number
  readonly outputTokens: number
  /** US$; undefined where no price is known. */
  readonly cost: Usd | undefined
  /** US$ that it cannot exceed; undefined where no price is known. */
  readonly worst: Usd | undefined
}
