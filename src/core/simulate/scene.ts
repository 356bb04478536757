import type { Percentiles } from '../catalog/endpoint.ts'

/** All times in milliseconds, all chances in 0…1. Everything in a scene is plain data, so that it can go to a worker. */

/** Up and down as a memoryless chain, from mean times between and in outages. */
export type Churn = { readonly betweenMs: number; readonly lengthMs: number }

export type Player = {
  /** Unique within the scene and independent of its order: names the random stream. */
  readonly key: string
  /** Null: it never degrades. */
  readonly churn: Churn | null
  readonly ttftMs: Percentiles
}

/** A place in the routing of one request size; null where filters leave the endpoint out. */
export type Seat = {
  readonly block: number
  readonly last: boolean
  readonly rank: number
  readonly weight: number
}

export type SizeClass = {
  /** Share of the requests. */
  readonly share: number
  /** One a player. */
  readonly seats: readonly (Seat | null)[]
}

/** Somebody is out for certain, and fails everything. */
export type Incident = {
  /** Indices of players, or the gateway itself. */
  readonly who: readonly number[] | 'gateway'
  readonly fromMs: number
  readonly toMs: number
}

export type Assumptions = {
  /** Chance that an attempt at a healthy endpoint fails with an error, or is rate limited. */
  readonly error: number
  readonly rateLimited: number
  /** Chance that an attempt at a degraded endpoint fails. */
  readonly downError: number
  /** Chance that a stream is cut after it began; half of it is paid for. */
  readonly cut: number
  /** The gateway's overhead is uniform between these. */
  readonly gatewayMs: readonly [number, number]
  /** How late OpenRouter notices that an endpoint went down or came back. */
  readonly lagMs: number
  /** Outages that strike every endpoint at once, beside their own. */
  readonly shared: Churn | null
}

export type Scene = {
  readonly seed: number
  readonly runs: number
  /** Per run. */
  readonly requests: number
  readonly overMs: number
  readonly players: readonly Player[]
  readonly sizes: readonly SizeClass[]
  readonly tries: number
  readonly fallback: 'draw' | 'price'
  /** Players from cheap to dear, for the fallback by price. */
  readonly byPrice: readonly number[]
  readonly incidents: readonly Incident[]
  readonly assumptions: Assumptions
}

/** Chance that a chain in its long run is up. */
export const availability = (churn: Churn | null): number =>
  churn ? churn.betweenMs / (churn.betweenMs + churn.lengthMs) : 1
