import type { Churn, Scene } from './scene.ts'
import { type Stream, stream, uniform } from './stream.ts'

/** How an endpoint is: up, degraded (routed last, fails more often), or dead (fails everything). */
export const UP = 0
export const DEGRADED = 1
export const DEAD = 2

/** A stretch in which nothing changes. Levels are by player; `seen` is what OpenRouter knows of them. */
export type Segment = {
  readonly fromMs: number
  readonly toMs: number
  readonly level: Uint8Array
  readonly seen: Uint8Array
  readonly gatewayDown: boolean
}

/** Times at which a chain flips, beginning up or down at −lag in its long-run odds. */
export type Flips = { readonly downFirst: boolean; readonly atMs: readonly number[] }

/** One path of a chain from −lag to the end. */
export function flips(churn: Churn, lagMs: number, overMs: number, from: Stream): Flips {
  const up = churn.betweenMs / (churn.betweenMs + churn.lengthMs)
  const downFirst = uniform(from) >= up
  const atMs: number[] = []
  let down = downFirst
  // Starting in the long-run odds, the rest of the first sojourn is exponential like any other.
  let time = -lagMs
  for (;;) {
    time += -(down ? churn.lengthMs : churn.betweenMs) * Math.log(uniform(from))
    if (time >= overMs) return { downFirst, atMs }
    atMs.push(time)
    down = !down
  }
}

type Event = { readonly atMs: number; readonly apply: () => void }
/** Who is hit by what, as counts, since own, shared and certain outages may overlap. */
type State = { own: Uint8Array; dead: Uint8Array; shared: number; gateway: number }

/** The outages of one run, in order. Depends on seed, run and the players' keys, never on the policy. */
export function timeline(scene: Scene, run: number): readonly Segment[] {
  const { players, overMs } = scene
  const actual = newState(players.length)
  const seen = newState(players.length)
  const events: Event[] = []
  const lag = scene.assumptions.lagMs
  for (const [at, { key, churn }] of players.entries()) {
    if (!churn) continue
    const path = flips(churn, lag, overMs, stream(scene.seed, run, `outages of ${key}`))
    events.push(
      ...twice(path, lag, actual, seen, (state, down) => {
        state.own[at] = down ? 1 : 0
      }),
    )
  }
  const { shared } = scene.assumptions
  if (shared) {
    const path = flips(shared, lag, overMs, stream(scene.seed, run, 'shared outages'))
    events.push(
      ...twice(path, lag, actual, seen, (state, down) => {
        state.shared = down ? 1 : 0
      }),
    )
  }
  for (const { who, fromMs, toMs } of scene.incidents) {
    const change = (by: number) => (state: State) => {
      if (who === 'gateway') state.gateway += by
      else for (const at of who) state.dead[at] = (state.dead[at] ?? 0) + by
    }
    events.push(
      ...both(fromMs, lag, actual, seen, change(1)),
      ...both(toMs, lag, actual, seen, change(-1)),
    )
  }
  return segments(events, overMs, actual, seen)
}

const newState = (n: number): State => ({
  own: new Uint8Array(n),
  dead: new Uint8Array(n),
  shared: 0,
  gateway: 0,
})

/** Every change happens once to the endpoint and a lag later to what is known of it. */
function both(
  atMs: number,
  lag: number,
  actual: State,
  seen: State,
  change: (state: State) => void,
): readonly Event[] {
  return [
    { atMs, apply: () => change(actual) },
    { atMs: atMs + lag, apply: () => change(seen) },
  ]
}

function twice(
  { downFirst, atMs }: Flips,
  lag: number,
  actual: State,
  seen: State,
  change: (state: State, down: boolean) => void,
): readonly Event[] {
  const start = both(-lag, lag, actual, seen, (state) => change(state, downFirst))
  return [
    ...start,
    ...atMs.flatMap((time, index) =>
      both(time, lag, actual, seen, (state) => change(state, downFirst === (index % 2 === 1))),
    ),
  ]
}

function segments(
  events: readonly Event[],
  overMs: number,
  actual: State,
  seen: State,
): readonly Segment[] {
  const list: Segment[] = []
  let from = 0
  const close = (toMs: number) => {
    if (toMs <= from) return
    list.push({
      fromMs: from,
      toMs,
      level: levels(actual),
      seen: levels(seen),
      gatewayDown: actual.gateway > 0,
    })
    from = toMs
  }
  for (const { atMs, apply } of [...events].sort((a, b) => a.atMs - b.atMs)) {
    close(Math.min(atMs, overMs))
    apply()
  }
  close(overMs)
  return list
}

const levels = ({ own, dead, shared }: State): Uint8Array =>
  own.map((down, at) => ((dead[at] ?? 0) > 0 ? DEAD : down || shared ? DEGRADED : UP))
