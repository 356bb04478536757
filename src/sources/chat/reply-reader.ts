import { plainer } from '../../core/plain.ts'
import type { Fault } from '../../core/send/fault.ts'
import type { Target } from '../../core/send/prompt.ts'
import type { ReplyEvent } from '../../core/send/reply.ts'
import { anthropicReader, anthropicWhole } from './anthropic.ts'
import { frameReader } from './frames.ts'
import { openAiReader, openAiWhole } from './openai.ts'

/** Turns the body of one reply into events, without control sequences. Nothing is told after a fault. */
export type ReplyReader = {
  /** A piece of a stream. False: nothing more is wanted. Throws a SyntaxError where it is not JSON. */
  readonly piece: (bytes: Uint8Array) => boolean
  /** The stream has ended. */
  readonly end: () => void
  /** A reply that came in one piece, parsed. */
  readonly whole: (body: unknown) => void
  readonly fail: (fault: Fault) => void
  /** A finish reason has come, or the sender said that this was all; or it has failed. */
  readonly complete: () => boolean
}

export function replyReader(target: Target, tell: (event: ReplyEvent) => void): ReplyReader {
  const anthropic = target.route === 'direct' && target.shape === 'anthropic'
  const read = anthropic ? anthropicReader() : openAiReader()
  const clean = cleaner()
  let complete = false
  let failed = false
  const told = (event: ReplyEvent) => {
    if (failed) return
    failed = event.kind === 'fault'
    complete ||= failed || event.kind === 'finish' || event.kind === 'done'
    tell(clean(event))
  }
  const frames = frameReader({
    onData: (data) => {
      for (const event of read(data)) told(event)
    },
    onComment: () => told(ALIVE),
  })
  return {
    piece: (bytes) => {
      frames.feed(bytes)
      return !failed
    },
    end: () => {
      if (!failed) frames.end()
    },
    whole: (body) => {
      for (const event of anthropic ? anthropicWhole(body) : openAiWhole(body)) told(event)
    },
    fail: (fault) => told({ kind: 'fault', fault }),
    complete: () => complete,
  }
}

const ALIVE: ReplyEvent = { kind: 'alive' }

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
