import { chmodSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { filesOf, read } from './read.ts'

const HEADER = 'created_at,model,tokens_prompt,tokens_completion,cost,currency\n'
const GOOD = '2026-10-01 00:00:00,a/b,10,5,0.1,USD\n'

describe('a bad row is counted with its place, and the rest counts', () => {
  test.each([
    ['2026-10-01,a/b,10,5,0.1', 'a row with too few columns'],
    ['2026-10-01,a/b,10,5,0.1,USD,x', 'a row with too many columns'],
    ['2026-10-01,a/b,-10,5,0.1,USD', 'a negative token count'],
    ['2026-10-01,a/b,ten,5,0.1,USD', 'a token count is not a number'],
    ['2026-10-01,a/b,1.5,5,0.1,USD', 'a token count is not a whole number'],
    ['2026-10-01,a/b,99999999999999999999,5,0.1,USD', 'a token count is not a whole number'],
    ['2026-10-01,,10,5,0.1,USD', 'no model named'],
    ['2026-02-30,a/b,10,5,0.1,USD', 'a date that is not understood'],
    ['01/02/2026,a/b,10,5,0.1,USD', 'a date that is not understood'],
    ['1999-01-01,a/b,10,5,0.1,USD', 'a date that is not understood'],
    ['yesterday,a/b,10,5,0.1,USD', 'a date that is not understood'],
    ['2026-10-01 25:00:00,a/b,10,5,0.1,USD', 'a date that is not understood'],
    ['2026-10-01,a/b,10,5,0.1,EUR', 'a currency other than US dollars'],
    ['2026-10-01,a/b,10,5,€0.1,', 'a currency other than US dollars'],
    ['2026-10-01,a/b,10,5,cheap,', 'an amount that is not a number'],
    ['2026-10-01,"a/b"x,10,5,0.1,', 'text after a closing quote'],
    ['2026-10-01,"a/b,10,5,0.1,', 'a quote that is never closed'],
  ])('%s: %s', async (row, reason) => {
    const { cells, skipped } = await read(filesOf(`${HEADER}${GOOD}${row}\n${GOOD}`))
    expect(cells).toEqual([
      { model: 'a/b', day: '2026-10-01', requests: 2, input: 20, output: 10, paid: '0.2' },
    ])
    expect(skipped).toHaveLength(1)
    expect(skipped[0]).toMatchObject({ reason, count: 1, first: expect.stringMatching(/:3$/) })
  })

  test.each([
    ['{"model":"a","prompt_tokens":1', 'not valid JSON'],
    ['{"model":"a","prompt_tokens":1}}', 'not valid JSON'],
    ['nonsense', 'not valid JSON'],
    ['{"hello":"world"}', 'a record without token counts'],
    ['{"model":"a","prompt_tokens":-1}', 'a negative token count'],
    ['{"model":"a","prompt_tokens":1e2.5}', 'a token count is not a number'],
    ['{"prompt_tokens":1}', 'no model named'],
    [
      '{"model":"a","prompt_tokens":1,"prompt_tokens_details":{},"cached_tokens":2}',
      'more cached than input tokens',
    ],
  ])('%s: %s', async (line, reason) => {
    const good = '{"model":"a","prompt_tokens":1}\n'
    const { cells, skipped } = await read(filesOf(`${good}${line}\n\n${good}`))
    expect(cells).toEqual([{ model: 'a', day: null, requests: 2, input: 2 }])
    expect(skipped).toMatchObject([{ reason, count: 1 }])
  })

  test('blank lines are nothing', async () => {
    const { cells, skipped } = await read(filesOf(`${HEADER}\n${GOOD}\r\n\n${GOOD}\n\n`))
    expect(cells).toMatchObject([{ requests: 2 }])
    expect(skipped).toEqual([])
  })

  test('a record of 70 MB is passed over', async () => {
    const long = Buffer.alloc(70 << 20, 'x')
    const { cells, skipped } = await read(
      filesOf(Buffer.concat([Buffer.from(`${HEADER}${GOOD}`), long, Buffer.from(`\n${GOOD}`)])),
    )
    expect(cells).toMatchObject([{ requests: 2 }])
    expect(skipped).toMatchObject([{ reason: 'a record longer than 32 MB', count: 1 }])
  })
})

describe('times', () => {
  test.each([
    ['2026-10-01T01:30:00+02:00', '2026-09-30'],
    ['2026-09-30T23:30:00-0200', '2026-10-01'],
    ['2026-10-01 00:00:00 UTC', '2026-10-01'],
    ['1790812799', '2026-09-30'],
    ['1790812800123', '2026-10-01'],
    ['2026/10/01', '2026-10-01'],
  ])('%s is on %s', async (time, day) => {
    const { cells } = await read(filesOf(`${HEADER}${time},a/b,1,1,0.1,\n${time},a/b,1,1,0.1,\n`))
    expect(cells).toMatchObject([{ day, requests: 2 }])
  })
})

describe('amounts are exact', () => {
  test.each([
    ['0.000000020833333333333335', '0.000000020833333333333335'],
    ['1.2e-7', '0.00000012'],
    ['"$1,234.50"', '1234.5'],
    ['123456789.123456789012345678', '123456789.123456789012345678'],
    ['-0.5', '-0.5'],
    ['', undefined],
  ])('%s', async (text, paid) => {
    const { cells } = await read(filesOf(`${HEADER}2026-10-01,a/b,1,1,${text},\n`))
    expect(cells[0]?.paid).toBe(paid)
  })

  test('decimals beyond the 24th are rounded, and counted', async () => {
    const { cells, reading } = await read(
      filesOf(`${HEADER}2026-10-01,a/b,1,1,0.0000000000000000000000015,\n`),
    )
    expect(cells[0]?.paid).toBe('0.000000000000000000000002')
    expect(reading.roundedAmounts).toBe(1)
  })
})

describe('what is no log is refused', () => {
  const folder = mkdtempSync(join(tmpdir(), 'orx-folder-'))
  test.each([
    ['a folder', folder, 'is a directory'],
    ['a missing file', join(folder, 'none.csv'), 'there is no file'],
  ])('%s', async (_, path, message) => {
    await expect(read([path])).rejects.toThrow(message)
  })

  test.each([
    ['nothing', '', 'is empty'],
    ['bytes', '\u0001\u001b[31m\u0002\n', 'is of no known format: its first line is no text'],
    ['prose', 'Dear all,\nhello\n', 'is of no known format: no column of models'],
    ['other columns', 'model,colour\na,red\n', 'no column of tokens'],
    ['half a document', '{\n "data": [\n', 'neither JSON Lines nor one whole JSON document'],
    ['UTF-16', Buffer.from('\ufeffmodel,input_tokens\n', 'utf16le'), 'is UTF-16'],
    ['zstd', Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0]), 'zstd'],
    [
      'half of a gzip file',
      gzipSync(`${HEADER}${GOOD.repeat(99)}`).subarray(0, 90),
      'truncated gzip',
    ],
    ['a broken Parquet file', 'PAR1xxxxxxxxxxxxxxxxPAR1', 'broken Parquet'],
  ])('%s', async (_, content, message) => {
    await expect(read(filesOf(content))).rejects.toThrow(message)
  })

  test.skipIf(process.getuid?.() === 0)('a file that may not be read', async () => {
    const [path = ''] = filesOf(`${HEADER}${GOOD}`)
    chmodSync(path, 0)
    await expect(read([path])).rejects.toThrow('no permission')
  })
})

