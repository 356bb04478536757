import { existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ANSWER } from '../openrouter/completion.ts'
import { stream } from '../openrouter/replies.ts'
import { type StandIn, startStandIn } from '../openrouter/server.ts'
import { chatWorld } from './chat-world.ts'

const TEXT = ANSWER.join('')
const CTRL_C = '\u0003'
const CTRL_D = '\u0004'
let standIn: StandIn
beforeEach(async () => {
  standIn = await startStandIn()
})
afterEach(() => standIn.close())

/** Types into a conversation step by step; each step waits until its text has appeared on either stream. */
async function talk(
  steps: readonly (readonly [typed: string, until: string])[],
  flags: readonly string[] = [],
) {
  const { chat, home } = chatWorld(standIn, ['OPENROUTER_API_KEY'])
  const keyboard = new PassThrough()
  const seen = { out: '', err: '', all: '' }
  const running = chat(['-m', 'deepseek-chat', ...flags], {
    stdin: { isTTY: true, stream: keyboard },
    tty: { out: true, err: true },
    out: (text) => {
      seen.out += text
      seen.all += text
    },
    err: (text) => {
      seen.err += text
      seen.all += text
    },
  })
  const appears = async (text: string) => {
    for (let waited = 0; !seen.all.includes(text) && waited < 5_000; waited += 5) {
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    expect(seen.all).toContain(text)
  }
  await appears('> ')
  for (const [typed, until] of steps) {
    seen.all = ''
    keyboard.write(typed)
    await appears(until)
  }
  keyboard.write(CTRL_D)
  const { status } = await running
  return { status, home, ...seen }
}

type Body = { readonly messages: readonly { readonly content: string }[] }

const asked = (at: number) =>
  (standIn.requests[at]?.body as Body | undefined)?.messages.map(({ content }) => content)

test('a conversation remembers what was said', async () => {
  const { status, out } = await talk([
    ['first\r', '$0.00001'],
    ['second\r', '$0.00001'],
    ['/cost\r', '$0.00002 for 2 replies'],
  ])
  expect(status).toBe(0)
  expect(out).toBe(`${TEXT}\n${TEXT}\n`)
  expect(asked(1)).toEqual(['first', TEXT, 'second'])
})

test('pasted lines and lines that end in a backslash stay together', async () => {
  await talk([
    ['\u001b[200~one\rtwo\r\u001b[201~three\r', '$0.00001'],
    ['a\\\rb\r', '$0.00001'],
  ])
  expect(asked(0)).toEqual(['one\ntwo\nthree'])
  expect(asked(1)?.at(-1)).toBe('a\nb')
})

test('an entry of several lines comes back from the history whole', async () => {
  await talk([
    ['\u001b[200~one\rtwo\r\u001b[201~three\r', '$0.00001'],
    // Arrow up.
    ['\u001b[A', '> one two three'],
    ['\r', '$0.00001'],
  ])
  expect(asked(1)?.at(-1)).toBe('one\ntwo\nthree')
})

test('/attach sends a file with the next prompt', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'orx-attach-')), 'photo.png')
  writeFileSync(file, Buffer.from('89504e470d0a1a0a0000', 'hex'))
  await talk([
    ['/model gpt-5.1\r', 'from now on'],
    ['/attach nowhere.png\r', 'nowhere.png cannot be read'],
    [`/attach ${file}\r`, 'with the next prompt: photo.png'],
    ['What is it?\r', 'gpt-5.1 · '],
  ])
  expect(asked(0)?.at(-1)).toMatchObject([
    { type: 'text', text: 'What is it?' },
    { type: 'image_url' },
  ])
})

test('commands change what is sent', async () => {
  const { err } = await talk([
    ['/model gpt-5.1 deepseek-chat\r', 'openai/gpt-5.1, then deepseek/deepseek-chat from now on'],
    ['/model no-such-model\r', 'error: '],
    ['/system brief\r', 'system prompt set'],
    ['hello\r', 'gpt-5.1 · '],
    ['/retry\r', 'gpt-5.1 · '],
    ['/route credits\r', 'route credits from now on'],
    ['/nonsense\r', 'there is no /nonsense'],
    ['/route sideways\r', 'is no route'],
    ['/help\r', '/attach FILE'],
  ])
  expect(standIn.requests[1]?.body).toMatchObject({
    models: ['openai/gpt-5.1', 'deepseek/deepseek-chat'],
  })
  expect(asked(1)).toEqual(['brief', 'hello'])
  expect(err).toContain('/exit')
})

test('a failure ends the turn, not the conversation', async () => {
  standIn.fail(['400'])
  const { status } = await talk([
    ['first\r', 'error: OpenRouter 400'],
    ['second\r', '$0.00001'],
  ])
  expect(status).toBe(0)
  expect(asked(1)).toEqual(['second'])
})

test('/save keeps a session; the history is kept, for its owner only', async () => {
  const { home } = await talk([
    ['hello\r', '$0.00001'],
    ['/save trip\r', 'saved'],
  ])
  expect(existsSync(join(home, 'data', 'sessions', 'trip.json'))).toBe(true)
  const history = join(home, 'data', 'history')
  expect(statSync(history).mode & 0o777).toBe(0o600)
  expect(readFileSync(history, 'utf8')).toBe('"hello"\n"/save trip"\n')
})

test('Ctrl-C stops the reply, closes the connection and says what it means for the bill', async () => {
  standIn.script(
    '/chat',
    stream([
      'data: {"provider":"DeepInfra","choices":[{"delta":{"content":"Once upon\\n\\n a"}}]}\n\n',
      { waitMs: 60_000 },
    ]),
  )
  const { status, out } = await talk([
    ['tell\r', 'Once upon'],
    [CTRL_C, 'DeepInfra stops charging here'],
  ])
  expect(status).toBe(0)
  expect(out).toContain('Once upon')
  expect(standIn.requests[0]?.aborted).toBe(true)
})

test('Ctrl-C twice leaves', async () => {
  const { status } = await talk([
    [CTRL_C, 'Ctrl-C again to leave'],
    [CTRL_C, ''],
  ])
  expect(status).toBe(0)
})

test('what is typed while a reply comes shows at the next prompt, not in the reply', async () => {
  standIn.script(
    '/chat',
    stream([
      'data: {"choices":[{"delta":{"content":"Once upon\\n\\n a"}}]}\n\n',
      { waitMs: 300 },
      'data: {"choices":[{"delta":{"content":" time"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n',
    ]),
  )
  const { out, err } = await talk([
    ['tell\r', 'Once upon'],
    ['ahead', '> ahead'],
    ['\r', '$0.00001'],
  ])
  expect(out).toBe(`Once upon\n\na time\n${TEXT}\n`)
  expect(err.slice(0, err.indexOf('> ahead'))).not.toContain('ahead')
  expect(asked(1)?.at(-1)).toBe('ahead')
})
