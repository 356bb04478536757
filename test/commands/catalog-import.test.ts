import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromDisk } from '../../src/core/catalog/codec.ts'
import { checkCatalog } from '../../src/sources/catalog-schema.ts'
import { newHome, orx } from '../context.ts'
import { contract } from '../contract/catalog-import.ts'
import { MODELS } from '../openrouter/catalogue.ts'

const folder = mkdtempSync(join(tmpdir(), 'orx-import-'))
let files = 0

/** Imports a body under a file name into a home of its own. */
async function imported(body: unknown, name = 'models.json', flags = '') {
  const file = join(folder, `${++files}-${name}`)
  writeFileSync(file, typeof body === 'string' ? body : JSON.stringify(body))
  const ORX_HOME = newHome()
  const run = (line: string) => orx(line, { env: { ORX_HOME } })
  const cache = join(ORX_HOME, 'cache', 'catalog.json')
  const result = await run(`catalog import ${file} --json ${flags}`)
  const read = () => contract.parse(JSON.parse(result.out))
  return { ...result, read, run, cache, file }
}

/** Every model that the snapshot lists, as OpenRouter would send it, at its price. */
const whole = () =>
  fromDisk(JSON.parse(readFileSync('data/models.json', 'utf8')))
    .models.filter(({ status, kind }) => status === 'current' && kind !== 'router')
    .map(({ id, slug, points }) => {
      const { input = '1', output = '2' } = points.at(-1)?.price ?? {}
      const perToken = (rate: string) => `${rate}e-6`
      const pricing = { prompt: perToken(input), completion: perToken(output) }
      return { id, canonical_slug: slug, context_length: 1000, pricing }
    })

