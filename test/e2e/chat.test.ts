import { spawn } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { PACKAGE_DIR } from '../context.ts'
import { ANSWER } from '../openrouter/completion.ts'
import { stream } from '../openrouter/replies.ts'
import { type StandIn, startStandIn } from '../openrouter/server.ts'

let standIn: StandIn
beforeEach(async () => {
  standIn = await startStandIn()
})
afterEach(() => standIn.close())

/** The built program, as a user would start it. */
function start(args: readonly string[], home = mkdtempSync(join(tmpdir(), 'orx-e2e-'))) {
  const child = spawn(process.execPath, [join(PACKAGE_DIR, 'bin/orx.js'), 'chat', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      ORX_HOME: home,
      OPENROUTER_BASE_URL: standIn.url,
      OPENROUTER_API_KEY: 'sk-or-v1-0123456789abcdef',
    },
  })
  const seen = { out: '', err: '' }
  child.stdout.on('data', (data) => {
    seen.out += data
  })
  child.stderr.on('data', (data) => {
    seen.err += data
  })
  const ended = new Promise<{ status: number | null; out: string; err: string }>((resolve) => {
    child.on('close', (status) => resolve({ status, ...seen }))
  })
  return { child, ended, seen }
}

test('a prompt is answered on stdout, its receipt is on stderr', async () => {
  const { status, out, err } = await start(['-m', 'deepseek-chat', 'Hello']).ended
  expect({ status, out }).toEqual({ status: 0, out: `${ANSWER.join('')}\n` })
  expect(err).toContain('deepseek-chat · DeepInfra · credits · 12 in, 7 out')
})

// Libraries that are loaded late come out of the bundle otherwise than in the tests of commands.
test('a schema is checked, and tokens are counted, by the built program too', async () => {
  standIn.chat.answer = { text: ['{"n":"one"}'] }
  const home = mkdtempSync(join(tmpdir(), 'orx-e2e-'))
  const schema = join(home, 'answer.json')
  writeFileSync(schema, '{"type":"object","properties":{"n":{"type":"integer"}}}')
  writeFileSync(join(home, 'config.toml'), '[budget]\nday = "0.05"\n')
  const prompt = ' word'.repeat(10_000)
  const args = ['-m', 'gpt-5.1', '--schema', schema, prompt]
  const { status, err } = await start(args, home).ended
  expect(status).toBe(5)
  expect(err).toContain('does not fit the schema: /n must be integer')
  expect(standIn.requests).toHaveLength(1)
})

test('Ctrl-C in the middle of a reply closes the connection, keeps what came and exits with 130', async () => {
  const first = 'data: {"provider":"Groq","choices":[{"delta":{"content":"Once"}}]}\n\n'
  standIn.script('/chat', stream([first, { waitMs: 60_000 }]))
  const { child, ended } = start(['-m', 'deepseek-chat', 'Hello'])
  child.stdout.once('data', () => child.kill('SIGINT'))
  const { status, out, err } = await ended
  expect({ status, out }).toEqual({ status: 130, out: 'Once\n' })
  expect(err).toContain('Groq charges for the whole reply all the same')
  expect(standIn.requests[0]?.aborted).toBe(true)
})

test('a closed pipe ends it quietly', async () => {
  const { child, ended } = start(['-m', 'deepseek-chat', 'Hello'])
  child.stdout.destroy()
  const { err } = await ended
  expect(err).not.toContain('EPIPE')
})
