import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'libsql'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { newHome, orx, PACKAGE_DIR } from '../context.ts'
import { contract as budgetContract } from '../contract/budget.ts'
import { contract as receiptContract } from '../contract/receipt.ts'
import { openRouterChat } from '../openrouter/chat.ts'
import type { Reply } from '../openrouter/replies.ts'
import { type StandIn, startStandIn } from '../openrouter/server.ts'

const BIN = join(PACKAGE_DIR, 'bin', 'orx.js')
const SECRET = 'sk-or-v1-0123456789abcdef0123456789abcdef'

const PROMPT = 'my very private question'

let standIn: StandIn
let env = { ORX_HOME: '' }
beforeEach(async () => {
  standIn = await startStandIn()
  env = { ORX_HOME: newHome() }
  // $0.02, and 500 tokens of gpt-5.1 at $10 per 1M cost $0.005, with the prompt a little more: three fit at once.
  writeFileSync(join(env.ORX_HOME, 'config.toml'), '[budget]\ntotal = "0.02"\n')
})
afterEach(() => standIn.close())

/** The built program, sending one prompt by credits. */
function chat(...more: readonly string[]) {
  const args = [
    'chat',
    '-m',
    'openai/gpt-5.1',
    '--max-tokens',
    '500',
    '--route',
    'credits',
    ...more,
  ]
  return spawn(process.execPath, [BIN, ...args, PROMPT], {
    env: { ...env, OPENROUTER_API_KEY: SECRET, OPENROUTER_BASE_URL: standIn.url },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** Healthy replies that all wait until `open` is called. */
function gate() {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  const reply: Reply = async (response, request) => {
    await opened
    await openRouterChat(standIn.chat)(response, request)
  }
  return { reply, open }
}

const rows = () =>
  new Database(join(env.ORX_HOME, 'data', 'ledger.sqlite'))
    .prepare('SELECT status, count(*) AS n FROM attempt GROUP BY status')
    .all()

const budget = async () => {
  const { limits } = budgetContract.parse(JSON.parse((await orx('budget --json', { env })).out))
  return limits[0]
}

describe('the built program', () => {
  test('eight prompts at once on a fresh ledger: only as many as the budget can pay are sent', async () => {
    const { reply, open } = gate()
    standIn.script('/chat', ...Array<Reply>(8).fill(reply))
    const before = standIn.requests.length
    let decided = 0
    const children = Array.from({ length: 8 }, () => chat())
    const ends = children.map(async (child) => {
      const [code] = await once(child, 'close')
      decided += 1
      return code as number
    })
    // Each has either sent its prompt, and waits for the reply, or was refused.
    while (decided + standIn.requests.length - before < 8)
      await new Promise((r) => setTimeout(r, 20))
    expect(standIn.requests.length - before).toBe(3)
    open()
    const codes = (await Promise.all(ends)).sort()
    expect(codes).toEqual([0, 0, 0, 6, 6, 6, 6, 6])
    expect(rows()).toEqual([{ status: 'ok', n: 3 }])
    expect(await budget()).toMatchObject({ held: '0' })
  })

  test('kill -9 while the reply comes leaves a reservation that holds, then expires', async () => {
    const { reply } = gate()
    standIn.script('/chat', reply)
    const before = standIn.requests.length
    const child = chat()
    while (standIn.requests.length === before) await new Promise((r) => setTimeout(r, 20))
    child.kill('SIGKILL')
    await once(child, 'close')
    // The in-process world lives in 2026; the program that was killed ran by the real clock.
    const real = { env, now: () => new Date() }
    const { out } = await orx('receipt --json', real)
    const receipt = receiptContract.parse(JSON.parse(out))
    expect(receipt.attempts).toMatchObject([{ status: 'open', maxTokens: 500, spend: null }])
    const held = JSON.parse((await orx('budget --json', real)).out).limits[0].held
    expect(held).toBe(receipt.attempts[0]?.held)
    const later = { env, now: () => new Date(Date.now() + 86_400_000) }
    expect(JSON.parse((await orx('budget --json', later)).out).limits[0].held).toBe('0')
    expect(JSON.parse((await orx('receipt --json', later)).out).attempts).toMatchObject([
      { status: 'lost', settledBy: 'unknown' },
    ])
  })

  test.each([
    [[], false],
    [['--log-prompts'], true],
  ])(
    'no file of the home holds the key, and the prompt only if asked to: %j',
    async (flags, kept) => {
      const child = chat(...flags)
      let out = ''
      for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', (piece) => {
          out += piece
        })
      }
      await once(child, 'close')
      const files = readdirSync(env.ORX_HOME, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'latin1'))
        .join('')
      expect(files).toContain('openai/gpt-5.1')
      expect(files + out).not.toContain(SECRET.slice(-20))
      expect(files.includes(PROMPT)).toBe(kept)
    },
  )
})