describe('orx catalog import', () => {
  test('a complete newer response becomes the catalogue in force', async () => {
    const rows = whole().filter(({ id }) => id !== 'openai/gpt-5.1')
    const { status, err, read, run } = await imported({ data: rows }, 'models-2026-11-20.json')
    expect({ status, err }).toEqual({ status: 0, err: '' })
    expect(read()).toMatchObject({
      kind: 'response',
      asOf: '2026-11-20',
      models: rows.length,
      effect: 'merged',
      inForce: { asOf: '2026-11-20' },
    })
    const { gone, repriced } = JSON.parse((await run('catalog diff --json')).out)
    expect(gone.map(({ model }: { model: string }) => model)).toContain('openai/gpt-5.1')
    expect(repriced).toEqual([])
    expect(JSON.parse((await run('catalog --json')).out).inForce).toBe('cache')
  })

  test('a short newer response sets prices and retires nothing', async () => {
    const { read, run } = await imported({ data: MODELS.slice(0, 2) }, 'models-2026-11-21.json')
    expect(read()).toMatchObject({ models: 2, effect: 'partial', inForce: { asOf: '2026-11-21' } })
    expect(JSON.parse((await run('catalog diff --json')).out)).toMatchObject({ gone: [], new: [] })
  })

  test('an older response only adds to the history', async () => {
    const { read, run, cache } = await imported({ data: MODELS.slice(0, 1) }, 'x-2026-03-01.json')
    expect(read()).toMatchObject({ effect: 'history', inForce: { asOf: '2026-11-10' } })
    expect(JSON.parse((await run('catalog diff --json')).out)).toMatchObject({
      repriced: [],
      gone: [],
    })
    const disk = fromDisk(checkCatalog(JSON.parse(readFileSync(cache, 'utf8')), cache))
    const points = disk.models.find(({ id }) => id === MODELS[0]?.id)?.points
    expect(points?.map(({ source }) => source)).toContain('import')
    expect((await run('catalog diff 2026-03-01 latest --only repriced --json')).status).toBe(0)
  })

  test('a bare list of rows and a byte order mark are fine', async () => {
    const { status, read } = await imported(
      `\uFEFF${JSON.stringify(MODELS)}`,
      'models-2026-11-21.json',
    )
    expect(status).toBe(0)
    expect(read().models).toBe(MODELS.length)
  })

  test('--as-of says when, and must be a day', async () => {
    const { read } = await imported({ data: MODELS }, 'models.json', '--as-of 2026-11-19')
    expect(read().asOf).toBe('2026-11-19')
    const bad = await imported({ data: MODELS }, 'models.json', '--as-of 2026-02-30')
    expect(bad.status).toBe(2)
  })

  test('bad rows are named on stderr and left out; the exit status is 0', async () => {
    const rows = [
      MODELS[0],
      { id: 'no-slash', pricing: {} },
      { ...MODELS[2], pricing: { prompt: '0.5', completion: '0.5' } },
      MODELS[0],
      17,
    ]
    const { status, err, read } = await imported({ data: rows }, 'models-2026-11-21.json')
    expect(status).toBe(0)
    expect(read().models).toBe(1)
    expect(err.split('\n').filter(Boolean)).toEqual([
      expect.stringMatching(/^warning: row 1 \(no-slash\) left out: id/),
      expect.stringMatching(/^warning: row 3 \(openai\/gpt-5.1\) left out: listed twice/),
      expect.stringMatching(/^warning: row 4 left out: /),
      expect.stringMatching(
        /^warning: row \d \(deepseek\/deepseek-chat\) left out: .* per 1M tokens$/,
      ),
    ])
  })

  const own = (more: object = {}) => ({
    schema: 'orx.catalog/1',
    name: 'mine',
    asOf: '2026-11-20',
    sources: [{ id: 's', name: 'S', url: 'u', asOf: '2026-11-20', terms: 't' }],
    models: [
      { id: 'me/one', points: [{ source: 's', price: { input: '1', output: '2' } }] },
      { id: 'me/bad', points: [] },
    ],
    ...more,
  })

  test('our own schema replaces the catalogue; a bad model is named', async () => {
    const { status, err, read, run } = await imported(own())
    expect(status).toBe(0)
    expect(err).toMatch(/^warning: row 1 \(me\/bad\) left out: points/)
    expect(read()).toMatchObject({ kind: 'catalogue', effect: 'replaced', models: 1 })
    expect(JSON.parse((await run('catalog --json')).out)).toMatchObject({
      inForce: 'cache',
      asOf: '2026-11-20',
      models: { listed: 1 },
    })
  })

  test('one older than the snapshot is said not to be in force', async () => {
    const { run, file } = await imported(own({ asOf: '2026-01-01' }))
    const { out } = await run(`catalog import ${file}`)
    expect(out.replaceAll('\n', ' ')).toContain('The bundled snapshot is newer (2026-11-10)')
    expect(JSON.parse((await run('catalog --json')).out).inForce).toBe('snapshot')
  })

  test.each([
    ['', 'is not JSON'],
    ['<html>', 'is not JSON'],
    ['null', 'no model that can be used'],
    ['{"data":[]}', 'no model that can be used'],
    ['{"data":[{"id":"x/y"}]}', 'no model that can be used: pricing'],
    ['{"schema":"orx.pick/1"}', 'is not a catalogue: schema'],
    [JSON.stringify(own({ models: [] })), 'no model that can be used'],
    [JSON.stringify(own({ asOf: 'today' })), 'is not a catalogue: asOf'],
  ])('%s exits 2 and keeps what was there', async (text, message) => {
    const { status, out, err, cache } = await imported(text)
    expect({ status, out }).toEqual({ status: 2, out: '' })
    expect(err).toContain(message)
    expect(existsSync(cache)).toBe(false)
  })

  /** Rows that are nearly right, so that the reader gets past its first checks. */
  const odd = fc.oneof(
    fc.constantFrom(
      '0',
      '-1',
      '1e-7',
      '1e-400',
      'NaN',
      '',
      '0x1',
      '1'.repeat(400),
      '1e99',
      null,
      {},
    ),
    fc.double(),
    fc.jsonValue(),
  )
  const row = fc.record(
    {
      id: fc.oneof(
        fc.constantFrom(
          'a/b',
          'a/b:free',
          '~a/b',
          'openrouter/auto',
          '__proto__/x',
          'a/constructor',
        ),
        fc.jsonValue(),
      ),
      canonical_slug: fc.oneof(fc.string(), fc.jsonValue()),
      name: fc.jsonValue(),
      created: fc.oneof(
        fc.double(),
        fc.integer(),
        fc.constantFrom(8.64e12, 1e11, 8.64e15),
        fc.jsonValue(),
      ),
      context_length: odd,
      architecture: fc.oneof(
        fc.record({ input_modalities: fc.array(fc.constantFrom('text', 'image', 'smell')) }),
        fc.jsonValue(),
      ),
      pricing: fc.oneof(
        fc.dictionary(
          fc.constantFrom(
            'prompt',
            'completion',
            'image',
            'request',
            'discount',
            '__proto__',
            'new',
          ),
          odd,
        ),
        fc.record({
          prompt: odd,
          completion: odd,
          overrides: fc.array(
            fc.dictionary(
              fc.constantFrom('prompt', 'min_prompt_tokens', 'utc_start', 'utc_days'),
              odd,
            ),
          ),
        }),
        fc.jsonValue(),
      ),
      top_provider: fc.oneof(fc.record({ max_completion_tokens: odd }), fc.jsonValue()),
      supported_parameters: fc.oneof(fc.array(fc.string()), fc.jsonValue()),
      expiration_date: fc.oneof(fc.constantFrom('2027-01-01', '2027-99-99'), fc.jsonValue()),
      alias_target: fc.oneof(fc.record({ slug: fc.string() }), fc.jsonValue()),
    },
    { requiredKeys: ['id', 'pricing'] },
  )
  const anyBody = fc.oneof(
    fc.jsonValue(),
    fc.record({ data: fc.array(row, { minLength: 1 }) }),
    fc.record({ data: fc.array(fc.oneof(row, fc.jsonValue())) }),
    fc.record({ models: fc.array(fc.oneof(fc.jsonValue(), row)) }).map((more) => own(more)),
  )

  test('law: odd input is never a crash, and what is taken is a valid catalogue', async () => {
    await fc.assert(
      fc.asyncProperty(anyBody, async (body) => {
        const { status, cache } = await imported(body, 'models-2026-11-21.json')
        expect([0, 2]).toContain(status)
        expect(existsSync(cache)).toBe(status === 0)
        const disk = status === 0 ? JSON.parse(readFileSync(cache, 'utf8')) : undefined
        expect(disk === undefined || checkCatalog(disk, 'cache')).toBeTruthy()
      }),
      { numRuns: 80, seed: 20261122 },
    )
  })

  test('law: odd bytes are never a crash', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
        expect([0, 2]).toContain((await imported(text)).status)
      }),
      { numRuns: 50, seed: 20261122 },
    )
  })
})
