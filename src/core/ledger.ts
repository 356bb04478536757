import type { Bill, LimitState } from './budget.ts'
import type { Usd } from './money.ts'

export type Route = 'direct' | 'credits' | 'byok'

/** A way in which a prompt could have been sent, for the receipt. */
export type Candidate = {
  readonly route: Route
  readonly model: string
  /** Provider slug, or null where OpenRouter chooses. */
  readonly provider: string | null
  /** Chance, 0 to 1, that it serves the prompt; null where unknown. */
  readonly odds: number | null
  /** Estimate in US$ for this prompt; null where it has no price. */
  readonly estimate: string | null
  readonly chosen: boolean
  /** Why it was (not) chosen. */
  readonly why?: string
}

/** One prompt, however many attempts it takes. */
export type NewRequest = {
  readonly session?: string
  /** The kind of work the router saw; absent where the user named the model. */
  readonly lane?: string
  /** The model as it was asked for: "auto", an alias, an id. */
  readonly asked: string
  readonly candidates: readonly Candidate[]
  /** Why this model and this route, in words. */
  readonly why?: string
  /** Kept only with --log-prompts. */
  readonly prompt?: string
}

/** One HTTP request about to be sent. */
export type NewAttempt = {
  /** The number of a prompt already begun, or a new prompt. */
  readonly request: number | NewRequest
  readonly route: Route
  /** The models that may answer it (a fallback list has several), the first one first. */
  readonly models: readonly string[]
  /** Provider slug, where it is known before the reply. */
  readonly provider?: string
  /** Counts against OpenRouter's free-model limits: `:free` and `openrouter/free`, unless by BYOK. */
  readonly free: boolean
  /** What it will probably cost; absent without a price. */
  readonly estimate?: Usd
  /** When the reservation may be given up, should orx die before it settles. */
  readonly expires: Date
}

export type Reservation =
  | {
      readonly kind: 'held'
      /** Number of the prompt: `orx receipt <request>`. */
      readonly request: number
      readonly attempt: number
      readonly maxTokens: number
      readonly worst: Usd | undefined
    }
  /** No request was recorded: the budget has too little left, or nothing shows that it would be kept (`unpriced`). */
  | {
      readonly kind: 'over-budget'
      readonly why: 'short' | 'unpriced'
      readonly state: LimitState
      /** The least this request may need. */
      readonly needed: Usd | undefined
      /** When the limit starts over; absent for a total. */
      readonly resets: Date | undefined
    }
  | {
      readonly kind: 'free-limit'
      readonly per: 'minute' | 'day'
      readonly limit: number
      /** Whether OpenRouter said so; else the least limit a day is assumed. */
      readonly reported: boolean
      readonly resets: Date
    }

export type Tokens = {
  readonly prompt: number
  readonly completion: number
  readonly cached: number
  readonly reasoning: number
}

export type Status = 'ok' | 'cut' | 'failed' | 'interrupted'

/** How an attempt ended. What is absent is unknown. */
export type Outcome = {
  readonly status: Status
  /** Of the HTTP response. */
  readonly httpStatus?: number
  /** One line: "429, retry in 2 s". */
  readonly reason?: string
  /** The model and provider that answered. */
  readonly model?: string
  readonly provider?: string
  /** OpenRouter's generation id. */
  readonly generation?: string
  readonly finishReason?: string
  readonly tokens?: Tokens
  /** As reported. */
  readonly bill?: Bill
  /** Priced from the tokens where nothing is reported (direct providers). */
  readonly estimate?: Usd
  readonly ttftMs?: number
  readonly durationMs?: number
}

/**
 * What the spending of an attempt rests on: the reported bill; an estimate from its tokens; its worst case, because it may
 * have been charged and nobody says how much; nothing, because it failed before any text; unknown, because it had no price.
 */
export type SettledBy = 'reported' | 'estimate' | 'worst-case' | 'nothing' | 'unknown'

export type Settled = { readonly spend: Usd | undefined; readonly by: SettledBy }

/** An attempt as the ledger has it. Null: not (yet) known. */
export type AttemptRecord = {
  readonly id: number
  readonly started: Date
  readonly route: Route
  readonly models: readonly string[]
  readonly free: boolean
  readonly maxTokens: number
  readonly worst: Usd | null
  /** What it was expected to cost. */
  readonly expected: Usd | null
  /** open: on its way; lost: its process died before it was settled. */
  readonly status: Status | 'open' | 'lost'
  readonly settledBy: SettledBy | null
  readonly spend: Usd | null
  readonly bill: Bill | null
  readonly model: string | null
  readonly provider: string | null
  readonly generation: string | null
  readonly httpStatus: number | null
  readonly reason: string | null
  readonly finishReason: string | null
  readonly tokens: Tokens | null
  readonly ttftMs: number | null
  readonly durationMs: number | null
}

/** One prompt with all its attempts, the first one first. */
export type Receipt = {
  readonly id: number
  readonly started: Date
  readonly session: string | null
  readonly lane: string | null
  readonly asked: string
  readonly why: string | null
  readonly prompt: string | null
  readonly candidates: readonly Candidate[]
  readonly attempts: readonly AttemptRecord[]
}

export const GROUPS = ['day', 'model', 'provider', 'route', 'session'] as const
export type GroupBy = (typeof GROUPS)[number]

/** What a part of the ledger sums up to. */
export type Spending = {
  /** The day, model, provider, route or session; null for attempts that have none. */
  readonly key: string | null
  readonly prompts: number
  readonly attempts: number
  /** Attempts that brought no text. */
  readonly failed: number
  readonly tokens: Tokens
  /** All that is known to be spent, `estimated` included. */
  readonly spend: Usd
  /** The part that nobody reported: estimates, and worst cases of cut replies. */
  readonly estimated: Usd
  /** Attempts whose cost is unknown; they are in no sum. */
  readonly unknown: number
}
