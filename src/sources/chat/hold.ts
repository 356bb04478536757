import type { NewRequest, Reservation } from '../../core/ledger.ts'
import type { Stop } from '../../core/send/stop.ts'
import { fit } from '../../core/worst-case.ts'
import type { Delivery, DeliveryWorld } from './delivery.ts'

/** Longer than any attempt may take, so that only a killed orx leaves a reservation that expires. */
const GRACE_MS = 60_000

/**
 * Reserves the worst case of one attempt. Before a prompt is refused, what was only assumed is looked at more closely: the
 * number of free requests a day is asked for, and a prompt that is too dear by its bytes is counted in tokens.
 */
export async function reserved(
  delivery: Delivery,
  world: DeliveryWorld,
  stop: Stop,
  request: number | NewRequest,
  smaller: number | undefined,
): Promise<Reservation> {
  const held = reserve(delivery, world, stop, request, smaller)
  if (held.kind === 'free-limit' && !held.reported) {
    await world.askFreeQuota()
    return reserve(delivery, world, stop, request, smaller)
  }
  if (held.kind === 'over-budget' && held.why === 'short') {
    const promptTokens = await delivery.countedTokens(stop.models)
    return reserve({ ...delivery, promptTokens }, world, stop, request, smaller)
  }
  return held
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
