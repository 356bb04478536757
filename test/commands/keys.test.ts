import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Context } from '../../src/context.ts'
import { readKeyFile, writeKeyFile } from '../../src/sources/key-file.ts'
import { newHome, orx } from '../context.ts'
import { contract as listContract } from '../contract/keys-list.ts'
import { contract as removeContract } from '../contract/keys-remove.ts'
import { contract as setContract } from '../contract/keys-set.ts'
import { contract as testContract } from '../contract/keys-test.ts'
import { json } from '../openrouter/replies.ts'
import { refusedUrl, type StandIn, startStandIn } from '../openrouter/server.ts'

const SECRET = 'sk-or-v1-0123456789abcdef0123456789abcdef'
const OTHER = 'sk-proj-zyxwvutsrqponmlkjihgfedcba98'

/** A home of its own; snapshots call it HOME. */
function world(env: Record<string, string> = {}, stdin: Partial<Context> = {}) {
  const home = newHome()
  const overrides = { ...stdin, env: { ORX_HOME: home, ...env } }
  const run = async (line: string | readonly string[]) => {
    const { status, out, err } = await orx(line, overrides)
    expect(out + err).not.toContain('0123456789')
    expect(out + err).not.toContain('zyxwvutsrq')
    return { status, out: out.replaceAll(home, 'HOME'), err: err.replaceAll(home, 'HOME') }
  }
  return { home, ctx: overrides, run }
}

const piped = (text: string): Partial<Context> => ({
  stdin: { isTTY: false, stream: Readable.from([text]) },
})

describe('orx keys list', () => {
  const held = () => {
    const it = world({ OPENAI_API_KEY: OTHER, GROQ_API_KEY: 'has a space in it' })
    writeKeyFile(it.ctx, { openrouter: SECRET })
    writeFileSync(
      join(it.home, 'config.toml'),
      '[keyCommand]\nanthropic = "op read op://vault/anthropic"\n[provider.local]\nbaseUrl = "http://127.0.0.1:1/v1"\n',
    )
    return it
  }

  test.each([
    ['keys', 'keys.txt'],
    ['keys list --format csv', 'keys.csv'],
    ['keys list --format md', 'keys.md'],
    ['keys --help', 'keys-help.txt'],
  ])('%s', async (line, file) => {
    const { status, out, err } = await held().run(line)
    expect({ status, err }).toEqual({ status: 0, err: '' })
    await expect(out).toMatchFileSnapshot(`../__snapshots__/${file}`)
  })

  test('--json keeps its contract and says where each key would be read', async () => {
    const { out } = await held().run('keys --json')
    const { keys } = listContract.parse(JSON.parse(out))
    expect(keys.filter((key) => key.held).map(({ provider }) => provider)).toEqual([
      'openrouter',
      'openai',
      'anthropic',
      'groq',
    ])
    expect(keys.find(({ provider }) => provider === 'google-ai-studio')?.variables).toEqual([
      'GEMINI_API_KEY',
      'GOOGLE_GENERATIVE_AI_API_KEY',
    ])
  })

  test('a key file that others can read is warned of, unless -q', async () => {
    const { run, home, ctx } = world()
    writeKeyFile(ctx, { openrouter: SECRET })
    chmodSync(join(home, 'keys.json'), 0o640)
    expect((await run('keys')).err).toContain('chmod 600 HOME/keys.json')
    expect((await run('keys -q')).err).toBe('')
  })
})

describe('orx keys set', () => {
  test('saves what is piped in', async () => {
    const { run, ctx } = world({}, piped(`${SECRET}\n`))
    expect(await run('keys set openrouter')).toEqual({
      status: 0,
      out: 'openrouter: sk-or-v1-…cdef saved in HOME/keys.json\n',
      err: '',
    })
    expect(readKeyFile(ctx)).toEqual({ openrouter: SECRET })
  })

  test('keeps the other keys, and says when another origin wins', async () => {
    const { run, ctx } = world({ OPENAI_API_KEY: OTHER }, piped(OTHER))
    writeKeyFile(ctx, { openrouter: SECRET })
    const { out, err } = await run('keys set openai --json')
    expect(setContract.parse(JSON.parse(out)).masked).toBe('sk-proj-…ba98')
    expect(err).toBe('note: the key used for openai is the one of OPENAI_API_KEY\n')
    expect(readKeyFile(ctx)).toEqual({ openrouter: SECRET, openai: OTHER })
  })

  test('a prompt shows nothing of what is typed, and takes a bracketed paste and a correction', async () => {
    const raw: boolean[] = []
    const stream = Object.assign(new PassThrough(), { setRawMode: (on: boolean) => raw.push(on) })
    const { run, ctx } = world({}, { stdin: { isTTY: true, stream } })
    stream.write(`wrong\x15\x1b[200~${SECRET}\x1b[201~x\x7f`)
    stream.write('\r')
    const { status, err } = await run('keys set openrouter')
    expect({ status, err }).toEqual({
      status: 0,
      err: 'Key for openrouter (nothing is shown): \n',
    })
    expect(raw).toEqual([true, false])
    expect(readKeyFile(ctx)).toEqual({ openrouter: SECRET })
  })

  test('Ctrl-C saves nothing and gives the terminal back', async () => {
    const raw: boolean[] = []
    const stream = Object.assign(new PassThrough(), { setRawMode: (on: boolean) => raw.push(on) })
    const { run, ctx } = world({}, { stdin: { isTTY: true, stream } })
    stream.write('sk-or\x03')
    expect((await run('keys set openrouter')).status).toBe(130)
    expect(raw).toEqual([true, false])
    expect(readKeyFile(ctx)).toEqual({})
  })

  test.each([
    ['', 'it is empty'],
    ['two words of it\n', 'it contains a space'],
    ['short\n', 'it is shorter than any key'],
  ])('%j is refused', async (text, reason) => {
    const { status, err } = await world({}, piped(text)).run('keys set openrouter')
    expect(status).toBe(2)
    expect(err).toContain(reason)
  })

  test.each([
    ['keys set opanai', 'Did you mean openai?'],
    [`keys set ${SECRET}`, 'that looks like a key'],
    [`keys set openrouter ${SECRET}`, 'too many arguments'],
    [`keys test ${OTHER}`, 'that looks like a key'],
  ])('%s is wrong usage, and never repeated where it is a key', async (line, message) => {
    const { status, err } = await world({}, piped(SECRET)).run(line)
    expect(status).toBe(2)
    expect(err).toContain(message)
  })

  test('a folder that cannot be written leaves the status to say so', async () => {
    const { run } = world({ ORX_HOME: '/dev/null/home' }, piped(SECRET))
    expect(await run('keys set openrouter')).toMatchObject({ status: 2 })
  })
})

