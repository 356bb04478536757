import type { NewRequest, Reservation } from '../../core/ledger.ts'
import type { Stop } from '../../core/send/stop.ts'
import { fit } from '../../core/worst-case.ts'
import type { Delivery, DeliveryWorld } from './delivery.ts'

/** Longer than any attempt may take, so that only a killed orx leaves a reservation that expires. */
const GRACE_MS = 60_000

/**
 * Reserves the worst case of one attempt. A limit of free requests that was only assumed is asked for before it refuses a prompt.
 */
export async function reserved(...order: Parameters<typeof reserve>): Promise<Reservation> {
  const held = reserve(...order)
  if (held.kind !== 'free-limit' || held.reported) return held
  const [, { askFreeQuota }] = order
  await askFreeQuota()
  return reserve(...order)
}

function reserve(
  delivery: Delivery,
  { ledger, now }: DeliveryWorld,
  stop: Stop,
  request: number | NewRequest,
  smaller: number | undefined,
): Reservation {
  const { promptTokens, asked, limits, rules } = delivery
  const { route, models, free, estimate, dearest, cap } = stop
  const provider = stop.target.route === 'direct' ? stop.target.provider : undefined
  return ledger.reserve(
    {
      request,
      route,
      models,
      free: free && route === 'credits',
      expires: new Date(now().getTime() + rules.deadlineMs + GRACE_MS),
      ...(provider && { provider }),
      ...(estimate && { estimate }),
    },
    // A free model spends nothing, whatever is left.
    free ? [] : limits,
    (left) => fit({ promptTokens, price: dearest, asked: smaller ?? asked, modelCap: cap }, left),
  )
}
