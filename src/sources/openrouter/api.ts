import { type ErrorCode, OrxError } from '../../core/errors.ts'
import { type HttpResponse, type Network, send } from '../http.ts'
import type { Validator } from './validators.ts'

const DEFAULT_BASE = 'https://openrouter.ai/api/v1'

/** OpenRouter's API, or what OPENROUTER_BASE_URL names instead (with its "/api/v1"); no slash at the end. */
export const baseUrl = (env: Network['env']): string =>
  (env['OPENROUTER_BASE_URL'] || DEFAULT_BASE).replace(/\/+$/, '')

export type Answer =
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'fresh'; readonly body: unknown; readonly validator: Validator }

/**
 * GETs a public list as JSON, asking only whether it changed where an earlier answer's validator is known.
 * @throws OrxError where there is no usable answer; see `send`.
 */
export async function getJson(
  network: Network,
  url: string,
  { known = {}, key }: { readonly known?: Validator; readonly key?: string | undefined } = {},
): Promise<Answer> {
  const response = await send(network, {
    url,
    headers: {
      accept: 'application/json',
      ...(known.etag ? { 'if-none-match': known.etag } : {}),
      ...(known.lastModified ? { 'if-modified-since': known.lastModified } : {}),
      ...(key ? { authorization: `Bearer ${key}` } : {}),
    },
  })
  if (response.status === 304 && (known.etag || known.lastModified)) {
    response.discard()
    return { kind: 'unchanged' }
  }
  if (response.status !== 200) {
    response.discard()
    throw refusal(response, url)
  }
  const validator = {
    etag: response.headers['etag'],
    lastModified: response.headers['last-modified'],
  }
  return { kind: 'fresh', body: await response.json(), validator }
}

function refusal({ status, headers }: HttpResponse, url: string): OrxError {
  const { host, pathname } = new URL(url)
  const code: ErrorCode =
    status === 429 ? 'RATE_LIMITED' : status === 401 ? 'KEY_REFUSED' : 'UPSTREAM_FAILED'
  const wait = headers['retry-after']
  const later = wait ? `Try again in ${wait} s.` : 'Try again in a minute.'
  return new OrxError(
    code,
    `${host} answered ${status} to ${pathname}`,
    status === 429 || status >= 500 ? later : 'Check OPENROUTER_BASE_URL and --proxy.',
  )
}
