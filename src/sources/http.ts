import { OrxError } from '../core/errors.ts'
import { type OnPiece, readBody, unpacked } from './http-body.ts'
import { failure, invalid, type Origin, redirectRefused } from './http-errors.ts'
import { type Dial, newBrake, type Proxies, type Transfer } from './http-transfer.ts'

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
  /**
   * Hands over the body, once, as it comes; `false` from the listener closes the connection.
   * @throws OrxError UPSTREAM_FAILED where it breaks off, and whatever the listener throws.
   */
  readonly read: (onPiece: OnPiece) => Promise<void>
  readonly bytes: () => Promise<Buffer>
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
  const brake = newBrake()
  const interrupted = () => brake.pull('interrupted')
  const proxy = proxies(network)
  const origin = { url: dial.url, proxies: proxy }
  const signals = [network.signal, ...(request.signal ? [request.signal] : [])]
  if (signals.some(({ aborted }) => aborted)) {
    throw failure(undefined, 'interrupted', origin, 'before')
  }
  // On its way before the rest is prepared.
  const exchanged = carry({ ...dial, body: request.body, brake }, request, proxy)
  for (const signal of signals) signal.addEventListener('abort', interrupted, { once: true })
  const release = () => {
    for (const signal of signals) signal.removeEventListener('abort', interrupted)
  }
  const timer = setTimeout(() => brake.pull('slow'), timeoutMs)
  try {
    const transfer = await exchanged
    const headers = flat(transfer.headers)
    const { close } = transfer
    const packing = headers['content-encoding']
    const body = packing ? await unpacked(transfer.body, packing, origin) : transfer.body
    const limits = { origin, idleMs, maxBytes, brake, close, release }
    const discard = () => {
      release()
      close()
    }
    const read = (onPiece: OnPiece) => readBody(body, limits, onPiece)
    return { status: transfer.status, headers, discard, ...readers(read, headers, origin) }
  } catch (error) {
    release()
    throw failure(error, brake.pulled(), origin, 'before')
  } finally {
    clearTimeout(timer)
  }
}

/** Kept once it is loaded: even a module that is there already takes a turn of the event loop to import. */
let overNode: ((dial: Dial) => Promise<Transfer>) | undefined

async function carry(
  dial: Dial,
  { cold }: HttpRequest,
  proxy: Proxies | undefined,
): Promise<Transfer> {
  if (!cold || proxy) return (await import('./http-undici.ts')).overUndici(proxy)(dial)
  overNode ??= (await import('./http-node.ts')).overNode
  return overNode(dial)
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
  try {
    const url = new URL(text)
    if (url.protocol === 'https:' || url.protocol === 'http:') return url
  } catch {
    // Said below, as of any other address.
  }
  throw new OrxError(
    'BAD_ARGUMENT',
    'the address to ask is not an http(s) URL',
    'Check OPENROUTER_BASE_URL, e.g. https://openrouter.ai/api/v1.',
  )
}

function flat(headers: Transfer['headers']): Record<string, string> {
  const all: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined)
      all[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value
  }
  return all
}

/** The ways to read a body, once. */
function readers(
  read: HttpResponse['read'],
  headers: Readonly<Record<string, string>>,
  origin: Origin,
) {
  const bytes = async () => {
    const pieces: Uint8Array[] = []
    await read((piece) => {
      pieces.push(piece)
    })
    return Buffer.concat(pieces)
  }
  const text = async () => new TextDecoder().decode(await bytes())
  const json = async (): Promise<unknown> => {
    const body = await text()
    try {
      return JSON.parse(body)
    } catch {
      const html = headers['content-type']?.includes('html') || /^\s*</.test(body)
      throw invalid(origin, html ? 'it is a web page, not JSON' : 'it is not JSON')
    }
  }
  return { read, bytes, text, json }
}
