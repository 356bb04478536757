import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Frame, frames } from '../../../src/sources/chat/frames.ts'
import { openAiReader } from '../../../src/sources/chat/openai.ts'

async function* pieces(...parts: readonly (string | Uint8Array)[]) {
  for (const part of parts) yield typeof part === 'string' ? Buffer.from(part) : part
}

async function read(body: AsyncIterable<Uint8Array>, longest?: number): Promise<Frame[]> {
  const all: Frame[] = []
  for await (const batch of frames(body, longest)) all.push(...batch)
  return all
}

const data = (text: string, event?: string): Frame => ({ kind: 'data', event, data: text })

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
      fc.asyncProperty(streams, cuts, async (text, at) => {
        const bytes = Buffer.from(text)
        const whole = await read(pieces(bytes))
        expect(await read(pieces(...split(bytes, at)))).toEqual(whole)
      }),
      { numRuns: 400 },
    ))
  test('byte by byte gives the same events', () =>
    fc.assert(
      fc.asyncProperty(streams, async (text) => {
        const bytes = Buffer.from(text)
        const single = [...bytes].map((byte) => Uint8Array.of(byte))
        expect(await read(pieces(...single))).toEqual(await read(pieces(bytes)))
      }),
    ))
  test('any bytes whatever end, in events or in a refusal', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 6 }),
        async (all) => {
          const outcome = await read(pieces(...all), 100).catch((error) => error.code)
          expect(Array.isArray(outcome) || outcome === 'UPSTREAM_INVALID').toBe(true)
        },
      ),
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
    ['comments', [': OPENROUTER PROCESSING\n\ndata: a\n\n'], [{ kind: 'comment' }, data('a')]],
    ['a named event', ['event: ping\ndata: {}\n\n'], [data('{}', 'ping')]],
    ['a last event without its blank line', ['data: [DONE]'], [data('[DONE]')]],
    ['a byte order mark', ['\ufeffdata: a\n\n'], [data('a')]],
    ['no space after the colon', ['data:a\n\n'], [data('a')]],
    ['nothing', [], []],
  ])('%s', async (_, parts, expected) => expect(await read(pieces(...parts))).toEqual(expected))

  test('an event beyond the limit is refused, in one piece or in many', async () => {
    const long = `data: ${'x'.repeat(2_000)}`
    await expect(read(pieces(long), 1_000)).rejects.toMatchObject({ code: 'UPSTREAM_INVALID' })
    const many = Array.from({ length: 2_000 }, () => 'data: x\n')
    await expect(read(pieces(...many), 1_000)).rejects.toMatchObject({ code: 'UPSTREAM_INVALID' })
  })

  test('a gigabyte flows through in flat memory', async () => {
    const chunk = `data: {"choices":[{"index":0,"delta":{"content":"${'x'.repeat(4_000)}"}}]}\n\n`
    const piece = Buffer.from(chunk.repeat(250))
    const count = Math.ceil(1024 ** 3 / piece.length)
    async function* gigabyte() {
      for (let sent = 0; sent < count; sent++) yield piece
    }
    const before = kept()
    let peak = 0
    let events = 0
    for await (const batch of frames(gigabyte())) {
      events += batch.length
      if (events % 25_000 === 0) peak = Math.max(peak, kept() - before)
    }
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
