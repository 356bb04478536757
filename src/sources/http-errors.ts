import { OrxError } from '../core/errors.ts'
import type { Proxies, Stop } from './http-transfer.ts'

/** Where a request goes. Errors name its host and path, never its query, nor the proxy's user and password. */
export type Origin = { readonly url: URL; readonly proxies: Proxies | undefined }

/** What is said of a request, worked out only where something goes wrong. */
function said({ url, proxies }: Origin) {
  const proxy = url.protocol === 'https:' ? proxies?.https : proxies?.http
  return { host: url.host, path: url.pathname, proxy: proxy ? new URL(proxy).host : undefined }
}

/** Turns whatever a transport threw into the error a user can act on. */
export function failure(
  error: unknown,
  stop: Stop | undefined,
  origin: Origin,
  when: 'before' | 'within',
): OrxError {
  if (error instanceof OrxError) return error
  const { host, path } = said(origin)
  switch (stop) {
    case 'interrupted':
      return new OrxError('INTERRUPTED', 'interrupted', 'Run the command again.')
    case 'slow':
      return unreachable(origin, `${host} did not answer in time`)
    case 'stalled':
      return new OrxError(
        'UPSTREAM_FAILED',
        `${host} stopped sending in the middle of ${path}`,
        'Try again in a moment.',
      )
    default:
      return when === 'before' ? connection(causes(error), origin) : brokenOff(origin)
  }
}

const brokenOff = (origin: Origin) =>
  new OrxError(
    'UPSTREAM_FAILED',
    `the connection to ${said(origin).host} broke off in the middle of ${said(origin).path}`,
    'Try again in a moment.',
  )

type Cause = { readonly code: string; readonly message: string }

/** The error with all that lies under it: undici and Node's address race wrap the telling one. */
function causes(error: unknown): readonly Cause[] {
  const found: Cause[] = []
  const visit = (each: unknown, depth: number): void => {
    if (depth > 4 || typeof each !== 'object' || each === null) return
    const { code, message, cause, errors } = each as Record<string, unknown>
    found.push({ code: String(code ?? ''), message: String(message ?? '') })
    visit(cause, depth + 1)
    if (Array.isArray(errors)) for (const one of errors) visit(one, depth + 1)
  }
  visit(error, 0)
  return found
}

const TLS = /^(ERR_TLS|CERT_|UNABLE_TO|SELF_SIGNED|DEPTH_ZERO|ERR_SSL|EPROTO)/

function connection(all: readonly Cause[], origin: Origin): OrxError {
  const { host, proxy } = said(origin)
  const has = (...codes: string[]) => all.some(({ code }) => codes.includes(code))
  const refusal = all
    .map(({ message }) => /Proxy response \((\d+)\)/.exec(message)?.[1])
    .find(Boolean)
  if (refusal !== undefined) return unreachable(origin, `the proxy ${proxy} answered ${refusal}`)
  if (has('ERR_INVALID_CHAR', 'UND_ERR_INVALID_ARG')) {
    return new OrxError(
      'BAD_ARGUMENT',
      `the request to ${host} has a header or a key that cannot be sent`,
      'Check the key for line breaks and stray characters.',
    )
  }
  const where = proxy ? `the proxy ${proxy}` : host
  if (has('ECONNREFUSED')) return unreachable(origin, `${where} refuses the connection`)
  if (has('ENOTFOUND', 'EAI_AGAIN'))
    return unreachable(origin, `${where} is not known to the network`)
  if (has('UND_ERR_CONNECT_TIMEOUT', 'ETIMEDOUT')) {
    return unreachable(origin, `${where} cannot be reached in time`)
  }
  if (all.some(({ code }) => TLS.test(code))) {
    return new OrxError(
      'UPSTREAM_UNREACHABLE',
      `no trusted TLS connection to ${where}`,
      'Behind a company proxy, set NODE_EXTRA_CA_CERTS to its certificate.',
    )
  }
  return unreachable(origin, `the connection to ${where} failed`)
}

const unreachable = (origin: Origin, message: string): OrxError =>
  new OrxError(
    'UPSTREAM_UNREACHABLE',
    message,
    said(origin).proxy
      ? 'Check --proxy, HTTPS_PROXY and NO_PROXY.'
      : 'Check the connection (and OPENROUTER_BASE_URL), or set --proxy; everything but chat and update works offline.',
  )

export const invalid = (origin: Origin, why: string): OrxError =>
  new OrxError(
    'UPSTREAM_INVALID',
    `the answer of ${said(origin).host} to ${said(origin).path} makes no sense: ${why}`,
    'Try again later, and check OPENROUTER_BASE_URL and --proxy.',
  )

export const tooLarge = (origin: Origin, maxBytes: number): OrxError =>
  invalid(origin, `it is larger than ${Math.floor(maxBytes / 1024 / 1024)} MiB`)

export const redirectRefused = (from: URL, to: URL | undefined): OrxError =>
  new OrxError(
    'UPSTREAM_FAILED',
    `${from.host} redirects ${from.pathname} to ${to ? to.origin + to.pathname : 'nowhere'}, which was not followed`,
    'If that is where it lives now, set OPENROUTER_BASE_URL to it.',
  )
