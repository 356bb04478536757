import { afterEach, beforeEach, expect, test } from 'vitest'
import { openLedger } from '../../src/sources/ledger/ledger.ts'
import { json } from '../openrouter/replies.ts'
import { type StandIn, startStandIn } from '../openrouter/server.ts'
import { chatWorld } from './chat-world.ts'

const FREE = 'nvidia/nemotron-3-ultra-550b-a55b:free'

let standIn: StandIn
beforeEach(async () => {
  standIn = await startStandIn()
})
afterEach(() => standIn.close())

/** A world in which free prompts were already sent at these times. */
async function afterFree(times: readonly string[]) {
  const world = chatWorld(standIn, ['OPENROUTER_API_KEY'])
  let now = new Date(0)
  const ledger = await openLedger({ env: world.env, now: () => now }, () => {})
  for (const time of times) {
    now = new Date(`2026-11-22T${time}Z`)
    ledger.reserve(
      {
        request: { asked: FREE, candidates: [] },
        route: 'credits',
        models: [FREE],
        free: true,
        expires: now,
      },
      [],
      () => ({ kind: 'fits', maxTokens: 1, worst: undefined }),
    )
  }
  standIn.script(
    '/chat',
    json(200, {
      choices: [{ finish_reason: 'stop', message: { content: 'free' } }],
      usage: { prompt_tokens: 1, completion_tokens: 1, cost: 0 },
    }),
  )
  return world
}

const fiftyToday = Array.from(
  { length: 50 },
  (_, at) => `0${1 + Math.floor(at / 10)}:0${at % 10}:00`,
)

test('20 a minute: the 21st is refused with the second at which it may come back', async () => {
  const { chat } = await afterFree(Array.from({ length: 20 }, () => '11:59:40'))
  const { status, err } = await chat(['-m', FREE, 'x'])
  expect(status).toBe(5)
  expect(err).toContain('20 free requests a minute are used up')
  expect(err).toContain('at 2026-11-22 12:00:40 UTC')
  expect(standIn.requests).toEqual([])
})

test('50 a day: before refusing the 51st, OpenRouter is asked, and may allow 1,000', async () => {
  const { chat } = await afterFree(fiftyToday)
  const { status, out } = await chat(['-m', FREE, 'x'])
  expect({ status, out }).toEqual({ status: 0, out: 'free\n' })
  expect(standIn.requests.map(({ path }) => path)).toEqual(['/key', '/chat/completions'])
})

test.each([
  ['says so', json(200, { data: { free_model_daily_requests: { limit: 50, used: 50 } } })],
  ['does not answer', json(500, {})],
])('50 a day: the 51st is refused where OpenRouter %s', async (_, reply) => {
  standIn.script('/key', reply)
  const { chat } = await afterFree(fiftyToday)
  const { status, err } = await chat(['-m', FREE, 'x'])
  expect(status).toBe(5)
  expect(err).toContain('50 free requests a day are used up')
  expect(err).toContain('at 2026-11-23 00:00 UTC')
  expect(standIn.requests.map(({ path }) => path)).toEqual(['/key'])
})