describe('quotes, newlines and block borders change nothing', () => {
  const model = fc.constantFrom('a/b', 'c,d', 'say "hi"', 'two\nlines', 'ü/é', 'x'.repeat(300))
  const row = fc.record({
    model,
    input: fc.nat(1e6),
    output: fc.nat(1e6),
    quoted: fc.boolean(),
    user: fc.constantFrom('', 'u', 'a,"b"\nc', '\r\n'),
  })
  const quote = (text: string) => `"${text.replaceAll('"', '""')}"`
  const plain = (text: string) => (/[",\r\n]/.test(text) ? quote(text) : text)

  test('any rows, in blocks of any size, as CSV and as JSON Lines', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 1, max: 400 }),
        async (rows, size) => {
          const write = (text: string, quoted: boolean) => (quoted ? quote(text) : plain(text))
          const csv = `user,input_tokens,model,output_tokens\n${rows
            .map(({ model, input, output, quoted, user }) =>
              [
                write(user, quoted),
                write(String(input), quoted),
                write(model, quoted),
                output,
              ].join(','),
            )
            .join('\n')}\n`
          const jsonl = rows
            .map(({ model, input, output, user }) =>
              JSON.stringify({
                user,
                nested: [{ user }],
                model,
                input_tokens: input,
                output_tokens: output,
              }),
            )
            .join('\n')
          const sums = new Map<string, [number, number, number]>()
          for (const { model, input, output } of rows) {
            const [a, b, c] = sums.get(model) ?? [0, 0, 0]
            sums.set(model, [a + 1, b + input, c + output])
          }
          const expected = [...sums].sort()
          for (const text of [csv, jsonl]) {
            const { cells, skipped } = await read(['-'], {
              stdin: Readable.from(blocks(text, size)),
            })
            expect(skipped).toEqual([])
            const found = cells.map((cell) => {
              const { requests = 0, input = 0, output = 0 } = cell as Record<string, unknown>
              return [cell.model, [requests, input, output]]
            })
            expect(found.sort()).toEqual(expected)
          }
        },
      ),
      { numRuns: 60 },
    )
  })
})

function* blocks(text: string, size: number): Generator<Buffer> {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
