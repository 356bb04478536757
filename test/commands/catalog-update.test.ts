import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { fromDisk } from '../../src/core/catalog/codec.ts'
import { loadEndpoints } from '../../src/sources/catalog.ts'
import { checkCatalog } from '../../src/sources/catalog-schema.ts'
import { newHome, orx, world } from '../context.ts'
import { contract as endpoints } from '../contract/catalog-endpoints.ts'
import { contract as update } from '../contract/catalog-update.ts'
import { MODELS } from '../openrouter/catalogue.ts'
import { hangUp, json, type Reply, raw } from '../openrouter/replies.ts'
import { refusedUrl, startStandIn } from '../openrouter/server.ts'

/** A stand-in, a home of its own, and a way to run orx with both. */
async function setup() {
  const standIn = await startStandIn()
  onTestFinished(standIn.close)
  const ORX_HOME = newHome()
  const env = { ORX_HOME, OPENROUTER_BASE_URL: standIn.url }
  const run = (line: string, day = '2026-11-22', more = {}) =>
    orx(line, { env: { ...env, ...more }, now: () => new Date(`${day}T12:00:00Z`) })
  const cache = join(ORX_HOME, 'cache')
  const file = join(cache, 'catalog.json')
  const kept = () => readFileSync(file, 'utf8')
  return { standIn, env, run, cache, file, kept }
}

/** The same with the stand-in's seven models as the catalogue in force. */
async function updated() {
  const world = await setup()
  expect(await world.run('catalog update --force')).toMatchObject({ status: 0, err: '' })
  return world
}

const catalogue = (...models: readonly unknown[]) => ({ data: models })
const repriced = (prompt: unknown) =>
  catalogue({ ...MODELS[0], pricing: { prompt, completion: '0.00001' } }, ...MODELS.slice(1))

