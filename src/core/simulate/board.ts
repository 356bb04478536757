import type { Scene, Seat } from './scene.ts'
import { UP } from './timeline.ts'

/**
 * Where requests go while what OpenRouter sees does not change. A cell is a size and a player: size × players + player.
 * The first try is one draw from an alias table over all cells (Walker's method, Vose's construction).
 */
export type Board = {
  readonly accept: Float64Array
  readonly alias: Int32Array
  /** The players of a size in the order of their tiers; each tier is drawn from until it is empty. */
  readonly queue: (size: number) => readonly Tier[]
}

export type Tier = {
  readonly block: number
  readonly players: readonly number[]
  readonly weights: readonly number[]
}

/** Makes boards for a scene; the parts that do not depend on health are worked out once. */
export function boardMaker(scene: Scene): (seen: Uint8Array) => Board {
  const n = scene.players.length
  const rows = scene.sizes.map(({ seats, share }) => ({ seats, share, ranks: ranksOf(seats) }))
  return (seen) => {
    const chances = new Float64Array(rows.length * n)
    for (const [size, { ranks, seats, share }] of rows.entries()) {
      const first = lowest(ranks, seen)
      let sum = 0
      for (let player = 0; player < n; player++) {
        if (keyOf(ranks, seen, player) === first) sum += seats[player]?.weight ?? 0
      }
      for (let player = 0; player < n; player++) {
        if (keyOf(ranks, seen, player) !== first) continue
        chances[size * n + player] = (share * (seats[player]?.weight ?? 0)) / sum
      }
    }
    const queues: (readonly Tier[] | undefined)[] = []
    return {
      ...aliasTable(chances),
      queue: (size) => {
        const kept = queues[size] ?? queueOf(rows[size]?.seats ?? [], rows[size]?.ranks, seen)
        queues[size] = kept
        return kept
      },
    }
  }
}

/** Block after block; in each the healthy before the others, then by preference and rank. */
const BLOCK = 4e6
const UNHEALTHY = 2e6
const LAST = 1e6

const ranksOf = (seats: readonly (Seat | null)[]): Float64Array =>
  Float64Array.from(seats, (seat) =>
    seat ? seat.block * BLOCK + (seat.last ? LAST : 0) + seat.rank : Number.POSITIVE_INFINITY,
  )

const keyOf = (ranks: Float64Array, seen: Uint8Array, player: number): number =>
  (ranks[player] as number) + (seen[player] === UP ? 0 : UNHEALTHY)

function lowest(ranks: Float64Array, seen: Uint8Array): number {
  let least = Number.POSITIVE_INFINITY
  for (let player = 0; player < ranks.length; player++) {
    least = Math.min(least, keyOf(ranks, seen, player))
  }
  return least
}

function queueOf(
  seats: readonly (Seat | null)[],
  ranks: Float64Array | undefined,
  seen: Uint8Array,
): readonly Tier[] {
  const tiers = new Map<number, { block: number; players: number[]; weights: number[] }>()
  for (const [player, seat] of seats.entries()) {
    if (!seat || !ranks) continue
    const key = keyOf(ranks, seen, player)
    const tier = tiers.get(key)
    if (!tier) tiers.set(key, { block: seat.block, players: [player], weights: [seat.weight] })
    else {
      tier.players.push(player)
      tier.weights.push(seat.weight)
    }
  }
  return [...tiers].sort(([a], [b]) => a - b).map(([, tier]) => tier)
}

/** chances need not add up to one. */
export function aliasTable(chances: Float64Array): { accept: Float64Array; alias: Int32Array } {
  const n = chances.length
  let sum = 0
  for (let at = 0; at < n; at++) sum += chances[at] as number
  const accept = new Float64Array(n)
  const alias = new Int32Array(n)
  const small: number[] = []
  const large: number[] = []
  for (let at = 0; at < n; at++) {
    alias[at] = at
    accept[at] = ((chances[at] as number) / sum) * n
    if ((accept[at] as number) < 1) small.push(at)
    else large.push(at)
  }
  while (small.length > 0 && large.length > 0) {
    const less = small.pop() ?? 0
    const more = large[large.length - 1] ?? 0
    alias[less] = more
    const rest = (accept[more] ?? 0) - (1 - (accept[less] ?? 0))
    accept[more] = rest
    if (rest < 1) {
      large.pop()
      small.push(more)
    }
  }
  // What rounding left over is certain; an impossible cell among it would be a rounding error of 1e-16.
  for (const at of [...small, ...large]) accept[at] = (chances[at] ?? 0) > 0 ? 1 : (accept[at] ?? 0)
  return { accept, alias }
}
