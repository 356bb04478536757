import { Readable } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { read } from './read.ts'

/** Values as logs write them, the plain ones often, the odd ones now and then. */
const mostly = (plain: fc.Arbitrary<string>, ...odd: readonly string[]) =>
  fc.oneof({ weight: 8, arbitrary: plain }, { weight: 1, arbitrary: fc.constantFrom(...odd) })

const count = mostly(
  fc.nat(400_000).map(String),
  '',
  '007',
  '1.0',
  '-3',
  'many',
  '1e3',
  '9'.repeat(17),
)
const day = fc.constantFrom('2026-10-01', '2026-10-02', '2025-12-31', '2024-02-29')
const two = (most: number) => fc.nat(most).map((n) => String(n).padStart(2, '0'))
const clock = fc.tuple(
  two(25),
  two(61),
  fc.constantFrom('', ':07', ':59.123', ':07Z', ':0', ':07+02:00'),
)
const time = mostly(
  fc
    .tuple(day, fc.constantFrom(' ', 'T'), clock)
    .map(([date, between, [hour, minute, rest]]) => `${date}${between}${hour}:${minute}${rest}`),
  '',
  '2026-10-01',
  '2026-02-30 10:00:00',
  '1790812800',
  'today',
)
const model = mostly(
  fc.constantFrom('a/b', 'anthropic/claude-sonnet-4.5', 'openai/gpt-5-nano', 'x'.repeat(40)),
  '',
  'ü/é',
  '<synthetic>',
  'a b',
)
const cost = mostly(
  fc.tuple(fc.nat(50), fc.nat(99_999_999)).map(([a, b]) => `${a}.${String(b).padStart(8, '0')}`),
  '',
  '0',
  '3999.999999999999',
  '4000',
  '1e-7',
  '0.1234567890123',
  '-0.5',
  '$2',
  '5.',
)
const id = mostly(
  fc.nat(20).map((n) => `gen-${n}`),
  '',
  'g',
)

const COLUMNS = {
  created_at: time,
  model,
  tokens_prompt: count,
  tokens_completion: count,
  cost_total: cost,
  request_id: id,
  tokens_cached: mostly(fc.constant('0'), '5', ''),
  variant: mostly(fc.constant('standard'), 'free', ''),
  note: mostly(fc.constant('x'), '', 'a note'),
} as const
type Column = keyof typeof COLUMNS

const NEEDED: readonly Column[] = ['model', 'tokens_prompt', 'tokens_completion']
const names = fc
  .shuffledSubarray(Object.keys(COLUMNS) as Column[])
  .map((some) => [...some, ...NEEDED.filter((name) => !some.includes(name))])
const row = fc.record(COLUMNS)
const table = {
  names,
  rows: fc.array(row, { minLength: 1, maxLength: 60 }),
  size: fc.integer({ min: 1, max: 700 }),
}
type Row = { readonly [name in Column]: string }

function* blocks(text: string, size: number): Generator<Buffer> {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

/** What was understood, however the bytes came. */
async function understood(text: string, size: number) {
  const { cells, skipped, reading } = await read(['-'], {
    stdin: Readable.from(blocks(text, size)),
  })
  const reasons = skipped.map(({ reason, count: times, first }) => `${reason} ×${times} ${first}`)
  return {
    cells: cells.map((cell) => JSON.stringify(cell)).sort(),
    reasons: reasons.sort(),
    rows: reading.rows,
    replaced: reading.tally.replaced(),
  }
}

describe('plain rows mean the same as rows that are read one by one', () => {
  // Quotes around every field leave no plain row.
  test('CSV, with any columns in any order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record(table),
        fc.constantFrom('\n', '\r\n'),
        fc.constantFrom(',', ';', '\t'),
        fc.constantFrom('', '\ufeff'),
        async ({ names, rows, size }, newline, separator, mark) => {
          const lines = (quote: string) =>
            rows.map((row) => names.map((name) => quote + row[name] + quote).join(separator))
          const head = mark + names.join(separator)
          const plain = [head, ...lines(''), ''].join(newline)
          const quoted = [head, ...lines('"'), ''].join(newline)
          expect(await understood(plain, size)).toEqual(await understood(quoted, 4096))
        },
      ),
      { numRuns: 300 },
    )
  })

  // An escape in every line leaves no plain line.
  test('JSON Lines, whatever varies from line to line', async () => {
    const line = (names: readonly Column[], row: Row, nth: number) => {
      const value = (name: Column, text: string) =>
        /^(tokens|cost)/.test(name) && /^-?(0|[1-9]\d*)(\.\d+)?(e-?\d+)?$/.test(text)
          ? text
          : text === '' && nth % 2 === 0
            ? 'null'
            : JSON.stringify(text)
      const pairs = names.map((name) => `"${name}":${value(name, row[name])}`)
      return nth % 7 === 6 ? pairs.toReversed() : pairs
    }
    await fc.assert(
      fc.asyncProperty(
        fc.record(table),
        fc.constantFrom('', ' '),
        fc.constantFrom('\n', '\r\n'),
        async ({ names, rows, size }, space, newline) => {
          const lines = (more: readonly string[]) =>
            `${rows
              .map((row, nth) => `{${[...line(names, row, nth), ...more].join(`,${space}`)}}`)
              .join(newline)}${newline}`
          const plain = lines(['"stop":[{"at":1}]', '"ok":true'])
          const escaped = lines(['"stop":"\\n"'])
          expect(await understood(plain, size)).toEqual(await understood(escaped, 4096))
        },
      ),
      { numRuns: 300 },
    )
  })

  test('a word with a newline that was quoted once is not found across two plain rows', async () => {
    const text = 'model,input_tokens,output_tokens,note\n"a\nb",1,1,x\nc,2,2,a\nb,3,3,x\n'
    const { cells } = await understood(text.replace('note', 'variant').replaceAll(',x', ','), 4096)
    expect(cells).toEqual([
      '{"model":"a\\nb","day":null,"requests":1,"input":1,"output":1}',
      '{"model":"b","day":null,"requests":1,"input":3,"output":3}',
      '{"model":"c:a","day":null,"requests":1,"input":2,"output":2}',
    ])
  })
})
