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

/** Something that starts (+1) or stops (−1) to afflict somebody; the kinds may overlap. */
type Change = {
  readonly atMs: number
  readonly kind: 'own' | 'shared' | 'dead' | 'gateway'
  readonly by: 1 | -1
  readonly player: number
}

/** The outages of one run, in order. Depends on seed, run and the players' keys, never on the policy. */
export function timeline(scene: Scene, run: number): readonly Segment[] {
  const changes = changesOf(scene, run).sort((a, b) => a.atMs - b.atMs)
  const { overMs, assumptions } = scene
  const actual = ledger(scene.players.length)
  const seen = ledger(scene.players.length)
  const list: Segment[] = []
  let from = 0
  const close = (toMs: number) => {
    if (toMs <= from) return
    list.push({
      fromMs: from,
      toMs,
      level: actual.levels(),
      seen: seen.levels(),
      gatewayDown: actual.gatewayDown(),
    })
    from = toMs
  }
  // What is known follows what is, a lag later: two fingers on one list.
  const lag = assumptions.lagMs
  let known = 0
  for (const change of [...changes, END]) {
    for (; ; known++) {
      const late = changes[known]
      if (!late || late.atMs + lag > change.atMs || late.atMs + lag >= overMs) break
      close(late.atMs + lag)
      seen.apply(late)
    }
    if (change.atMs >= overMs) break
    close(change.atMs)
    actual.apply(change)
  }
  close(overMs)
  return list
}

const END: Change = { atMs: Number.POSITIVE_INFINITY, kind: 'own', by: 1, player: 0 }

function changesOf(
  { seed, players, incidents, overMs, assumptions }: Scene,
  run: number,
): Change[] {
  const { lagMs, shared } = assumptions
  const changes: Change[] = []
  const book = (kind: 'own' | 'shared', player: number, { downFirst, atMs }: Flips) => {
    if (downFirst) changes.push({ atMs: -lagMs, kind, by: 1, player })
    let down = downFirst
    for (const at of atMs) {
      changes.push({ atMs: at, kind, by: down ? -1 : 1, player })
      down = !down
    }
  }
  for (const [player, { key, churn }] of players.entries()) {
    const from = stream(seed, run, `outages of ${key}`)
    if (churn) book('own', player, flips(churn, lagMs, overMs, from))
  }
  if (shared) {
    book('shared', 0, flips(shared, lagMs, overMs, stream(seed, run, 'shared outages')))
  }
  for (const { who, fromMs, toMs } of incidents) {
    const kind = who === 'gateway' ? 'gateway' : 'dead'
    for (const player of who === 'gateway' ? [0] : who) {
      changes.push({ atMs: fromMs, kind, by: 1, player }, { atMs: toMs, kind, by: -1, player })
    }
  }
  return changes
}

/** Who is afflicted by what at a moment; its levels are copied only when they have changed. */
function ledger(players: number) {
  const own = new Uint8Array(players)
  const dead = new Uint8Array(players)
  let shared = 0
  let gateway = 0
  let levels = new Uint8Array(players)
  let stale = false
  const levelOf = (player: number): number =>
    (dead[player] ?? 0) > 0 ? DEAD : own[player] || shared > 0 ? DEGRADED : UP
  return {
    gatewayDown: () => gateway > 0,
    apply: ({ kind, by, player }: Change) => {
      if (kind === 'own') own[player] = by > 0 ? 1 : 0
      else if (kind === 'dead') dead[player] = (dead[player] ?? 0) + by
      else if (kind === 'shared') shared += by
      else gateway += by
      stale = true
    },
    levels: () => {
      if (stale) {
        const fresh = new Uint8Array(players)
        for (let player = 0; player < players; player++) fresh[player] = levelOf(player)
        levels = fresh
        stale = false
      }
      return levels
    },
  }
}
