/** Why an attempt failed, in the words on which the policy decides. */
export type FaultKind =
  /** 400, 413, 422: the request itself is wrong; nobody else need be asked the same. */
  | 'malformed'
  /** 401: the key is refused. */
  | 'key'
  /** 402: the account or the key cannot pay. */
  | 'payment'
  /** 403: moderation, guardrail, region. */
  | 'forbidden'
  /** 404: no endpoint is left, or no such model. */
  | 'missing'
  /** 429. */
  | 'limited'
  /** 408, 504, 524, or our own patience. */
  | 'timeout'
  /** 5xx, 529. */
  | 'overloaded'
  /** No connection at all: refused, unknown host, TLS. */
  | 'unreachable'
  /** The connection broke, or the reply ended, before it was complete. */
  | 'broken'
  /** The reply makes no sense. */
  | 'garbled'

export type Fault = {
  readonly kind: FaultKind
  /** HTTP status, or the code in the body where the status was 200. */
  readonly status?: number
  /** For people; free of control sequences, keys and prompts. */
  readonly message: string
  readonly provider?: string
  /** The sender's own wish: Retry-After, or `availability.retry_after`. */
  readonly retryAfterMs?: number
  /** `availability.retryable`, where the sender says so. */
  readonly retryable?: boolean
  /** From a 402: the largest `max_tokens` that the balance covers. */
  readonly affordableTokens?: number
}

const BY_STATUS: Readonly<Record<number, FaultKind>> = {
  401: 'key',
  402: 'payment',
  403: 'forbidden',
  404: 'missing',
  408: 'timeout',
  429: 'limited',
  504: 'timeout',
  524: 'timeout',
}

/** The kind of an HTTP status (or of OpenRouter's `error.code`, which follows HTTP). */
export const kindOf = (status: number): FaultKind =>
  BY_STATUS[status] ?? (status >= 500 ? 'overloaded' : 'malformed')

const TRANSIENT: ReadonlySet<FaultKind> = new Set([
  'limited',
  'timeout',
  'overloaded',
  'unreachable',
  'broken',
  'garbled',
])

/** Whether the same request may succeed in a moment. What the sender says of it wins. */
export const isTransient = ({ kind, retryable }: Fault): boolean => retryable ?? TRANSIENT.has(kind)

/** "affordable" in OpenRouter's 402: "… can only afford 1200." (seen live, github.com/can1357/oh-my-pi#9569, 2026-08-24). */
export function affordableIn(message: string): number | undefined {
  const [, tokens] = /can only afford (\d{1,9})/.exec(message) ?? []
  return tokens === undefined ? undefined : Number(tokens)
}
