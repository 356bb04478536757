import type { Endpoint } from '../catalog/endpoint.ts'
import type { Usd } from '../money.ts'
import type { Quantities, TimeOfWeek } from '../price.ts'

/**
 * How OpenRouter picks among endpoints. `classic`: weights of the inverse square of the price, as documented through
 * 2026-08 (openrouter.ai/docs, provider routing). `adjusted`: our approximation of the newer default, whose formula is
 * not published. The rest are strict orders.
 */
export const POLICIES = ['classic', 'nitro', 'floor', 'latency', 'order', 'adjusted'] as const
export type PolicyName = (typeof POLICIES)[number]

/** The request to be routed: what it weighs and what it asks for. */
export type RouteRequest = {
  /** Of one request. */
  readonly quantities: Quantities
  /** When it is sent, for prices with hours; 'average' over the week. */
  readonly time: TimeOfWeek | 'average'
  /** OpenRouter's names of the parameters it sends: "tools", "response_format" … */
  readonly parameters: readonly string[]
  /** Its `max_tokens`; without it the expected output counts. */
  readonly maxTokens?: number
}

/** Cut-offs by percentile; all that are given must hold. */
export type Cutoffs = Partial<Record<'p50' | 'p75' | 'p90' | 'p99', number>>

/** OpenRouter's `provider` object (openrouter.ai/docs/openapi, 2026-08-22). Lists hold slugs or display names. */
export type Preferences = {
  readonly order?: readonly string[]
  readonly only?: readonly string[]
  readonly ignore?: readonly string[]
  /** Default true. False: one try, or only the ordered endpoints. */
  readonly allowFallbacks?: boolean
  readonly requireParameters?: boolean
  readonly dataCollection?: 'allow' | 'deny'
  readonly zdr?: boolean
  /** "fp8" covers mxfp8; "fp4" covers mxfp4 and nvfp4. */
  readonly quantizations?: readonly string[]
  /** US$ per 1M tokens for prompt and completion, per piece for the rest. */
  readonly maxPrice?: Partial<Record<'prompt' | 'completion' | 'request' | 'image' | 'audio', Usd>>
  /** Tokens a second; endpoints that fail it go last. */
  readonly minThroughput?: Cutoffs
  /** Seconds to the first token; endpoints that fail it go last. */
  readonly maxLatency?: Cutoffs
}

export type Routing = {
  readonly policy: PolicyName
  readonly preferences: Preferences
  /** k in 1/priceᵏ. OpenRouter documents 2. */
  readonly exponent: number
  /** How the fallbacks behind the first draw are ordered; OpenRouter does not say. */
  readonly fallback: 'draw' | 'price'
  /** Model ids in order of preference. */
  readonly models: readonly string[]
  /** Endpoints of all models in one pool, by price and load, instead of model after model. */
  readonly pooled: boolean
  /** Most endpoints one request is tried on. */
  readonly tries: number
}

export const CLASSIC: Routing = {
  policy: 'classic',
  preferences: {},
  exponent: 2,
  fallback: 'draw',
  models: [],
  pooled: false,
  tries: 3,
}

/** An endpoint that may serve the request. Lower keys go first: block, then health, then `last`, then rank. */
export type Candidate = {
  readonly endpoint: Endpoint
  /** Of this very request, exact. */
  readonly price: Usd
  /** Position of its model among the models asked for; 0 where pooled. */
  readonly block: number
  /** Fails a preferred throughput or latency. */
  readonly last: boolean
  readonly rank: number
  /** Chance against others of the same rank, when drawn. */
  readonly weight: number
}

export const DROP_REASONS = {
  only: 'not in the allow-list',
  ignore: 'in the deny-list',
  order: 'not in the order, and fallbacks are off',
  quantization: 'other quantization',
  data: 'stores or trains on prompts, or does not say',
  zdr: 'no zero data retention',
  price: 'over the price limit',
  parameters: 'lacks a parameter',
  tools: 'lacks a capability that others have',
  context: 'context too small',
  output: 'output cap too small',
  tier: 'another service tier',
  byok: 'only with your own key',
  unpriced: 'price unknown',
} as const
export type DropReason = keyof typeof DROP_REASONS

export type Dropped = {
  readonly endpoint: Endpoint
  readonly reason: DropReason
  /** The figures behind the reason. */
  readonly detail: string
}

/** Who may serve a request, how they compare, and who was left out and why. */
export type Plan = {
  readonly routing: Routing
  readonly candidates: readonly Candidate[]
  readonly dropped: readonly Dropped[]
  readonly tries: number
}
