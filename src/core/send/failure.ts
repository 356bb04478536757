import { type ErrorCode, OrxError } from '../errors.ts'
import type { Fault, FaultKind } from './fault.ts'

const CODES = {
  malformed: 'REQUEST_REFUSED',
  key: 'KEY_REFUSED',
  payment: 'CANNOT_PAY',
  forbidden: 'UPSTREAM_FAILED',
  missing: 'NOTHING_LEFT',
  limited: 'RATE_LIMITED',
  timeout: 'UPSTREAM_FAILED',
  overloaded: 'UPSTREAM_FAILED',
  unreachable: 'UPSTREAM_UNREACHABLE',
  broken: 'UPSTREAM_FAILED',
  garbled: 'UPSTREAM_INVALID',
} as const satisfies Record<FaultKind, ErrorCode>

/** The error to end with when nothing more can be tried. */
export function failureOf(fault: Fault, at: FailurePlace): OrxError {
  const { status, message, provider } = fault
  const who = provider ? `${at.name} (${provider})` : at.name
  const number = status === undefined ? '' : ` ${status}`
  return new OrxError(CODES[fault.kind], `${who}${number}: ${message}`, remedy(fault, at))
}

export type FailurePlace = {
  /** Of the account: "OpenRouter", "Mistral". */
  readonly name: string
  /** Slug for `orx keys`. */
  readonly account: string
  readonly now: Date
}

function remedy(fault: Fault, { account, now }: FailurePlace): string {
  switch (fault.kind) {
    case 'key':
      return `Check the key: orx keys test ${account}`
    case 'payment':
      return fault.affordableTokens === undefined
        ? 'Add credits, or try a free model or another route: orx chat --route direct'
        : `Add credits, or ask for less: --max-tokens ${fault.affordableTokens}`
    case 'malformed':
      return 'See what is sent with --dry-run.'
    case 'missing':
      return 'Loosen --only, --max-price, --zdr or --quantization, or name a fallback with a second -m.'
    case 'forbidden':
      return 'Change the prompt, or name another model with -m.'
    case 'limited':
      return `Come back ${whenText(fault.retryAfterMs, now)}, or name a fallback with a second -m.`
    case 'unreachable':
      return 'Check the connection, OPENROUTER_BASE_URL and --proxy.'
    default:
      return 'Try again in a moment, or name a fallback with a second -m.'
  }
}

/** "in 40 s", "at 23:06 UTC". */
function whenText(waitMs: number | undefined, now: Date): string {
  if (waitMs === undefined) return 'in a minute'
  if (waitMs < 120_000) return `in ${Math.ceil(waitMs / 1000)} s`
  const then = new Date(now.getTime() + waitMs).toISOString()
  const day = then.slice(0, 10) === now.toISOString().slice(0, 10) ? '' : `${then.slice(0, 10)} `
  return `at ${day}${then.slice(11, 16)} UTC`
}
