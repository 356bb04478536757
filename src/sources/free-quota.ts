import type { Context } from '../context.ts'
import { OrxError } from '../core/errors.ts'
import { fetchKey } from './account.ts'
import type { Network } from './http.ts'
import { OPENROUTER, resolveKey } from './keys.ts'
import type { Ledger } from './ledger/ledger.ts'

/**
 * Asks OpenRouter for the day's limit and use of free requests and remembers both: 1,000 instead of 50 for an account that
 * ever bought $10 of credits, which nothing on this machine can know. Without an answer nothing changes.
 * @throws OrxError INTERRUPTED
 */
export async function learnFreeQuota(
  ctx: Pick<Context, 'env' | 'now'>,
  net: Network,
  ledger: Ledger,
): Promise<void> {
  try {
    const key = await resolveKey(ctx, OPENROUTER)
    const info = key && (await fetchKey(net, key))
    if (info?.freeRequests) ledger.keepFreeReport({ ...info.freeRequests, at: ctx.now() })
  } catch (error) {
    if (!(error instanceof OrxError) || error.code === 'INTERRUPTED') throw error
  }
}
