import { OrxError } from '../../core/errors.ts'
import { plainer } from '../../core/plain.ts'
import type { Fault } from '../../core/send/fault.ts'
import type { Prompt, Target } from '../../core/send/prompt.ts'
import type { ReplyEvent } from '../../core/send/reply.ts'
import { type HttpRequest, type HttpResponse, type Network, send } from '../http.ts'
import { anthropicBody, anthropicReader, anthropicWhole } from './anthropic.ts'
import { frames } from './frames.ts'
import { openAiBody, openAiReader, openAiWhole } from './openai.ts'
import { faultOf } from './wire-fault.ts'

export type AttemptWorld = {
  readonly network: Network
  readonly now: () => Date
}

export type AttemptLimits = {
  /** Until the headers are there. */
  readonly timeoutMs: number
  /** Gives up this attempt alone: the deadline, or Ctrl-C in a conversation. */
  readonly signal: AbortSignal
}

/** The one HTTP request of an attempt. The key is nowhere but in its headers. */
export function wireRequest(
  target: Target,
  prompt: Prompt,
  key: string | undefined,
): {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: object
} {
  const json = { 'content-type': 'application/json', 'user-agent': 'orx' }
  const base = target.baseUrl.replace(/\/+$/, '')
  if (target.route === 'direct' && target.shape === 'anthropic') {
    return {
      url: `${base}/messages`,
      headers: { ...json, 'anthropic-version': '2023-06-01', ...(key && { 'x-api-key': key }) },
      body: anthropicBody(prompt, target),
    }
  }
  const title = target.route === 'direct' ? {} : { 'x-openrouter-title': 'orx' }
  return {
    url: `${base}/chat/completions`,
    headers: { ...json, ...title, ...(key && { authorization: `Bearer ${key}` }) },
    body: openAiBody(prompt, target),
  }
}

/**
 * Sends a prompt once and tells what comes back, without control sequences. Every failure is an event of kind `fault`, the
 * last one; only Ctrl-C and --offline throw.
 */
export async function* attempt(
  { network, now }: AttemptWorld,
  target: Target,
  prompt: Prompt,
  key: string | undefined,
  { timeoutMs, signal }: AttemptLimits,
): AsyncGenerator<readonly ReplyEvent[]> {
  const { url, headers, body } = wireRequest(target, prompt, key)
  const request: HttpRequest = {
    url,
    headers,
    body: JSON.stringify(body),
    signal,
    timeoutMs,
    idleMs: timeoutMs,
    maxBytes: Number.POSITIVE_INFINITY,
    cold: true,
  }
  let complete = false
  const clean = cleaner()
  try {
    const response = await send(network, request)
    if (response.status !== 200) {
      const text = await bounded(response)
      yield [{ kind: 'fault', fault: faultOf(response.status, response.headers, text, now()) }]
      return
    }
    for await (const events of eventsOf(response, target)) {
      for (const each of events) complete ||= each.kind === 'finish' || each.kind === 'done'
      yield events.map(clean)
      if (events.some(({ kind }) => kind === 'fault')) return
    }
  } catch (error) {
    const fault = faultFrom(error)
    if (!fault) throw error
    // A connection that breaks behind the finish reason has lost nothing but the bill.
    if (!complete) yield [{ kind: 'fault', fault }]
    return
  }
  if (!complete) yield [{ kind: 'fault', fault: UNFINISHED }]
}

const UNFINISHED: Fault = { kind: 'broken', message: 'the reply ended before it was finished' }

async function* eventsOf(
  response: HttpResponse,
  target: Target,
): AsyncGenerator<readonly ReplyEvent[]> {
  const anthropic = target.route === 'direct' && target.shape === 'anthropic'
  if (!response.headers['content-type']?.includes('event-stream')) {
    // Asked for or not: some servers answer whole, and OpenRouter reports early errors so.
    const body: unknown = await response.json()
    yield anthropic ? anthropicWhole(body) : openAiWhole(body)
    return
  }
  const read = anthropic ? anthropicReader() : openAiReader()
  for await (const batch of frames(response.body)) {
    const events: ReplyEvent[] = []
    for (const frame of batch) {
      if (frame.kind === 'comment') events.push({ kind: 'alive' })
      else for (const event of read(frame.data)) events.push(event)
    }
    yield events
  }
}

/** Takes control sequences out of text and reasoning, each a stream of its own, and out of names. */
function cleaner(): (event: ReplyEvent) => ReplyEvent {
  const text = plainer()
  const reasoning = plainer()
  return (event) => {
    switch (event.kind) {
      case 'text':
        return { kind: 'text', text: text(event.text) }
      case 'reasoning':
        return { kind: 'reasoning', text: reasoning(event.text) }
      default:
        return event
    }
  }
}

/** Enough of an error page to find its message. */
const ERROR_BYTES = 64 * 1024

async function bounded(response: HttpResponse): Promise<string> {
  const pieces: Uint8Array[] = []
  let bytes = 0
  for await (const piece of response.body) {
    pieces.push(piece)
    bytes += piece.length
    if (bytes > ERROR_BYTES) break
  }
  return Buffer.concat(pieces).toString()
}

function faultFrom(error: unknown): Fault | undefined {
  if (error instanceof SyntaxError) {
    return { kind: 'garbled', message: 'the reply has an event that is not JSON' }
  }
  if (!(error instanceof OrxError)) return undefined
  const { message } = error
  switch (error.code) {
    case 'UPSTREAM_UNREACHABLE':
      return { kind: / in time$/.test(message) ? 'timeout' : 'unreachable', message }
    case 'UPSTREAM_FAILED':
      return { kind: 'broken', message }
    case 'UPSTREAM_INVALID':
      return { kind: 'garbled', message }
    default:
      return undefined
  }
}
