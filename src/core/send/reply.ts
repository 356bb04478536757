import type { Usd } from '../money.ts'
import type { Fault } from './fault.ts'

/** Token counts of a reply, and the bill where the sender reports one (OpenRouter does, most providers do not). */
export type Usage = {
  /** Cached and written tokens included. */
  readonly prompt: number
  /** Reasoning included. */
  readonly completion: number
  readonly cached: number
  readonly cacheWrite: number
  readonly reasoning: number
  readonly cost?: Usd
  /** What the provider charges; under BYOK apart from `cost`, otherwise a repetition of it. */
  readonly upstream?: Usd
  readonly isByok?: boolean
}

/** A call of a tool that the model asks for. It is printed, never executed. */
export type ToolCall = { readonly id: string; readonly name: string; readonly arguments: string }

/** What arrives while a model answers, whoever sends it and in whatever shape. */
export type ReplyEvent =
  /** A sign of life without content. */
  | { readonly kind: 'alive' }
  /** Who answers; sent when first known, and again should it change. */
  | {
      readonly kind: 'from'
      readonly id?: string
      readonly model?: string
      readonly provider?: string
    }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'reasoning'; readonly text: string }
  /** A piece of a tool call; pieces of one index belong together. */
  | {
      readonly kind: 'call'
      readonly index: number
      readonly id?: string
      readonly name?: string
      readonly arguments: string
    }
  | { readonly kind: 'usage'; readonly usage: Usage }
  /** "stop", "length", "tool_calls", "content_filter" or what else the sender says. */
  | { readonly kind: 'finish'; readonly reason: string }
  /** The sender says that this was all. */
  | { readonly kind: 'done' }
  /** The sender gives up; nothing follows. */
  | { readonly kind: 'fault'; readonly fault: Fault }
