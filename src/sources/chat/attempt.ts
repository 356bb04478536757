import { OrxError } from '../../core/errors.ts'
import type { Fault } from '../../core/send/fault.ts'
import type { Prompt, Target } from '../../core/send/prompt.ts'
import type { ReplyEvent } from '../../core/send/reply.ts'
import { type HttpRequest, type HttpResponse, type Network, send } from '../http.ts'
import { anthropicBody } from './anthropic.ts'
import { openAiBody } from './openai.ts'
import { type ReplyReader, replyReader } from './reply-reader.ts'
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
 * Sends a prompt once and tells what comes back, without control sequences, as it comes. Every failure is an event of kind
 * `fault`, the last one; only Ctrl-C and --offline throw.
 */
export async function attempt(
  { network, now }: AttemptWorld,
  target: Target,
  prompt: Prompt,
  key: string | undefined,
  { timeoutMs, signal }: AttemptLimits,
  tell: (event: ReplyEvent) => void,
): Promise<void> {
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
  const sent = send(network, request)
  // Made while the request is on its way, when nobody waits for it.
  const reading = replyReader(target, tell)
  try {
    const response = await sent
    if (response.status === 200) return await readReply(response, reading)
    const text = await bounded(response)
    reading.fail(faultOf(response.status, response.headers, text, now()))
  } catch (error) {
    const fault = faultFrom(error)
    if (!fault) throw error
    // A connection that breaks behind the finish reason has lost nothing but the bill.
    if (!reading.complete()) reading.fail(fault)
  }
}

async function readReply(response: HttpResponse, reading: ReplyReader): Promise<void> {
  if (response.headers['content-type']?.includes('event-stream')) {
    await response.read(reading.piece)
    reading.end()
  } else {
    // Asked for or not: some servers answer whole, and OpenRouter reports early errors so.
    reading.whole(await response.json())
  }
  if (!reading.complete()) reading.fail(UNFINISHED)
}

const UNFINISHED: Fault = { kind: 'broken', message: 'the reply ended before it was finished' }

/** Enough of an error page to find its message. */
const ERROR_BYTES = 64 * 1024

async function bounded(response: HttpResponse): Promise<string> {
  const pieces: Uint8Array[] = []
  let bytes = 0
  await response.read((piece) => {
    pieces.push(piece)
    bytes += piece.length
    return bytes <= ERROR_BYTES
  })
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
