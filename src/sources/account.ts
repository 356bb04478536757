import { OrxError } from '../core/errors.ts'
import type { Usd } from '../core/money.ts'
import type { Key } from '../core/secret.ts'
import { type HttpResponse, type Network, send } from './http.ts'

/** What OpenRouter tells a key about itself. Null: not told, or no limit. Months and days are those of UTC. */
export type KeyInfo = {
  readonly limit: Usd | null
  readonly limitRemaining: Usd | null
  /** "daily", "weekly", "monthly"; null for a limit that never starts over. */
  readonly limitReset: string | null
  readonly usage: Usd | null
  readonly usageToday: Usd | null
  readonly usageThisMonth: Usd | null
  /** List price of what went over the user's own provider keys. */
  readonly byokThisMonth: Usd | null
  /** True until credits are bought. */
  readonly freeTier: boolean | null
  readonly expires: string | null
  readonly freeRequests: { readonly limit: number; readonly used: number } | null
}

export type Credits = { readonly bought: Usd; readonly used: Usd }

const base = (env: Network['env']): string =>
  (env['OPENROUTER_BASE_URL'] || 'https://openrouter.ai/api/v1').replace(/\/+$/, '')

const ask = (net: Network, path: string, key: Key): Promise<HttpResponse> =>
  send(net, {
    url: `${base(net.env)}${path}`,
    headers: { authorization: `Bearer ${key.reveal()}`, accept: 'application/json' },
    timeoutMs: 15_000,
    maxBytes: 1 << 20,
  })

/** @throws OrxError KEY_REFUSED on 401 and 403, others where there is no usable answer. */
export async function fetchKey(net: Network, key: Key): Promise<KeyInfo> {
  const response = await ask(net, '/key', key)
  if (response.status !== 200) {
    response.discard()
    throw refusal(response.status, '/key', key)
  }
  const { parseKey } = await import('./account-schema.ts')
  const info = parseKey(await response.json())
  if (info) return info
  throw odd('/key')
}

/** The account's balance, which only a management key may see; undefined for any other. */
export async function fetchCredits(net: Network, key: Key): Promise<Credits | undefined> {
  const response = await ask(net, '/credits', key)
  if (response.status === 401 || response.status === 403) {
    response.discard()
    return undefined
  }
  if (response.status !== 200) {
    response.discard()
    throw refusal(response.status, '/credits', key)
  }
  const { parseCredits } = await import('./account-schema.ts')
  const credits = parseCredits(await response.json())
  if (credits) return credits
  throw odd('/credits')
}

const refusal = (status: number, path: string, { masked }: Key): OrxError =>
  status === 401 || status === 403
    ? new OrxError(
        'KEY_REFUSED',
        `OpenRouter refuses the key ${masked} (${status})`,
        'Make a new one at openrouter.ai/keys, then: orx keys set openrouter',
      )
    : new OrxError(
        status === 429 ? 'RATE_LIMITED' : 'UPSTREAM_FAILED',
        `OpenRouter answered ${status} to ${path}`,
        'Try again in a minute.',
      )

const odd = (path: string): OrxError =>
  new OrxError(
    'UPSTREAM_INVALID',
    `OpenRouter's answer to ${path} is not in the shape it documents`,
    'Check OPENROUTER_BASE_URL; if it is right, orx needs an update.',
  )
