import type { Reservation } from '../ledger.ts'
import type { Fault } from './fault.ts'
import type { Decision } from './policy.ts'
import type { Hop, Stop } from './stop.ts'

/** What is told of a failed attempt, and what comes after it. */
export function hopOf(
  stop: Stop,
  { status, message, provider }: Fault,
  decision: Decision,
  stops: readonly Stop[],
): Hop {
  return {
    route: stop.route,
    from: stop.name,
    reason: message,
    ...(provider && { provider }),
    ...(status !== undefined && { status }),
    next: nextOf(decision, stop, stops),
  }
}

function nextOf(decision: Decision, here: Stop, stops: readonly Stop[]): Hop['next'] {
  switch (decision.kind) {
    case 'retry':
      return decision
    case 'next':
      return { kind: 'next', to: placeText(stops[decision.stop] ?? here) }
    case 'fail':
      return { kind: 'end' }
    default:
      return decision satisfies never
  }
}

/** A stop that was left before anything was sent. */
export function refusedHop(
  stop: Stop,
  refusal: Exclude<Reservation, { kind: 'held' }>,
  next: Stop,
): Hop {
  const reason = refusal.kind === 'free-limit' ? 'free-model limit reached' : 'over budget'
  return {
    route: stop.route,
    from: placeText(stop),
    reason,
    next: { kind: 'next', to: placeText(next) },
  }
}

const placeText = ({ name, models }: Stop): string => `${models.join(', ')} by ${name}`

/** The hop in the ledger: "429: slow down". */
export const reasonText = ({ status, reason }: Hop): string =>
  status === undefined ? reason : `${status}: ${reason}`
