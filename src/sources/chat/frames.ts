import { StringDecoder } from 'node:string_decoder'
import { createParser } from 'eventsource-parser'
import { OrxError } from '../../core/errors.ts'

/** Longest event in characters. The longest honest ones are images as data URLs, of a few MB. */
const LONGEST = 32 * 1024 * 1024

export type FrameListener = {
  /** The data of one server-sent event. */
  readonly onData: (data: string) => void
  /** OpenRouter sends comments to keep the connection open. */
  readonly onComment: () => void
}

export type FrameReader = {
  readonly feed: (piece: Uint8Array) => void
  /** The body has ended. */
  readonly end: () => void
}

/**
 * Reads the server-sent events of a body as its pieces come. Memory is bounded by one piece and one event. A last event
 * without its blank line counts. What the listener throws is thrown on.
 * @throws OrxError UPSTREAM_INVALID on an event beyond 32 Mi characters.
 */
export function frameReader({ onData, onComment }: FrameListener, longest = LONGEST): FrameReader {
  let tooLong = false
  let begun = false
  const parser = createParser({
    maxBufferSize: longest,
    onEvent: ({ data }) => onData(data),
    onComment,
    onError: ({ type }) => {
      if (type === 'max-buffer-size-exceeded') tooLong = true
    },
  })
  // Holds back the bytes of a character that is not complete yet.
  // Ten times as fast on plain English as TextDecoder, which takes ICU's way for a stream.
  const decoder = new StringDecoder('utf8')
  const feed = (text: string) => {
    if (text === '') return
    parser.feed(begun ? text : text.replace(/^\ufeff/, ''))
    begun = true
    if (!tooLong) return
    throw new OrxError(
      'UPSTREAM_INVALID',
      `the reply has an event of more than ${longest} characters`,
      'Try another model or provider.',
    )
  }
  return {
    feed: (piece) => feed(decoder.write(piece)),
    end: () => feed(`${decoder.end()}\n\n`),
  }
}
