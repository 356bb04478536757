import type { Outcome } from '../ledger.ts'
import type { Usd } from '../money.ts'
import { priceOf } from '../price.ts'
import type { Gathered } from './gather.ts'
import type { Usage } from './reply.ts'
import type { Stop } from './stop.ts'
import { timeOfWeek } from './time.ts'

/** What the ledger keeps of an attempt. `start`: when it was sent, in ms, for prices with hours. */
export function outcomeOf(
  status: Outcome['status'],
  reason: string | undefined,
  gathered: Gathered,
  stop: Stop,
  start: number,
  times: { readonly ttftMs: number | undefined; readonly durationMs: number },
): Outcome {
  const { usage, fault, model, provider, id, finishReason } = gathered
  const direct = stop.target.route === 'direct' ? stop.target : undefined
  const answered = direct ? direct.model : model
  const by = direct ? direct.provider : provider
  const estimate = usage && !usage.cost ? priced(usage, stop, start) : undefined
  return {
    status,
    durationMs: times.durationMs,
    ...(times.ttftMs !== undefined && { ttftMs: times.ttftMs }),
    ...(reason && { reason }),
    ...(fault?.status !== undefined && { httpStatus: fault.status }),
    ...(answered && { model: answered }),
    ...(by && { provider: by }),
    ...(id && { generation: id }),
    ...(finishReason && { finishReason }),
    ...(usage && { tokens: usage }),
    ...(usage?.cost && {
      bill: { cost: usage.cost, upstream: usage.upstream, isByok: usage.isByok === true },
    }),
    ...(estimate && { estimate }),
  }
}

/** What a reply without a bill cost by the price list. */
function priced(usage: Usage, { price }: Stop, at: number): Usd | undefined {
  if (!price) return undefined
  const { prompt, completion, cached, cacheWrite } = usage
  const quantities = {
    input: prompt,
    output: completion,
    cacheRead: cached,
    cacheWrite,
    requests: 1,
  }
  const charge = priceOf(price, quantities, prompt, timeOfWeek(new Date(at)))
  return charge.kind === 'priced' ? charge.total : undefined
}
