import { OrxError } from '../core/errors.ts'
import {
  failure,
  invalid,
  type Origin,
  originOf,
  redirectRefused,
  type Stop,
  tooLarge,
} from './http-errors.ts'
import type { Dial, Proxies, Transfer } from './http-transfer.ts'

/** What a command may do on the network: built once from the Context and the global options. */
export type Network = {
  /** Where HTTPS_PROXY, HTTP_PROXY and NO_PROXY (upper or lower case) are read. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** Wins over the variables; NO_PROXY still holds. */
  readonly proxy?: string | undefined
  /** Refuses every request before a socket is opened. */
  readonly offline: boolean
  /** Ctrl-C. */
  readonly signal: AbortSignal
}

export type HttpRequest = {
  readonly url: string
  /** Default GET, or POST with a body. */
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Gives up this one request; Ctrl-C gives up all. */
  readonly signal?: AbortSignal
  /** Until the answer's headers are there. Default 30,000. A connection has at most 5,000 of them. */
  readonly timeoutMs?: number
  /** Between two pieces of the body. Default 60,000. */
  readonly idleMs?: number
  /** Of the decoded body. Default 64 MiB. */
  readonly maxBytes?: number
  /**
   * One exchange whose latency somebody waits for: goes over node:https where no proxy is set, because loading undici
   * takes 90 ms of a cold process (docs/decisions/0020).
   */
  readonly cold?: true
}

export type HttpResponse = {
  readonly status: number
  /** Names in lower case; repeated ones joined by ", ". */
  readonly headers: Readonly<Record<string, string>>
  /** Read once. Breaking out of the loop closes the connection. Throws UPSTREAM_FAILED where it breaks off. */
  readonly body: AsyncIterable<Uint8Array>
  readonly text: () => Promise<string>
  /** @throws OrxError UPSTREAM_INVALID where the body is not JSON. */
  readonly json: () => Promise<unknown>
  /** Closes the connection without reading on. */
  readonly discard: () => void
}

const MAX_BYTES = 64 * 1024 * 1024
const MAX_REDIRECTS = 3

/**
 * The program's only way to the network. Any HTTP status is an answer, not an error. Nothing is retried here.
 * GET follows up to three redirects, never from https to http, and drops credentials where the origin changes.
 * @throws OrxError OFFLINE, UPSTREAM_UNREACHABLE, UPSTREAM_FAILED, UPSTREAM_INVALID, INTERRUPTED or BAD_ARGUMENT.
 * Errors name the host and the path, never a query, a header or a body: keys travel there.
 */
export async function send(network: Network, request: HttpRequest): Promise<HttpResponse> {
  let url = parsedUrl(request.url)
  if (network.offline) {
    throw new OrxError(
      'OFFLINE',
      `--offline is set, so ${url.host} was not asked`,
      'Leave out --offline.',
    )
  }
  const method = request.method ?? (request.body === undefined ? 'GET' : 'POST')
  // Some gateways turn away whoever does not say who it is.
  let headers: Readonly<Record<string, string>> = { 'user-agent': 'orx', ...request.headers }
  if (method === 'GET') headers = { 'accept-encoding': 'gzip', ...headers }
  for (let hop = 0; ; hop++) {
    const response = await exchange(network, request, { url, method, headers })
    const location = response.headers['location']
    if (response.status < 300 || response.status === 304 || response.status >= 400) return response
    if (location === undefined) return response
    response.discard()
    const next = URL.canParse(location, url.href) ? new URL(location, url.href) : undefined
    const allowed = url.protocol === 'https:' ? ['https:'] : ['https:', 'http:']
    if (method !== 'GET' || !next || !allowed.includes(next.protocol) || hop === MAX_REDIRECTS) {
      throw redirectRefused(url, next)
    }
    if (next.origin !== url.origin) headers = withoutCredentials(headers)
    url = next
  }
}

const CREDENTIALS = /^(authorization|cookie|proxy-authorization|x-.*key.*|api-key)$/i
const withoutCredentials = (headers: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !CREDENTIALS.test(name)))

