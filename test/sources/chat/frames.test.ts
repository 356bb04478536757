import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { OrxError } from '../../../src/core/errors.ts'
import { frameReader } from '../../../src/sources/chat/frames.ts'
import { openAiReader } from '../../../src/sources/chat/openai.ts'

const COMMENT = { comment: true } as const
type Frame = { readonly data: string } | typeof COMMENT

function read(parts: readonly (string | Uint8Array)[], longest?: number): readonly Frame[] {
  const all: Frame[] = []
  const reader = frameReader(
    { onData: (data) => all.push({ data }), onComment: () => all.push(COMMENT) },
    longest,
  )
  for (const part of parts) reader.feed(typeof part === 'string' ? Buffer.from(part) : part)
  reader.end()
  return all
}

const data = (text: string): Frame => ({ data: text })

function codeOf(work: () => unknown): unknown {
  let code: unknown
  try {
    work()
  } catch (error) {
    code = error instanceof OrxError ? error.code : error
  }
  return code
}

/** A valid stream: events of several lines, comments, named events, LF, CR or CRLF, and text of every script. */
const eol = fc.constantFrom('\n', '\r\n', '\r')
const line = fc
  .string({ unit: 'binary', maxLength: 12 })
  .map((text) => text.replaceAll(/[\r\n]/g, ''))
const block = fc.oneof(
  line.map((text) => [`:${text}`]),
  fc.array(line, { minLength: 1, maxLength: 3 }).map((all) => all.map((text) => `data: ${text}`)),
  line.map((text) => ['event: ping', `data:${text}`]),
  fc.constant(['id: 7', 'retry: 10', 'unknown: x']),
)
const streams = fc
  .tuple(fc.array(block, { maxLength: 8 }), eol)
  .map(([blocks, end]) => blocks.map((each) => `${each.join(end)}${end}${end}`).join(''))

const cuts = fc.array(fc.nat(), { maxLength: 12 })

function split(bytes: Uint8Array, at: readonly number[]): Uint8Array[] {
  const places = [...new Set(at.map((each) => each % (bytes.length + 1)))].sort((a, b) => a - b)
  return [0, ...places].map((from, index) => bytes.subarray(from, places[index] ?? bytes.length))
}

describe('laws', () => {
  test('any split of a valid stream gives the same events', () =>
    fc.assert(
      fc.property(streams, cuts, (text, at) => {
        const bytes = Buffer.from(text)
        expect(read(split(bytes, at))).toEqual(read([bytes]))
      }),
      { numRuns: 400 },
    ))
  test('byte by byte gives the same events', () =>
    fc.assert(
      fc.property(streams, (text) => {
        const bytes = Buffer.from(text)
        const single = [...bytes].map((byte) => Uint8Array.of(byte))
        expect(read(single)).toEqual(read([bytes]))
      }),
    ))
  test('any bytes whatever end, in events or in a refusal', () =>
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 6 }), (all) => {
        expect(() => read(all, 1_000)).not.toThrow()
        expect(codeOf(() => read(all, 100))).toBeOneOf([undefined, 'UPSTREAM_INVALID'])
      }),
      { numRuns: 400 },
    ))
  test('any JSON whatever reads as some events', () =>
    fc.assert(
      fc.property(fc.json(), (json) => {
        expect(Array.isArray(openAiReader()(json))).toBe(true)
      }),
    ))
})

describe('cases', () => {
  test.each<[string, readonly (string | Uint8Array)[], readonly Frame[]]>([
    [
      'a character split in the middle',
      [Buffer.from('data: ส').subarray(0, 7), Buffer.from('data: ส\n\n').subarray(7)],
      [data('ส')],
    ],
    ['several data lines', ['data: {\ndata: }\n\n'], [data('{\n}')]],
    ['CRLF between pieces', ['data: a\r', '\n\r', '\ndata: b\r\n\r\n'], [data('a'), data('b')]],
    ['comments', [': OPENROUTER PROCESSING\n\ndata: a\n\n'], [COMMENT, data('a')]],
    ['a named event', ['event: ping\ndata: {}\n\n'], [data('{}')]],
    ['a last event without its blank line', ['data: [DONE]'], [data('[DONE]')]],
    ['a byte order mark', ['\ufeffdata: a\n\n'], [data('a')]],
    ['no space after the colon', ['data:a\n\n'], [data('a')]],
    ['nothing', [], []],
  ])('%s', (_, parts, expected) => expect(read(parts)).toEqual(expected))

  test('an event beyond the limit is refused, in one piece or in many', () => {
    const long = `data: ${'x'.repeat(2_000)}`
    expect(codeOf(() => read([long], 1_000))).toBe('UPSTREAM_INVALID')
    const many = Array.from({ length: 2_000 }, () => 'data: x\n')
    expect(codeOf(() => read(many, 1_000))).toBe('UPSTREAM_INVALID')
  })

  test('a gigabyte flows through in flat memory', () => {
    const chunk = `data: {"choices":[{"index":0,"delta":{"content":"${'x'.repeat(4_000)}"}}]}\n\n`
    const piece = Buffer.from(chunk.repeat(250))
    const count = Math.ceil(1024 ** 3 / piece.length)
    const before = kept()
    let peak = 0
    let events = 0
    const reader = frameReader({
      onData: () => {
        events += 1
        if (events % 25_000 === 0) peak = Math.max(peak, kept() - before)
      },
      onComment: () => {},
    })
    for (let sent = 0; sent < count; sent++) reader.feed(piece)
    expect(events).toBe(count * 250)
    expect(peak).toBeLessThan(16 * 1024 * 1024)
  })
})

/**
 * Bytes that are still in use after a full collection. The process's own size would tell more of when each version of Node
 * collects (Node 24 lets 700 MB of garbage stand where memory is plenty) than of what the reader keeps.
 */
function kept(): number {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
