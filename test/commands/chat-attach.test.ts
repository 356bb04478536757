import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ANSWER } from '../openrouter/completion.ts'
import { type StandIn, startStandIn } from '../openrouter/server.ts'
import { proxy, serve } from '../sources/servers.ts'
import { chatWorld, KEYS } from './chat-world.ts'

let standIn: StandIn
beforeEach(async () => {
  standIn = await startStandIn()
})
afterEach(() => standIn.close())

const body = (at = -1) => standIn.requests.at(at)?.body as Record<string, unknown>

const PNG = Buffer.from('89504e470d0a1a0a0000', 'hex')
const PICTURE = {
  type: 'image_url',
  image_url: { url: `data:image/png;base64,${PNG.toString('base64')}` },
}

describe('attachments', () => {
  const files: readonly (readonly [string, Buffer, object])[] = [
    ['picture.dat', PNG, PICTURE],
    [
      'paper.pdf',
      Buffer.from('%PDF-1.7 x'),
      {
        type: 'file',
        file: {
          filename: 'paper.pdf',
          file_data: `data:application/pdf;base64,${Buffer.from('%PDF-1.7 x').toString('base64')}`,
        },
      },
    ],
  ]
  test.each(files)('%s is typed by its content', async (name, content, part) => {
    const { chat, home } = chatWorld(standIn, ['OPENROUTER_API_KEY'])
    writeFileSync(join(home, name), content)
    const { status } = await chat(['-m', 'gpt-5.1', '-a', join(home, name), 'What is it?'])
    expect(status).toBe(0)
    expect(body()['messages']).toEqual([
      { role: 'user', content: [{ type: 'text', text: 'What is it?' }, part] },
    ])
  })
  test.each([
    ['notes.png', Buffer.from('plain text'), 'gpt-5.1', 2],
    ['picture.png', PNG, 'deepseek-chat', 3],
  ])(
    '%s for the wrong model or of no known type is refused',
    async (name, content, model, status) => {
      const { chat, home } = chatWorld(standIn, ['OPENROUTER_API_KEY'])
      writeFileSync(join(home, name), content)
      expect((await chat(['-m', model, '-a', join(home, name), 'x'])).status).toBe(status)
      expect(standIn.requests).toEqual([])
    },
  )
  test('a URL is fetched, and its content sent', async () => {
    const url = await serve((_, response) => response.end(PNG))
    const { chat } = chatWorld(standIn, ['OPENROUTER_API_KEY'])
    const { status } = await chat(['-m', 'gpt-5.1', '-a', `${url}/a/photo?size=1`, 'What is it?'])
    expect(status).toBe(0)
    expect(body()['messages']).toEqual([
      { role: 'user', content: [{ type: 'text', text: 'What is it?' }, PICTURE] },
    ])
  })
  test('a URL that has nothing is said, and nothing is sent', async () => {
    const url = await serve((_, response) => response.writeHead(404).end())
    const { chat } = chatWorld(standIn, ['OPENROUTER_API_KEY'])
    const { status, err } = await chat(['-m', 'gpt-5.1', '-a', `${url}/photo`, 'x'])
    expect(status).toBe(3)
    expect(err).toContain(`${new URL(url).host} answered 404 for the attachment`)
    expect(standIn.requests).toEqual([])
  })
  test('a larger file than any provider takes is refused before it is read whole', async () => {
    const url = await serve((_, response) => response.end(Buffer.concat([PNG, Buffer.alloc(33e6)])))
    const { chat } = chatWorld(standIn, ['OPENROUTER_API_KEY'])
    expect((await chat(['-m', 'gpt-5.1', '-a', `${url}/photo`, 'x'])).status).toBe(5)
    expect(standIn.requests).toEqual([])
  })
})

describe('a resumed session', () => {
  const resumed = async (between: (file: string) => void) => {
    const { chat, home } = chatWorld(standIn, ['OPENROUTER_API_KEY'])
    const file = join(home, 'photo.png')
    writeFileSync(file, PNG)
    await chat(['-m', 'gpt-5.1', '--session', 'trip', '-a', file, 'What is it?'])
    between(file)
    const { status, err } = await chat(['-m', 'gpt-5.1', '-c', 'And now?'])
    expect(status).toBe(0)
    return { err, file, first: (body()['messages'] as readonly { content: unknown }[])[0]?.content }
  }
  test('sends its attachments again', async () => {
    const { first, err } = await resumed(() => {})
    expect(first).toEqual([{ type: 'text', text: 'What is it?' }, PICTURE])
    expect(err).not.toContain('note')
  })
  test('names the one that has changed, and says so', async () => {
    const { first, err, file } = await resumed((path) =>
      writeFileSync(path, Buffer.concat([PNG, PNG])),
    )
    expect(first).toBe('What is it?\n[attached: photo.png]')
    expect(err).toContain(`note: photo.png is not sent again: ${file} has changed`)
  })
  test('names the one that is gone', async () => {
    const { first, err, file } = await resumed((path) => rmSync(path))
    expect(first).toBe('What is it?\n[attached: photo.png]')
    expect(err).toContain(`note: photo.png is not sent again: ${file} cannot be read (ENOENT)`)
  })
})

test('--proxy carries the prompt, and the attachment, through a CONNECT tunnel', async () => {
  const file = await serve((_, response) => response.end(PNG))
  const { url, seen } = await proxy()
  const { chat } = chatWorld(standIn, ['OPENROUTER_API_KEY'])
  const line = ['-m', 'gpt-5.1', '--proxy', url, '-a', `${file}/photo`, 'What is it?']
  const { status, out, err } = await chat(line)
  expect({ status, out }).toEqual({ status: 0, out: `${ANSWER.join('')}\n` })
  expect(seen.map(({ target }) => target)).toEqual([
    new URL(file).host,
    new URL(standIn.origin).host,
  ])
  expect(out + err).not.toContain(KEYS.OPENROUTER_API_KEY)
})

test('a proxy that is not there ends soon, and is named', async () => {
  const { chat } = chatWorld(standIn, ['OPENROUTER_API_KEY'])
  const line = ['-m', 'deepseek-chat', '--proxy', 'http://127.0.0.1:9', '--retries', '0', 'x']
  const { status, err } = await chat(line)
  expect(status).toBe(5)
  expect(err).toContain('the proxy 127.0.0.1:9 refuses the connection')
})
