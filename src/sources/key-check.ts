import type { Context } from '../context.ts'
import { OrxError } from '../core/errors.ts'
import { PROVIDERS } from '../core/providers.ts'
import type { Key } from '../core/secret.ts'
import { fetchKey } from './account.ts'
import { loadConfig } from './config.ts'
import { type Network, send } from './http.ts'
import { OPENROUTER } from './keys.ts'

export type KeyVerdict = {
  readonly result: 'works' | 'refused' | 'unclear'
  /** One line for people: the status, or why there was none. */
  readonly detail: string
}

/** Asks the provider something that costs nothing and needs the key. Failures are verdicts, but for an interruption. */
export async function checkKey(
  ctx: Pick<Context, 'env'>,
  net: Network,
  key: Key,
): Promise<KeyVerdict> {
  try {
    return key.provider === OPENROUTER ? await ofOpenRouter(net, key) : await ofOther(ctx, net, key)
  } catch (error) {
    if (!(error instanceof OrxError) || error.code === 'INTERRUPTED') throw error
    return { result: error.code === 'KEY_REFUSED' ? 'refused' : 'unclear', detail: error.message }
  }
}

async function ofOpenRouter(net: Network, key: Key): Promise<KeyVerdict> {
  const { freeTier } = await fetchKey(net, key)
  return {
    result: 'works',
    detail: freeTier === true ? 'no credits bought yet: free models only' : 'more: orx status',
  }
}

/** Every provider lists its models to a valid key, and to no other. */
async function ofOther(ctx: Pick<Context, 'env'>, net: Network, key: Key): Promise<KeyVerdict> {
  const { provider: own } = await loadConfig(ctx)
  const known = PROVIDERS.find(({ slug }) => slug === key.provider)
  const baseUrl = own[key.provider]?.baseUrl ?? known?.baseUrl ?? ''
  const auth =
    known?.shape === 'anthropic'
      ? { 'x-api-key': key.reveal(), 'anthropic-version': '2023-06-01' }
      : { authorization: `Bearer ${key.reveal()}` }
  const response = await send(net, {
    url: `${baseUrl.replace(/\/+$/, '')}/models`,
    headers: { accept: 'application/json', ...auth },
    timeoutMs: 15_000,
  })
  response.discard()
  const { status } = response
  const detail = `${new URL(baseUrl).host} answered ${status}`
  if (status >= 200 && status < 300) return { result: 'works', detail }
  // Google answers 400 to a key it does not know.
  const refused =
    status === 401 || status === 403 || (status === 400 && key.provider === 'google-ai-studio')
  return { result: refused ? 'refused' : 'unclear', detail }
}
