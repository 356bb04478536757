import { once } from 'node:events'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { type HttpRequest, type Network, send } from '../../src/sources/http.ts'
import { closedPort, proxy, serve } from './servers.ts'

const SECRET = 'sk-or-v1-0123456789'
const network = (more: Partial<Network> = {}): Network => ({
  env: {},
  offline: false,
  signal: new AbortController().signal,
  ...more,
})

const signal = () => {
  let give = () => {}
  const given = new Promise<void>((resolve) => {
    give = resolve
  })
  return { give: () => give(), given }
}

const caught = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toMatchObject({ name: 'OrxError' })
  expect(JSON.stringify(error) + String(error)).not.toContain(SECRET)
  return error
}

describe.each([
  ['undici', {}],
  ['node', { cold: true }],
] as const)('over %s', (_, way) => {
  const get = (url: string, more: Partial<HttpRequest> = {}, net: Partial<Network> = {}) =>
    send(network(net), { url, ...way, ...more })

  test('posts a body with headers and reads the answer, whatever its status', async () => {
    const url = await serve(async (request, response) => {
      const body = (await request.toArray()).join('')
      response.writeHead(402, { 'Content-Type': 'application/json', 'X-Two': ['a', 'b'] })
      response.end(JSON.stringify({ method: request.method, got: request.headers['x-one'], body }))
    })
    const response = await get(`${url}/a?b=c`, { headers: { 'x-one': '1' }, body: 'สวัสดี' })
    expect(response.status).toBe(402)
    expect(response.headers).toMatchObject({ 'content-type': 'application/json', 'x-two': 'a, b' })
    expect(await response.json()).toEqual({ method: 'POST', got: '1', body: 'สวัสดี' })
  })

  test('unpacks gzip', async () => {
    const url = await serve((request, response) => {
      expect(request.headers).toMatchObject({ 'accept-encoding': 'gzip', 'user-agent': 'orx' })
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('{"a":1}'))
    })
    expect(await (await get(url)).json()).toEqual({ a: 1 })
  })

  test.each([
    ['damaged gzip', { 'content-encoding': 'gzip' }, 'not gzip at all', 'damaged'],
    ['a web page', { 'content-type': 'text/html' }, '<!doctype html>', 'web page'],
    ['half of a JSON text', {}, '{"data": [', 'not JSON'],
  ])('calls %s invalid', async (_, headers, body, why) => {
    const url = await serve((_, response) => response.writeHead(200, headers).end(body))
    const error = await caught(get(url).then((response) => response.json()))
    expect(error).toMatchObject({
      code: 'UPSTREAM_INVALID',
      message: expect.stringContaining(why),
    })
  })

  test('streams piece by piece; a listener that wants no more closes the connection', async () => {
    const gone = signal()
    const url = await serve((_, response) => {
      response.on('close', gone.give).write('first')
    })
    const response = await get(url)
    await response.read((piece) => {
      expect(new TextDecoder().decode(piece)).toBe('first')
      return false
    })
    await gone.given
  })

  test('what the listener throws comes back, and the connection is closed', async () => {
    const gone = signal()
    const url = await serve((_, response) => {
      response.on('close', gone.give).write('first')
    })
    const response = await get(url)
    const wrong = new SyntaxError('wrong')
    await expect(
      response.read(() => {
        throw wrong
      }),
    ).rejects.toBe(wrong)
    await gone.given
  })

  test('discard closes the connection unread', async () => {
    const gone = signal()
    const url = await serve((_, response) => {
      response.on('close', gone.give).write('first')
    })
    ;(await get(url)).discard()
    await gone.given
  })

  test('stops at the size limit, also when the size only shows after unpacking', async () => {
    const packed = gzipSync(Buffer.alloc(3 * 1024 * 1024))
    const url = await serve((_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed),
    )
    const response = await get(url, { maxBytes: 1024 * 1024 })
    expect(await caught(response.text())).toMatchObject({
      code: 'UPSTREAM_INVALID',
      message: expect.stringContaining('larger than 1 MiB'),
    })
  })

  test('a refused connection says so at once', async () => {
    const port = await closedPort()
    const error = await caught(
      get(`http://127.0.0.1:${port}/v1?key=${SECRET}`, { headers: { authorization: SECRET } }),
    )
    expect(error).toMatchObject({
      code: 'UPSTREAM_UNREACHABLE',
      message: `127.0.0.1:${port} refuses the connection`,
      exit: 5,
    })
  })

  test('a server that says nothing runs into the timeout', async () => {
    const url = await serve(() => {})
    expect(await caught(get(url, { timeoutMs: 50 }))).toMatchObject({
      code: 'UPSTREAM_UNREACHABLE',
      message: expect.stringContaining('did not answer in time'),
    })
  })

  test('a body that stalls runs into the idle limit', async () => {
    const url = await serve((_, response) => {
      response.write('a')
    })
    const response = await get(url, { idleMs: 50 })
    expect(await caught(response.text())).toMatchObject({
      code: 'UPSTREAM_FAILED',
      message: expect.stringContaining('stopped sending'),
    })
  })

  test.each([
    ['cut off', 'content-length'],
    ['cut off in chunks', 'x-nothing'],
  ])('a body %s is an error, never a short answer', async (_, header) => {
    const url = await serve((_, response) => {
      response.writeHead(200, { [header]: '1000' })
      response.write('[1,2', () => response.socket?.destroy())
    })
    expect(await caught(get(url).then((response) => response.text()))).toMatchObject({
      code: 'UPSTREAM_FAILED',
    })
  })

  test('Ctrl-C interrupts before the answer and within it', async () => {
    const before = new AbortController()
    const url = await serve((request, response) => {
      if (request.url === '/silent') before.abort()
      else response.write('a')
    })
    const silent = get(`${url}/silent`, {}, { signal: before.signal })
    expect(await caught(silent)).toMatchObject({ code: 'INTERRUPTED', exit: 130 })
    const within = new AbortController()
    const response = await get(url, { signal: within.signal })
    const text = caught(response.text())
    within.abort()
    expect(await text).toMatchObject({ code: 'INTERRUPTED' })
    expect(await caught(get(url, {}, { signal: within.signal }))).toMatchObject({
      code: 'INTERRUPTED',
    })
  })

  test('--offline asks nobody', async () => {
    let asked = 0
    const url = await serve((_, response) => {
      asked += 1
      response.end()
    })
    const error = await caught(get(url, { headers: { authorization: SECRET } }, { offline: true }))
    expect(error).toMatchObject({ code: 'OFFLINE', exit: 5 })
    expect(asked).toBe(0)
  })

  test('GET follows redirects and takes no key to another origin', async () => {
    const keys: (string | undefined)[] = []
    const there = await serve((request, response) => {
      keys.push(request.headers.authorization)
      response.end('there')
    })
    const here = await serve((request, response) => {
      keys.push(request.headers.authorization)
      const location = request.url === '/1' ? '/2' : `${there}/3`
      response.writeHead(302, { location }).end('gone')
    })
    const response = await get(`${here}/1`, { headers: { authorization: SECRET } })
    expect(await response.text()).toBe('there')
    expect(keys).toEqual([SECRET, SECRET, undefined])
  })

  test.each([
    ['a POST', '/a', { body: '{}' }],
    ['a circle', '/circle', {}],
    ['another scheme', 'file:///etc/passwd', {}],
  ])('does not follow %s', async (_, location, more) => {
    const url = await serve((_, response) => response.writeHead(307, { location }).end())
    expect(await caught(get(`${url}/circle`, more))).toMatchObject({
      code: 'UPSTREAM_FAILED',
    })
  })

  test('304 without a body', async () => {
    const url = await serve((_, response) => response.writeHead(304, { etag: '"1"' }).end())
    const response = await get(url)
    expect([response.status, await response.text()]).toEqual([304, ''])
  })

  test.each(['ftp://a', 'nonsense', ''])('%j is no address', async (url) => {
    expect(await caught(get(url))).toMatchObject({ code: 'BAD_ARGUMENT' })
  })

  test('a key with a line break is refused unsent', async () => {
    const url = await serve((_, response) => response.end())
    const headers = { authorization: `${SECRET}\r\nx: y` }
    expect(await caught(get(url, { headers }))).toMatchObject({ code: 'BAD_ARGUMENT' })
  })

  test.each([
    ['--proxy', (url: string) => ({ proxy: url })],
    ['HTTP_PROXY', (url: string) => ({ env: { HTTP_PROXY: url } })],
    [
      'http_proxy',
      (url: string) => ({ env: { http_proxy: url, HTTP_PROXY: 'http://127.0.0.1:1' } }),
    ],
  ])('goes through %s with its password', async (_, net) => {
    const url = await serve((_, response) => response.end('through'))
    const { url: through, seen } = await proxy()
    const withUser = through.replace('http://', 'http://user:pass@')
    expect(await (await get(url, {}, net(withUser))).text()).toBe('through')
    const authorization = `Basic ${Buffer.from('user:pass').toString('base64')}`
    expect(seen).toEqual([{ target: new URL(url).host, authorization }])
  })

  test('NO_PROXY goes straight', async () => {
    const url = await serve((_, response) => response.end('straight'))
    const { url: around, seen } = await proxy()
    const env = { HTTP_PROXY: around, NO_PROXY: 'example.org,127.0.0.1' }
    expect(await (await get(url, {}, { env })).text()).toBe('straight')
    expect(seen).toEqual([])
  })

  test('a proxy that is not there, or refuses, is named without its password', async () => {
    const port = await closedPort()
    const absent = await caught(
      get('http://127.0.0.1:9', {}, { proxy: `http://u:${SECRET}@127.0.0.1:${port}` }),
    )
    expect(absent).toMatchObject({
      code: 'UPSTREAM_UNREACHABLE',
      message: `the proxy 127.0.0.1:${port} refuses the connection`,
    })
    const { url } = await proxy(407)
    const refusing = await caught(get('http://127.0.0.1:9', {}, { proxy: url }))
    expect(refusing).toMatchObject({ message: expect.stringContaining('answered 407') })
    expect(await caught(get('http://a', {}, { proxy: 'nonsense' }))).toMatchObject({
      code: 'BAD_ARGUMENT',
    })
  })
})

test('an unknown host', async () => {
  const error = await caught(send(network(), { url: 'http://nowhere.invalid/' }))
  expect(error).toMatchObject({ code: 'UPSTREAM_UNREACHABLE' })
})

test('waits for no keep-alive socket', async () => {
  const url = await serve((_, response) => response.end('x'))
  const { spawn } = await import('node:child_process')
  const code = `import('./src/sources/http.ts').then(async ({ send }) => {
    const r = await send({ env: {}, offline: false, signal: new AbortController().signal }, { url: process.argv[1] })
    await r.text()
  })`
  const child = spawn(process.execPath, ['--import', 'tsx', '-e', code, url], { stdio: 'inherit' })
  const [status] = await once(child, 'exit')
  expect(status).toBe(0)
})
