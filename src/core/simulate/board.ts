import type { Scene, Seat } from './scene.ts'
import { UP } from './timeline.ts'

/**
 * Where requests go while what OpenRouter sees does not change. A cell is a size and a player: size × players + player.
 * The first try is one draw from an alias table over all cells (Walker's method, Vose's construction).
 */
export type Board = {
  readonly accept: Float64Array
  readonly alias: Int32Array
  /** Per size, the players in the order of their tiers; each tier is drawn from until it is empty. */
  readonly queues: readonly (readonly Tier[])[]
}

export type Tier = {
  readonly block: number
  readonly players: readonly number[]
  readonly weights: readonly number[]
}

export function board(scene: Scene, seen: Uint8Array): Board {
  const queues = scene.sizes.map(({ seats }) => queueOf(seats, seen))
  const n = scene.players.length
  const chances = new Float64Array(scene.sizes.length * n)
  for (const [size, queue] of queues.entries()) {
    const [first] = queue
    if (!first) continue
    const sum = first.weights.reduce((total, weight) => total + weight, 0)
    for (const [index, player] of first.players.entries()) {
      chances[size * n + player] =
        ((scene.sizes[size]?.share ?? 0) * (first.weights[index] ?? 0)) / sum
    }
  }
  return { ...aliasTable(chances), queues }
}

/** Block after block; in each the healthy before the others, then by preference and rank. */
function queueOf(seats: readonly (Seat | null)[], seen: Uint8Array): readonly Tier[] {
  const tiers = new Map<number, { block: number; players: number[]; weights: number[] }>()
  for (const [player, seat] of seats.entries()) {
    if (!seat) continue
    const key =
      seat.block * 4e6 + (seen[player] === UP ? 0 : 2e6) + (seat.last ? 1e6 : 0) + seat.rank
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
  const sum = chances.reduce((total, chance) => total + chance, 0)
  const accept = chances.map((chance) => (chance / sum) * n)
  const alias = Int32Array.from({ length: n }, (_, at) => at)
  const small: number[] = []
  const large: number[] = []
  for (const [at, value] of accept.entries()) (value < 1 ? small : large).push(at)
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