describe('orx catalog update', () => {
  test('replaces the catalogue, keeps what only orx knows, and says what changed', async () => {
    const { run, kept, standIn } = await setup()
    const { status, out } = await run('catalog update --force --json')
    expect(status).toBe(0)
    expect(update.parse(JSON.parse(out))).toMatchObject({
      url: `${standIn.url}/models`,
      asOf: '2026-11-22',
      models: { result: 'replaced', current: 7 },
      providers: 8,
    })
    const disk = fromDisk(checkCatalog(JSON.parse(kept()), 'catalog.json'))
    const sonnet = disk.models.find(({ id }) => id === 'anthropic/claude-3.5-sonnet')
    expect(sonnet).toMatchObject({ status: 'retired', successor: 'anthropic/claude-sonnet-5.5' })
    // No day's price is lost: the model had three points in the snapshot's captures.
    const gpt = disk.models.find(({ id }) => id === 'openai/gpt-5.1')
    expect(gpt?.points.at(-1)).toMatchObject({ source: 'openrouter-live' })
    expect(gpt?.points.length).toBeGreaterThan(1)
    expect(JSON.parse((await run('catalog status --json')).out)).toMatchObject({
      inForce: 'cache',
      asOf: '2026-11-22',
      ageDays: 0,
    })
  })

  test('prints what a person wants to know', async () => {
    const { run } = await updated()
    const { out } = await run('catalog update', '2026-11-23')
    expect(out).toMatch(/^127\.0\.0\.1:\d+, 2026-11-23: 7 models; the same list as last time\.\n$/)
  })

  test('asks conditionally; "not modified" confirms the prices of today', async () => {
    const { run, standIn, kept } = await updated()
    const { out } = await run('catalog update --json', '2026-11-24')
    expect(update.parse(JSON.parse(out))).toMatchObject({
      asOf: '2026-11-24',
      models: { result: 'confirmed', current: 7, new: 0, gone: 0 },
      providers: null,
    })
    const asked = standIn.requests.slice(-2).map(({ headers }) => headers['if-none-match'])
    expect(asked).toEqual([expect.stringMatching(/^"\w+"$/), expect.stringMatching(/^"\w+"$/)])
    expect(JSON.parse(kept()).asOf).toBe('2026-11-24')
  })

  test('uses Last-Modified where there is no ETag', async () => {
    const { run, standIn } = await setup()
    const when = 'Sun, 22 Nov 2026 10:00:00 GMT'
    standIn.script('/models', json(200, catalogue(...MODELS), { 'last-modified': when }))
    await run('catalog update --force')
    await run('catalog update')
    const { headers } = standIn.requests.filter(({ path }) => path === '/models').at(-1) ?? {}
    expect(headers).toMatchObject({ 'if-modified-since': when })
  })

  test('follows pages', async () => {
    const { run, standIn } = await setup()
    standIn.script(
      '/models',
      json(200, {
        data: MODELS.slice(0, 4),
        total_count: 7,
        links: { next: '/api/v1/models?offset=4' },
      }),
      json(200, { data: MODELS.slice(4), total_count: 7, links: { next: null } }),
    )
    const { out } = await run('catalog update --force --json')
    expect(JSON.parse(out).models.current).toBe(7)
  })

  test('a price that moved becomes a dated point; diff shows it', async () => {
    const { run, standIn } = await updated()
    standIn.script('/models', json(200, repriced('0.0000025')))
    const { out } = await run('catalog update --json', '2026-11-25')
    expect(JSON.parse(out).models).toMatchObject({ repriced: 1, new: 0, gone: 0 })
    const diff = JSON.parse((await run('catalog diff 2026-11-24 latest --json', '2026-11-25')).out)
    expect(diff.repriced).toMatchObject([
      {
        model: 'openai/gpt-5.1',
        changes: [{ dimension: 'input', from: '1.25', to: '2.5', percent: '100' }],
      },
    ])
  })

  test('a row that cannot be read is named and left out', async () => {
    const { run, standIn } = await updated()
    const thirteen = Array.from({ length: 13 }, (_, n) => ({ ...MODELS[0], id: `a/${n}` }))
    standIn.script('/models', json(200, catalogue(...MODELS, ...thirteen, { id: 'a/b' })))
    const { status, err } = await run('catalog update')
    expect(status).toBe(0)
    expect(err).toMatch(/^warning: row 20 \(a\/b\) left out: pricing/)
  })

  const cut: Reply = (response) => {
    response.writeHead(200, { 'content-length': '5000' })
    response.write('{"data": [', () => response.destroy())
  }
  const half: Reply = raw(
    200,
    JSON.stringify(catalogue(...MODELS)).slice(0, 900),
    'application/json',
  )

  test.each<[string, Reply, string]>([
    ['500', json(500, { error: { code: 500, message: 'oops' } }), 'answered 500 to /api/v1/models'],
    ['429', json(429, {}, { 'retry-after': '7' }), 'Try again in 7 s.'],
    ['a web page', raw(200, '<!doctype html><p>Sign in'), 'a web page, not JSON'],
    ['half of the JSON', half, 'not JSON'],
    ['a broken connection', cut, 'broke off'],
    ['no answer', hangUp, 'the connection to'],
    ['an empty list', json(200, { data: [] }), 'lists no model'],
    ['no list', json(200, { models: [] }), 'no list "data"'],
    ['null', json(200, null), 'no list "data"'],
    [
      'too few of its own count',
      json(200, { data: MODELS, total_count: 9 }),
      'has 7 of its 9 models',
    ],
    [
      'far fewer models',
      json(200, catalogue(...MODELS.slice(0, 3))),
      'lists 3 models where 7 were known',
    ],
    ['a negative price', json(200, repriced('-0.001')), 'the price of openai/gpt-5.1 is negative'],
    ['a thousandfold price', json(200, repriced('0.00125')), 'went from $1.25 to $1250 per 1M'],
    [
      'prices per 1M instead of per token',
      json(200, repriced('1.25')),
      'openai/gpt-5.1 would cost',
    ],
    [
      'rows of another shape',
      json(200, catalogue(...MODELS, {}, {}, 3)),
      '3 of its rows cannot be read',
    ],
    [
      'pages without end',
      json(200, { data: MODELS, links: { next: 'http://127.0.0.1:9/' } }),
      'goes on elsewhere',
    ],
  ])('%s changes nothing and exits 5', async (_, reply, message) => {
    const { run, standIn, kept, cache } = await updated()
    const [before, files] = [kept(), readdirSync(cache)]
    standIn.script('/models', reply)
    const { status, out, err } = await run('catalog update', '2026-11-23')
    expect({ status, out }).toEqual({ status: 5, out: '' })
    expect(err).toContain(message)
    expect(kept()).toBe(before)
    expect(readdirSync(cache)).toEqual(files)
  })

  test('refused on a fresh machine too: seven models are not OpenRouter', async () => {
    const { run, file } = await setup()
    const { status, err } = await run('catalog update')
    expect(status).toBe(5)
    expect(err).toMatch(/lists 7 models where \d+ were known\n.*stays as it was.*--force/)
    expect(existsSync(file)).toBe(false)
  })

  test('nobody there; --offline', async () => {
    const { run, kept, standIn } = await updated()
    const before = kept()
    const url = await refusedUrl()
    const refused = await run('catalog update', '2026-11-23', { OPENROUTER_BASE_URL: url })
    expect(refused).toMatchObject({
      status: 5,
      err: expect.stringContaining('refuses the connection'),
    })
    const asked = standIn.requests.length
    expect(await run('catalog update --offline')).toMatchObject({ status: 5, out: '' })
    expect(standIn.requests.length).toBe(asked)
    expect(kept()).toBe(before)
  })

  test('providers that fail do not hide that models are up to date', async () => {
    const { run, standIn } = await setup()
    standIn.script('/providers', json(503, {}))
    const { status, out, err } = await run('catalog update --force')
    expect(status).toBe(5)
    expect(out).toContain('7 models')
    expect(err).toContain('models are up to date, providers are not')
  })

  test('a folder that cannot be written is said, not hidden', async () => {
    const { run, cache, file } = await setup()
    mkdirSync(join(cache, '..'), { recursive: true })
    // A file where the folder should be stops root too.
    writeFileSync(cache, '')
    const { status, err } = await run('catalog update --force')
    expect(status).toBe(2)
    expect(err).toContain(`cannot write ${file}`)
  })

  test('another base URL gets no validators of this one', async () => {
    const { run } = await updated()
    const other = await startStandIn()
    onTestFinished(other.close)
    await run('catalog update', '2026-11-23', { OPENROUTER_BASE_URL: `${other.url}/` })
    expect(other.requests[0]?.headers['if-none-match']).toBeUndefined()
  })
})

