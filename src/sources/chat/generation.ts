import { usd } from '../../core/money.ts'
import type { Usage } from '../../core/send/reply.ts'
import { type Network, send } from '../http.ts'
import { count, object } from './wire.ts'

/** A fresh id is unknown for a moment: 404. */
const WAITS_MS = [0, 300, 900] as const

/**
 * What OpenRouter charged for a generation whose stream told no usage, as after a cut. Undefined where it does not say in
 * about a second. Never throws.
 */
export async function billOfGeneration(
  network: Network,
  baseUrl: string,
  key: string,
  id: string,
): Promise<Usage | undefined> {
  for (const waitMs of WAITS_MS) {
    await new Promise((resolve) => setTimeout(resolve, waitMs))
    try {
      const response = await send(network, {
        url: `${baseUrl}/generation?id=${encodeURIComponent(id)}`,
        headers: { authorization: `Bearer ${key}` },
        timeoutMs: 2_000,
        cold: true,
      })
      if (response.status === 200) return usageOf(await response.json())
      response.discard()
      if (response.status !== 404) return undefined
    } catch {
      return undefined
    }
  }
  return undefined
}

function usageOf(body: unknown): Usage | undefined {
  const data = object(object(body)['data'])
  const cost = data['total_cost']
  if (typeof cost !== 'number') return undefined
  const upstream = data['upstream_inference_cost']
  return {
    prompt: count(data['native_tokens_prompt']),
    completion: count(data['native_tokens_completion']),
    cached: count(data['native_tokens_cached']),
    cacheWrite: 0,
    reasoning: count(data['native_tokens_reasoning']),
    cost: usd(String(cost)),
    ...(typeof upstream === 'number' && { upstream: usd(String(upstream)) }),
    isByok: data['is_byok'] === true,
  }
}
