import { beforeAll, describe, expect, test } from 'vitest'
import { orx } from '../context.ts'
import { contract } from '../contract/usage.ts'
import { pastHome } from '../sources/ledger/past.ts'

let env = { ORX_HOME: '' }
beforeAll(async () => {
  env = { ORX_HOME: await pastHome() }
})

const priced = async (line: string) =>
  contract.parse(JSON.parse((await orx(`usage ${line} --json`, { env })).out))

const usage = async (line: string) => {
  const { ledger } = await priced(line)
  if (!ledger) throw new Error('no ledger in the answer')
  return ledger
}

describe('orx usage without a file', () => {
  test.each([
    ['usage', 'usage-ledger.txt'],
    ['usage --by day --since 7d', 'usage-ledger-day.txt'],
    ['usage --format csv', 'usage-ledger.csv'],
    ['usage --by route --format md', 'usage-ledger.md'],
  ])('%s', async (line, file) => {
    const { status, out, err } = await orx(line, { env })
    expect({ status, err }).toEqual({ status: 0, err: '' })
    await expect(out).toMatchFileSnapshot(`../__snapshots__/${file}`)
  })

  // Worked out by hand from test/sources/ledger/past.ts.
  test('the total: every attempt, and money to the last digit', async () => {
    expect((await usage('')).total).toEqual({
      prompts: 6,
      attempts: 7,
      failed: 1,
      tokens: { prompt: 3_062, completion: 677, cached: 500, reasoning: 40 },
      spend: '0.01423000000000000000000001',
      estimated: '0.01252',
      unknown: 1,
    })
  })

  test.each([
    [
      'day',
      {
        '2026-11-20': '0.00118500000000000000000001',
        '2026-11-21': '0.000525',
        '2026-11-22': '0.01252',
      },
    ],
    [
      'model',
      {
        'openai/gpt-5.1': '0.01348500000000000000000001',
        'deepseek/deepseek-chat': '0.000525',
        'openai/gpt-5-nano': '0.00022',
        'acme/tiny:free': '0',
      },
    ],
    ['route', { credits: '0.01348500000000000000000001', byok: '0.000525', direct: '0.00022' }],
    ['session', { null: '0.012825', work: '0.00140500000000000000000001' }],
    [
      'provider',
      {
        null: '0.0123',
        azure: '0.00118500000000000000000001',
        deepinfra: '0.000525',
        openai: '0.00022',
        acme: '0',
      },
    ],
  ])('by %s: the parts are the whole', async (by, parts) => {
    const { groups } = await usage(`--by ${by}`)
    expect(Object.fromEntries(groups.map(({ key, spend }) => [String(key), spend]))).toEqual(parts)
  })

  test.each([
    ['2d', 5],
    ['1d', 4],
    ['3h', 3],
    ['2026-11-21', 5],
    ['all', 6],
  ])('--since %s: %i prompts', async (since, prompts) => {
    expect((await usage(`--since ${since}`)).total.prompts).toBe(prompts)
  })

  test.each([
    ['usage --since yesterday', '--since'],
    ['usage --by colour', 'One of day, model, provider, route, session.'],
  ])('%s is wrong usage', async (line, message) => {
    const { status, err } = await orx(line, { env })
    expect(status).toBe(2)
    expect(err).toContain(message)
  })

  // Four attempts of past.ts have token counts; three have a reported bill, one of them of more than 24 decimals.
  test('--json is the document of any log, with the ledger beside it', async () => {
    const { ledger, ...log } = await priced('')
    expect(log).toMatchObject({
      files: [{ name: 'ledger', format: 'SQLite' }],
      from: '2026-11-20',
      to: '2026-11-22',
      requests: 4,
      tokens: { input: 3_062, output: 677, cacheRead: 500, reasoning: 40 },
      reported: '0.00171',
      skipped: [],
    })
    expect(log.unpriced.map(({ model }) => model)).toEqual(['acme/tiny:free'])
    expect(log.notes).toContainEqual(expect.stringMatching(/^2 attempts have no token counts/))
  })

  // Haiku 4.5 is $1 and $5 a million in the test's catalogue: (3,062 - 500) + 500 at $0.10 + 677 * $5.
  test('--on prices the ledger elsewhere', async () => {
    const { onOther } = await priced('--on claude-haiku-4.5')
    expect(onOther).toMatchObject([
      { model: 'anthropic/claude-haiku-4.5', requests: 4, tokens: '0.005997' },
    ])
    const { out } = await orx('usage --on claude-haiku-4.5 --since 2d', { env })
    expect(out).toContain('usage: ledger · 2026-11-21 to 2026-11-22 · 3 requests')
    expect(out).toContain('the same requests')
  })

  test('--regret says where nothing can be judged', async () => {
    const { out } = await orx('usage --regret --since 3h', { env })
    expect(out).toContain('regret: no model of this usage has a score')
    expect(out).not.toContain('config.toml')
  })

  test('before the first prompt', async () => {
    expect((await orx('usage')).out).toContain('no prompts recorded')
    const { out } = await orx('usage --json')
    expect(contract.parse(JSON.parse(out))).toMatchObject({ requests: 0, byModel: [] })
  })
})