describe('orx keys remove', () => {
  test('removes one key and no other', async () => {
    const { run, ctx } = world()
    writeKeyFile(ctx, { openrouter: SECRET, openai: OTHER })
    const { out } = await run('keys remove openai --json')
    expect(removeContract.parse(JSON.parse(out)).provider).toBe('openai')
    expect(readKeyFile(ctx)).toEqual({ openrouter: SECRET })
  })

  test.each([
    [{}, 'Nothing to do'],
    [{ OPENAI_API_KEY: OTHER }, 'It comes from OPENAI_API_KEY: remove it there.'],
  ])('of a key that is not in the file: %j', async (env, remedy) => {
    const { status, err } = await world(env).run('keys remove openai')
    expect(status).toBe(4)
    expect(err).toContain(remedy)
  })
})

describe('orx keys test', () => {
  let standIn: StandIn
  beforeAll(async () => {
    standIn = await startStandIn()
  })
  afterAll(() => standIn.close())

  const config = (baseUrl: string) => `[provider.openai]\nbaseUrl = "${baseUrl}"\n`

  test('asks OpenRouter and a provider with their own keys', async () => {
    const { run, home } = world({
      OPENROUTER_API_KEY: SECRET,
      OPENAI_API_KEY: OTHER,
      OPENROUTER_BASE_URL: standIn.url,
    })
    writeFileSync(join(home, 'config.toml'), config(`${standIn.origin}/openai/v1`))
    standIn.script('/openai/v1/models', json(200, { data: [] }))
    const { status, out } = await run('keys test --json')
    expect(status).toBe(0)
    expect(testContract.parse(JSON.parse(out)).tests.map(({ result }) => result)).toEqual([
      'works',
      'works',
    ])
    const sent = standIn.requests
      .slice(-2)
      .map(({ path, headers }) => [path, headers.authorization])
    expect(sent.sort()).toEqual([
      ['/key', `Bearer ${SECRET}`],
      ['/openai/v1/models', `Bearer ${OTHER}`],
    ])
  })

  test.each([
    [401, 4, 'refused'],
    [403, 4, 'refused'],
    [429, 5, 'unclear'],
    [500, 5, 'unclear'],
  ])('%i exits %i: %s', async (httpStatus, exit, result) => {
    const { run } = world({ OPENROUTER_API_KEY: SECRET, OPENROUTER_BASE_URL: standIn.url })
    standIn.script('/key', json(httpStatus, { error: { code: httpStatus, message: SECRET } }))
    const { status, out } = await run('keys test openrouter --json')
    expect(status).toBe(exit)
    expect(testContract.parse(JSON.parse(out)).tests).toMatchObject([{ result }])
  })

  test('a body in another shape is unclear, and not repeated', async () => {
    const { run } = world({ OPENROUTER_API_KEY: SECRET, OPENROUTER_BASE_URL: standIn.url })
    standIn.script('/key', json(200, { data: SECRET }))
    expect(await run('keys test')).toMatchObject({ status: 5 })
  })

  test('a refused connection, --offline and no key', async () => {
    const refused = { OPENROUTER_API_KEY: SECRET, OPENROUTER_BASE_URL: await refusedUrl() }
    expect((await world(refused).run('keys test')).status).toBe(5)
    expect((await world(refused).run('keys test --offline')).out).toContain('--offline is set')
    expect((await world().run('keys test')).status).toBe(4)
    expect((await world().run('keys test openai')).err).toContain('orx keys set openai')
  })
})