describe('orx catalog update --endpoints', () => {
  test('keeps who serves a model, with the key where there is one', async () => {
    const { run, standIn } = await setup()
    const key = { OPENROUTER_API_KEY: 'sk-or-v1-x' }
    const { status, out } = await run(
      'catalog update --endpoints deepseek-chat --json',
      '2026-11-22',
      key,
    )
    expect(status).toBe(0)
    expect(endpoints.parse(JSON.parse(out))).toEqual({
      schema: 'orx.catalog.endpoints/1',
      url: `${standIn.url}/models/deepseek/deepseek-chat/endpoints`,
      model: 'deepseek/deepseek-chat',
      endpoints: 3,
      measured: true,
      before: null,
      problems: [],
    })
    expect(standIn.requests[0]?.headers.authorization).toBe('Bearer sk-or-v1-x')
    const tables = JSON.parse((await run('catalog status --json')).out).tables
    expect(tables).toContainEqual({ what: 'endpoints', count: 3, asOf: '2026-11-22' })
  })

  test.each<[string, Reply, number, string]>([
    ['an empty list', json(200, { data: { endpoints: [] } }), 5, 'lists no endpoint'],
    ['not a list', json(200, { data: [] }), 5, 'no list "data.endpoints"'],
    ['404', json(404, {}), 5, 'answered 404'],
    ['401', json(401, {}), 4, 'answered 401'],
  ])('%s keeps what was there', async (_, reply, exit, message) => {
    const { run, standIn, cache } = await setup()
    await run('catalog update --endpoints gpt-5.1')
    const file = join(cache, 'endpoints', 'openai%2Fgpt-5.1.json')
    const before = readFileSync(file, 'utf8')
    standIn.script('/models/openai', reply)
    const { status, err } = await run('catalog update --endpoints gpt-5.1')
    expect(status).toBe(exit)
    expect(err).toContain(message)
    expect(readFileSync(file, 'utf8')).toBe(before)
  })

  test('what a live answer does not say about a provider is kept from the snapshot', async () => {
    const { run, env } = await setup()
    await run('catalog update --endpoints deepseek-chat')
    const { context } = world({ env })
    const found = await loadEndpoints(context, 'deepseek/deepseek-chat')
    expect(
      found.map(({ tag, zdr, asOf, price, ttftMs }) => [tag, zdr, asOf, price.input, ttftMs?.p50]),
    ).toEqual([
      ['deepinfra/fp4', true, '2026-11-22', '0.32', 800],
      ['novita/fp8', true, '2026-11-22', '0.4', 800],
      ['streamlake', false, '2026-11-22', '0.32', 800],
    ])
    const all = await loadEndpoints(context)
    expect(all.filter(({ model }) => model === 'deepseek/deepseek-chat')).toEqual(found)
    expect(all.length).toBeGreaterThan(900)
  })

  test('without a key it says that there is no speed', async () => {
    const { run, standIn } = await setup()
    const endpoint = {
      provider_name: 'X',
      tag: 'x',
      pricing: { prompt: '1e-6', completion: '2e-6' },
    }
    standIn.script('/models/openai', json(200, { data: { endpoints: [endpoint, { tag: 'y' }] } }))
    const { status, out, err } = await run('catalog update --endpoints gpt-5.1')
    expect({ status, out }).toEqual({
      status: 0,
      out: 'openai/gpt-5.1: 1 endpoint. See them: orx models show openai/gpt-5.1\n',
    })
    expect(err.split('\n')).toEqual([
      'warning: row 1 left out: provider_name is missing or wrong',
      'note: no latency or throughput came with it; OpenRouter gives them with a key: orx keys',
      '',
    ])
  })

  test('an unknown model asks nobody', async () => {
    const { run, standIn } = await setup()
    expect(await run('catalog update --endpoints no-such-model')).toMatchObject({ status: 3 })
    expect(standIn.requests).toEqual([])
  })
})