async function exchange(
  network: Network,
  request: HttpRequest,
  dial: Pick<Dial, 'url' | 'method' | 'headers'>,
): Promise<HttpResponse> {
  const { timeoutMs = 30_000, idleMs = 60_000, maxBytes = MAX_BYTES } = request
  const control = new AbortController()
  const stop = (reason: Stop) => () => control.abort(reason)
  const interrupted = stop('interrupted')
  const signals = [network.signal, ...(request.signal ? [request.signal] : [])]
  for (const signal of signals) {
    if (signal.aborted) interrupted()
    signal.addEventListener('abort', interrupted, { once: true })
  }
  const release = () => {
    for (const signal of signals) signal.removeEventListener('abort', interrupted)
  }
  const proxy = proxies(network)
  const origin = originOf(dial.url, proxy)
  const timer = setTimeout(stop('slow'), timeoutMs)
  try {
    control.signal.throwIfAborted()
    const transfer = await (await transport(request, proxy))({
      ...dial,
      body: request.body,
      signal: control.signal,
    })
    const headers = flat(transfer.headers)
    const raw = watched(transfer.body, { control, idleMs, origin, release })
    const body = limited(await decoded(raw, headers['content-encoding'], origin), maxBytes, origin)
    const discard = () => {
      release()
      transfer.close()
    }
    return { status: transfer.status, headers, body, discard, ...readers(body, headers, origin) }
  } catch (error) {
    release()
    throw failure(error, control.signal, origin, 'before')
  } finally {
    clearTimeout(timer)
  }
}

async function transport(
  { cold }: HttpRequest,
  proxy: Proxies | undefined,
): Promise<(dial: Dial) => Promise<Transfer>> {
  if (cold && !proxy) return (await import('./http-node.ts')).overNode
  return (await import('./http-undici.ts')).overUndici(proxy)
}

function proxies({ env, proxy }: Network): Proxies | undefined {
  const either = (name: string) => env[name.toLowerCase()] || env[name] || ''
  const http = proxy ?? either('HTTP_PROXY')
  const https = (proxy ?? either('HTTPS_PROXY')) || http
  for (const text of [http, https]) {
    if (text !== '' && !URL.canParse(text)) {
      throw new OrxError(
        'BAD_ARGUMENT',
        'the proxy is not a URL',
        'Write it as http://host:port, in --proxy or HTTPS_PROXY.',
      )
    }
  }
  return http || https ? { http, https, except: either('NO_PROXY') } : undefined
}

function parsedUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol === 'https:' || url?.protocol === 'http:') return url
  throw new OrxError(
    'BAD_ARGUMENT',
    'the address to ask is not an http(s) URL',
    'Check OPENROUTER_BASE_URL, e.g. https://openrouter.ai/api/v1.',
  )
}

function flat(headers: Transfer['headers']): Record<string, string> {
  const pairs = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined
      ? []
      : [[name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value]],
  )
  return Object.fromEntries(pairs)
}

type Watch = {
  readonly control: AbortController
  readonly idleMs: number
  readonly origin: Origin
  readonly release: () => void
}

async function* watched(body: AsyncIterable<Uint8Array>, watch: Watch): AsyncGenerator<Uint8Array> {
  let waiting = true
  const timer = setTimeout(() => {
    if (waiting) watch.control.abort('stalled' satisfies Stop)
    else timer.refresh()
  }, watch.idleMs)
  try {
    for await (const piece of body) {
      waiting = false
      yield piece
      waiting = true
      timer.refresh()
    }
  } catch (error) {
    throw failure(error, watch.control.signal, watch.origin, 'within')
  } finally {
    clearTimeout(timer)
    watch.release()
  }
}

async function decoded(
  body: AsyncIterable<Uint8Array>,
  encoding: string | undefined,
  origin: Origin,
): Promise<AsyncIterable<Uint8Array>> {
  if (encoding === undefined || encoding === 'identity') return body
  if (encoding !== 'gzip') throw invalid(origin, `it is packed as ${encoding}, which was not asked`)
  const [{ createGunzip }, { pipeline, Readable }] = await Promise.all([
    import('node:zlib'),
    import('node:stream'),
  ])
  return pipeline(Readable.from(body), createGunzip(), () => {})
}

async function* limited(
  body: AsyncIterable<Uint8Array>,
  maxBytes: number,
  origin: Origin,
): AsyncGenerator<Uint8Array> {
  let bytes = 0
  try {
    for await (const piece of body) {
      bytes += piece.length
      if (bytes > maxBytes) throw tooLarge(origin, maxBytes)
      yield piece
    }
  } catch (error) {
    throw error instanceof OrxError ? error : invalid(origin, 'its compressed body is damaged')
  }
}

function readers(
  body: AsyncIterable<Uint8Array>,
  headers: Readonly<Record<string, string>>,
  origin: Origin,
) {
  const text = async () => {
    const pieces: Uint8Array[] = []
    for await (const piece of body) pieces.push(piece)
    return new TextDecoder().decode(Buffer.concat(pieces))
  }
  const json = async (): Promise<unknown> => {
    const read = await text()
    try {
      return JSON.parse(read)
    } catch {
      const html = headers['content-type']?.includes('html') || /^\s*</.test(read)
      throw invalid(origin, html ? 'it is a web page, not JSON' : 'it is not JSON')
    }
  }
  return { text, json }
}
