import type { Limit } from '../../core/budget.ts'
import type { NewRequest, Settled } from '../../core/ledger.ts'
import type { Gathered } from '../../core/send/gather.ts'
import type { Rules } from '../../core/send/policy.ts'
import type { Prompt } from '../../core/send/prompt.ts'
import type { ReplyEvent } from '../../core/send/reply.ts'
import type { Hop, Stop } from '../../core/send/stop.ts'
import type { Network } from '../http.ts'
import type { Ledger } from '../ledger/ledger.ts'

/** A prompt with everything that may become of it. */
export type Delivery = {
  /** Best first; at least one. */
  readonly stops: readonly Stop[]
  readonly prompt: Omit<Prompt, 'maxTokens'>
  /** --max-tokens. */
  readonly asked: number | undefined
  /** A bound on the prompt's tokens, attachments included. */
  readonly promptTokens: number
  /** A tighter bound, for what would not fit otherwise; it takes a tokenizer. */
  readonly countedTokens: (models: readonly string[]) => Promise<number>
  readonly request: NewRequest
  readonly limits: readonly Limit[]
  readonly rules: Rules
}

export type DeliveryWorld = {
  readonly network: Network
  readonly now: () => Date
  readonly random: () => number
  readonly ledger: Ledger
  /** The key of an account, revealed only here. */
  readonly keyOf: (account: string) => Promise<string | undefined>
  /** Asks OpenRouter how many free requests the day has, for an account whose limit is only assumed. */
  readonly askFreeQuota: () => Promise<void>
  /** Stops this reply alone. */
  readonly signal: AbortSignal
}

/** Told while the reply comes. */
export type Listener = {
  readonly onEvent: (event: ReplyEvent) => void
  readonly onHop: (hop: Hop) => void
  /** The budget affords no longer reply than this, though none was asked for. */
  readonly onShortened: (maxTokens: number) => void
}

export type Reply = Gathered & {
  readonly stop: Stop
  /** Number of the prompt in the ledger. */
  readonly request: number
  readonly maxTokens: number
  readonly hops: readonly Hop[]
  readonly settled: Settled
  readonly end: 'complete' | 'cut' | 'interrupted'
  readonly ttftMs: number | undefined
  readonly durationMs: number
}
