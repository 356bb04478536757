import { createParser } from 'eventsource-parser'
import { OrxError } from '../../core/errors.ts'

/** One server-sent event, or a comment, which OpenRouter sends to keep the connection open. */
export type Frame =
  | { readonly kind: 'data'; readonly event: string | undefined; readonly data: string }
  | { readonly kind: 'comment' }

/** Longest event in characters. The longest honest ones are images as data URLs, of a few MB. */
const LONGEST = 32 * 1024 * 1024

/**
 * The server-sent events of a body, those of one piece together. Memory is bounded by one piece and one event.
 * A last event without its blank line counts.
 * @throws OrxError UPSTREAM_INVALID on an event beyond 32 Mi characters.
 */
export async function* frames(
  body: AsyncIterable<Uint8Array>,
  longest = LONGEST,
): AsyncGenerator<readonly Frame[]> {
  let batch: Frame[] = []
  let tooLong = false
  const parser = createParser({
    maxBufferSize: longest,
    onEvent: ({ event, data }) => {
      batch.push({ kind: 'data', event, data })
    },
    onComment: () => {
      batch.push(COMMENT)
    },
    onError: ({ type }) => {
      if (type === 'max-buffer-size-exceeded') tooLong = true
    },
  })
  // Holds back the bytes of a character that is not complete yet.
  const decoder = new TextDecoder()
  const feed = (text: string): readonly Frame[] => {
    if (text !== '') parser.feed(text)
    const fed = batch
    batch = []
    if (tooLong) {
      throw new OrxError(
        'UPSTREAM_INVALID',
        `the reply has an event of more than ${longest} characters`,
        'Try another model or provider.',
      )
    }
    return fed
  }
  for await (const piece of body) {
    const fed = feed(decoder.decode(piece, { stream: true }))
    if (fed.length > 0) yield fed
  }
  const last = feed(`${decoder.decode()}\n\n`)
  if (last.length > 0) yield last
}

const COMMENT: Frame = { kind: 'comment' }
