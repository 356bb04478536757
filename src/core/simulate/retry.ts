import type { Board, Tier } from './board.ts'
import type { Odds, Prepared, Tally } from './run.ts'
import type { Scene } from './scene.ts'
import { type Stream, uniform } from './stream.ts'
import { lookUp } from './ttft.ts'

/**
 * What follows a first attempt that went wrong. An error is noticed when the first token should have come; a rate limit at
 * once; both are assumptions. A cut stream ends the request: after the first token nobody is asked again.
 * @returns microseconds to the first token, without the gateway, or −1 where the request is never answered
 */
export type Retry = (
  board: Board,
  level: Uint8Array,
  cell: number,
  luck: number,
  firstUs: number,
) => number

export function retrier(
  { scene, tables, odds }: Pick<Prepared, 'scene' | 'tables' | 'odds'>,
  draws: Stream,
  tally: Tally,
): Retry {
  const n = scene.players.length
  const choose =
    scene.fallback === 'price'
      ? byCheapness(scene)
      : (tier: Tier, tried: ReadonlySet<number>) => drawn(tier, tried, uniform(draws))
  return (board, level, firstCell, firstLuck, firstUs) => {
    const size = Math.floor(firstCell / n)
    const walk = walker(board.queue(size), scene.tries)
    let cell = firstCell
    let luck = firstLuck
    let us = firstUs
    let waited = 0
    for (;;) {
      const counts = outcome(odds[level[cell % n] ?? 0], luck, tally)
      if (counts) count(counts, cell)
      else tally.rescued += 1
      if (!counts || counts === tally.cut) return Math.min(waited + us, MAX_US)
      if (counts === tally.failed) waited += us
      const tier = walk.after(cell % n)
      if (!tier) return -1
      cell = size * n + choose(tier, walk.tried)
      count(tally.retried, cell)
      luck = draws.next() >>> 0
      us = tables[cell % n]?.[lookUp(draws.next() >>> 0)] ?? 0
    }
  }
}

/** Where an attempt is booked that went wrong, if it did. */
const outcome = (odds: Odds | undefined, luck: number, tally: Tally): Int32Array | undefined => {
  if (!odds || luck >= odds.cut) return undefined
  if (luck >= odds.failed) return tally.cut
  return luck < odds.limited ? tally.limited : tally.failed
}

/** Walks down the tiers, leaving a block when it is empty or its tries are used up. */
function walker(queue: readonly Tier[], tries: number) {
  const tried = new Set<number>()
  let block = queue[0]?.block ?? 0
  let here = 0
  return {
    tried,
    after: (player: number): Tier | undefined => {
      tried.add(player)
      here += 1
      const tier = queue.find(
        (each) =>
          (here < tries || each.block > block) && each.players.some((its) => !tried.has(its)),
      )
      if (tier && tier.block !== block) {
        block = tier.block
        here = 0
      }
      return tier
    },
  }
}

const MAX_US = 2_000_000_000

function count(counts: Int32Array, at: number): void {
  counts[at] = (counts[at] ?? 0) + 1
}

function drawn({ players, weights }: Tier, tried: ReadonlySet<number>, chance: number): number {
  let sum = 0
  for (const [at, player] of players.entries()) if (!tried.has(player)) sum += weights[at] ?? 0
  let rest = chance * sum
  let last = 0
  for (const [at, player] of players.entries()) {
    if (tried.has(player)) continue
    last = player
    rest -= weights[at] ?? 0
    if (rest < 0) break
  }
  return last
}

function byCheapness({ byPrice }: Scene) {
  return ({ players }: Tier, tried: ReadonlySet<number>): number =>
    byPrice.find((player) => players.includes(player) && !tried.has(player)) ?? 0
}
