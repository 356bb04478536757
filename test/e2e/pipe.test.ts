import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { newHome, PACKAGE_DIR } from '../context.ts'
import { stream } from '../openrouter/replies.ts'
import { startStandIn } from '../openrouter/server.ts'

const BIN = join(PACKAGE_DIR, 'bin', 'orx.js')

const delta = (content: string): string =>
  `data: ${JSON.stringify({
    id: 'gen-1',
    model: 'openai/gpt-5.1',
    provider: 'OpenAI',
    choices: [{ index: 0, delta: { content }, finish_reason: null }],
  })}\n\n`

test('a reader that leaves in the middle of a reply cancels it; nothing stays held in the ledger', async () => {
  const standIn = await startStandIn()
  onTestFinished(standIn.close)
  const words = Array.from({ length: 400 }, () => [delta('word '), { waitMs: 20 }]).flat()
  standIn.script('/chat/completions', stream(words))
  const env = {
    ORX_HOME: newHome(),
    OPENROUTER_BASE_URL: standIn.url,
    OPENROUTER_API_KEY: 'sk-or-v1-stand-in',
  }
  const child = spawn(process.execPath, [BIN, 'chat', 'hi', '-m', 'openai/gpt-5.1'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let errors = ''
  child.stderr.on('data', (chunk) => {
    errors += chunk
  })
  await once(child.stdout, 'data')
  child.stdout.destroy()
  const [status] = await once(child, 'close')
  expect({ status, errors }).toEqual({ status: 0, errors: '' })
  expect(standIn.requests.find(({ path }) => path === '/chat/completions')?.aborted).toBe(true)
  const { stdout } = spawnSync(process.execPath, [BIN, 'receipt', '--json'], {
    env,
    encoding: 'utf8',
  })
  expect(JSON.parse(stdout)).toMatchObject({
    attempts: [{ status: 'interrupted', generation: 'gen-1' }],
  })
})

test.skipIf(!existsSync('/dev/full'))('a full disk is an error, not a stack trace', () => {
  const { status, stderr } = spawnSync(
    'sh',
    ['-c', `"$0" "$1" fees > /dev/full`, process.execPath, BIN],
    {
      env: { ORX_HOME: newHome() },
      encoding: 'utf8',
    },
  )
  expect(status).toBe(1)
  expect(stderr).toBe('error: the answer cannot be written (ENOSPC)\n  Check where it goes.\n')
})
