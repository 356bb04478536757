import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newHome, orx } from '../context.ts'
import { contract } from '../contract/status.ts'
import { NEW_ACCOUNT } from '../openrouter/account.ts'
import { json } from '../openrouter/replies.ts'
import { refusedUrl, type StandIn, startStandIn } from '../openrouter/server.ts'
import { pastHome } from '../sources/ledger/past.ts'

const SECRET = 'sk-or-v1-0123456789abcdef0123456789abcdef'
const BUDGET = '[budget]\nday = "5"\n"model:openai/gpt-5.1" = "1/month"\n'

let standIn: StandIn
beforeAll(async () => {
  standIn = await startStandIn()
})
afterAll(() => standIn.close())

async function run(line: string, env: Record<string, string> = {}, home = '') {
  const ORX_HOME = home || (await pastHome(BUDGET))
  const keys = { OPENROUTER_API_KEY: SECRET, OPENROUTER_BASE_URL: standIn.url }
  const result = await orx(line, { env: { ORX_HOME, ...keys, ...env } })
  expect(result.out + result.err).not.toContain('0123456789')
  return result
}

const parsed = (out: string) => contract.parse(JSON.parse(out))

describe('orx status', () => {
  test.each([
    ['status --catalog snapshot', 'status.txt'],
    ['status --catalog snapshot --format csv', 'status.csv'],
    ['status --catalog snapshot --offline', 'status-offline.txt'],
    ['status --help', 'status-help.txt'],
  ])('%s', async (line, file) => {
    const { status, out, err } = await run(line)
    expect({ status, err }).toEqual({ status: 0, err: '' })
    await expect(out.replace(/\d+ models, prices of.* old/, 'CATALOGUE')).toMatchFileSnapshot(
      `../__snapshots__/${file}`,
    )
  })

  test('shows the balance to a management key only', async () => {
    expect(parsed((await run('status --json')).out).account).toMatchObject({
      balance: null,
      keyLimitRemaining: '7.5',
      usageToday: '0.25',
    })
    Object.assign(standIn.account, { managementKey: true })
    const { account } = parsed((await run('status --json')).out)
    Object.assign(standIn.account, NEW_ACCOUNT)
    expect(account).toMatchObject({ balance: '20.5', creditsBought: '25' })
  })

  test('remembers the free quota that OpenRouter reports', async () => {
    const home = newHome()
    const none = { OPENROUTER_API_KEY: '' }
    expect(parsed((await run('status --json', none, home)).out).freeModels.day).toEqual({
      used: 0,
      limit: 50,
      reported: false,
    })
    await run('status', {}, home)
    expect(parsed((await run('status --json --offline', {}, home)).out).freeModels.day).toEqual({
      used: 3,
      limit: 1000,
      reported: true,
    })
  })

  test.each([
    [401, 4],
    [500, 5],
  ])('a %i exits %i, once everything else is shown', async (httpStatus, exit) => {
    standIn.script('/key', json(httpStatus, { error: { code: httpStatus, message: SECRET } }))
    const { status, out } = await run('status --json')
    expect(status).toBe(exit)
    expect(parsed(out)).toMatchObject({ account: null, budget: { limits: [{ amount: '5' }, {}] } })
  })

  test('a balance that cannot be had hides nothing else', async () => {
    const down = () =>
      standIn.script('/credits', json(503, { error: { code: 503, message: SECRET } }))
    down()
    const { status, out } = await run('status --json')
    expect(status).toBe(5)
    expect(parsed(out)).toMatchObject({
      account: { balance: null, keyLimitRemaining: '7.5' },
      accountUnknown: 'OpenRouter answered 503 to /credits',
    })
    down()
    expect((await run('status')).out).toContain(
      ' balance      OpenRouter answered 503 to /credits\n this key     $7.50 of',
    )
  })

  test('a refused connection and a body of another shape exit 5', async () => {
    expect(await run('status', { OPENROUTER_BASE_URL: await refusedUrl() })).toMatchObject({
      status: 5,
    })
    standIn.script('/key', json(200, { data: { usage: SECRET } }))
    expect(await run('status')).toMatchObject({ status: 5 })
  })

  test('without a key says how to add one', async () => {
    const { status, out } = await run('status', { OPENROUTER_API_KEY: '' }, newHome())
    expect(status).toBe(0)
    expect(out).toContain('orx keys set openrouter')
  })
})
