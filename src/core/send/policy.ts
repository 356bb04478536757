import { type Fault, isTransient } from './fault.ts'

/** What the policy must know of a stop: one request to one place. */
export type StopFacts = {
  /** Who charges: "openrouter" or a provider's slug. */
  readonly account: string
  readonly free: boolean
}

export type Rules = {
  /** Further tries at one stop. */
  readonly retries: number
  /** For everything together, waits included. */
  readonly deadlineMs: number
  /** A stop that wants a longer wait than this is left instead. */
  readonly longestWaitMs: number
  /** Whether a reply may be asked for again though some of it came (`--retry-mid-stream`). */
  readonly midStream: boolean
}

export const RULES: Rules = {
  retries: 2,
  deadlineMs: 300_000,
  longestWaitMs: 20_000,
  midStream: false,
}

export type Progress = {
  readonly stop: number
  /** Requests made at this stop so far, the failed one included. */
  readonly tries: number
  readonly elapsedMs: number
  /** Text, reasoning or a tool call has come. */
  readonly started: boolean
  /** The `max_tokens` sent. */
  readonly maxTokens: number
}

export type Decision =
  /** The same request again, perhaps for fewer tokens. */
  | { readonly kind: 'retry'; readonly waitMs: number; readonly maxTokens?: number }
  | { readonly kind: 'next'; readonly stop: number }
  | { readonly kind: 'fail' }

const FAIL: Decision = { kind: 'fail' }

/** Replies shorter than this are not worth asking for. */
const LEAST_TOKENS = 256

/**
 * What to do about a failed attempt. Only what can succeed is retried; then comes the next stop (models of one route first,
 * then the next route). A refused key and a malformed request end it: nobody else would do better, and the user must know.
 * @param random uniform in [0, 1), for the jitter
 */
export function decide(
  fault: Fault,
  progress: Progress,
  stops: readonly StopFacts[],
  rules: Rules,
  random: () => number,
): Decision {
  if (progress.started && !rules.midStream) return FAIL
  if (fault.kind === 'key' || (fault.kind === 'malformed' && !fault.retryable)) return FAIL
  if (progress.elapsedMs >= rules.deadlineMs) return FAIL
  const smaller = fewerTokens(fault, progress)
  if (smaller !== undefined) return { kind: 'retry', waitMs: 0, maxTokens: smaller }
  if (isTransient(fault) && progress.tries <= rules.retries) {
    const waitMs = waitBefore(fault, progress.tries, random)
    const inTime = progress.elapsedMs + waitMs < rules.deadlineMs
    if (inTime && waitMs <= rules.longestWaitMs) return { kind: 'retry', waitMs }
  }
  return nextStop(fault, progress.stop, stops)
}

/** A balance that pays for a shorter reply: ask for that one, once. */
function fewerTokens(fault: Fault, { tries, maxTokens }: Progress): number | undefined {
  const { kind, affordableTokens = 0 } = fault
  const worth = kind === 'payment' && tries === 1
  return worth && affordableTokens >= LEAST_TOKENS && affordableTokens < maxTokens
    ? affordableTokens
    : undefined
}

const FIRST_WAIT_MS = 500
const LONGEST_BACKOFF_MS = 8_000

/** The sender's wish exactly; otherwise backoff with full jitter, so that many clients do not come back at once. */
function waitBefore({ retryAfterMs }: Fault, tries: number, random: () => number): number {
  if (retryAfterMs !== undefined) return retryAfterMs
  return Math.round(random() * Math.min(LONGEST_BACKOFF_MS, FIRST_WAIT_MS * 2 ** tries))
}

function nextStop(fault: Fault, from: number, stops: readonly StopFacts[]): Decision {
  const here = stops[from]
  const stop = stops.findIndex(
    (each, at) =>
      at > from && (fault.kind !== 'payment' || each.free || each.account !== here?.account),
  )
  return stop < 0 ? FAIL : { kind: 'next', stop }
}
