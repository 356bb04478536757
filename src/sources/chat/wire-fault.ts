import { plainLine } from '../../core/plain.ts'
import { affordableIn, type Fault, kindOf } from '../../core/send/fault.ts'
import { list, object, string, type Wire } from './wire.ts'

/** Longest message shown; upstream errors sometimes carry whole pages. */
const LONGEST = 300

/**
 * Reads an error object of OpenRouter, OpenAI, Anthropic or Mistral.
 * @param status of HTTP; undefined where it was 200, so that the body's own code counts
 */
export function faultIn(error: unknown, status: number | undefined, provider?: string): Fault {
  const fields = object(error)
  const metadata = object(fields['metadata'])
  const availability = object(fields['availability'])
  const code = status ?? codeOf(fields)
  const by = string(metadata['provider_name']) ?? provider
  const message = shortened(messageOf(error, fields, metadata))
  const retryable = availability['retryable']
  const after = availability['retry_after']
  const affordable = affordableIn(message)
  return {
    kind: code === undefined ? 'overloaded' : kindOf(code),
    ...(code !== undefined && { status: code }),
    message,
    ...(by && { provider: plainLine(by) }),
    ...(typeof retryable === 'boolean' && { retryable }),
    ...(typeof after === 'number' && after >= 0 && { retryAfterMs: after * 1000 }),
    ...(affordable !== undefined && { affordableTokens: affordable }),
  }
}

/** The body of a failed request, JSON or not, with the status and headers it came under. */
export function faultOf(
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string,
  now: Date,
): Fault {
  const parsed = object(jsonOrNothing(body))
  const inner = parsed['error'] ?? (Object.keys(parsed).length > 0 ? parsed : undefined)
  const fault = inner ? faultIn(inner, status) : { kind: kindOf(status), status, message: '' }
  const wait = retryAfter(headers, now)
  return {
    ...fault,
    message: fault.message || `HTTP ${status}`,
    ...(wait !== undefined && { retryAfterMs: wait }),
  }
}

function jsonOrNothing(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Anthropic names its errors; the rest number them, some as text (docs.anthropic.com/en/api/errors, 2026-11). */
const ANTHROPIC: Readonly<Record<string, number>> = {
  authentication_error: 401,
  billing_error: 402,
  permission_error: 403,
  not_found_error: 404,
  request_too_large: 413,
  rate_limit_error: 429,
  timeout_error: 504,
  overloaded_error: 529,
}

function codeOf(fields: Wire): number | undefined {
  const code = fields['code']
  const numeric = typeof code === 'string' && /^\d{3}$/.test(code) ? Number(code) : code
  if (typeof numeric === 'number' && numeric >= 400 && numeric <= 599) return numeric
  return ANTHROPIC[String(fields['type'])]
}

function messageOf(error: unknown, fields: Wire, metadata: Wire): string {
  const own = string(error) ?? string(fields['message']) ?? detailOf(fields['detail']) ?? ''
  const raw = string(metadata['raw'])
  const inner = raw === undefined ? undefined : innerMessage(raw)
  // OpenRouter's own words for a provider's error are empty ("Provider returned error"); the provider's say more.
  return inner && /provider returned error/i.test(own) ? `${own}: ${inner}` : own
}

/** Mistral (FastAPI): `detail: [{loc, msg}]` or a text. */
function detailOf(detail: unknown): string | undefined {
  const first = object(list(detail)[0])
  const where = list(first['loc']).join('.')
  return string(detail) ?? (string(first['msg']) && `${where}: ${string(first['msg'])}`)
}

function innerMessage(raw: string): string {
  const parsed = object(jsonOrNothing(raw))
  return string(parsed['message']) ?? string(object(parsed['error'])['message']) ?? raw
}

function shortened(text: string): string {
  const line = plainLine(text)
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line
}

/** Retry-After: seconds, or an HTTP date. */
function retryAfter(headers: Readonly<Record<string, string>>, now: Date): number | undefined {
  const text = headers['retry-after']
  if (text === undefined) return undefined
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000
  const date = Date.parse(text)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now.getTime())
}
