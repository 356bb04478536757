import type { Board } from './board.ts'
import { type Retry, retrier } from './retry.ts'
import type { Prepared, Tally } from './run.ts'
import { type Stream, stream } from './stream.ts'
import type { Segment } from './timeline.ts'
import { LEVEL_2, LEVEL_3 } from './ttft.ts'

const BITS = 4294967296

/** Serves requests of one segment; without a board the gateway is down and nobody is served. */
export type Serve = (segment: Segment, board: Board | undefined, count: number) => void

export function server(
  { scene, tables, overhead, odds }: Prepared,
  run: number,
  tally: Tally,
): Serve {
  const players = scene.players.length
  const rowLength = tables[0]?.length ?? 0
  const times = new Int32Array(rowLength * players)
  for (const [at, table] of tables.entries()) times.set(table, at * rowLength)
  const hot: Hot = {
    players,
    rowLength,
    times,
    overhead,
    trouble: new Float64Array(players),
    draws: stream(scene.seed, run, 'requests'),
    retry: retrier({ scene, tables, odds }, stream(scene.seed, run, 'retries'), tally),
    first: tally.first,
    ttft: tally.ttft,
  }
  return (segment, board, count) => {
    tally.requests += count
    if (!board) {
      tally.gatewayDown += count
      return
    }
    for (const [at, level] of segment.level.entries()) hot.trouble[at] = odds[level]?.cut ?? 0
    serveMany(hot, board, segment.level, count)
  }
}

type Hot = {
  readonly players: number
  readonly rowLength: number
  readonly times: Int32Array
  readonly overhead: Int32Array
  /** By player, the threshold below which an attempt does not simply succeed. */
  readonly trouble: Float64Array
  readonly draws: Stream
  readonly retry: Retry
  readonly first: Int32Array
  readonly ttft: Int32Array
}

/**
 * The hot loop: all arrays typed, nothing allocated, and three draws a request whatever happens, so that policies that are
 * compared stay in step. Indices are in range by construction, hence `as number`.
 */
function serveMany(hot: Hot, board: Board, level: Uint8Array, count: number): void {
  const { players, rowLength, times, overhead, trouble, draws, retry, first, ttft } = hot
  const { accept, alias } = board
  const scale = accept.length / BITS
  const oneSize = accept.length === players
  for (let served = 0; served < count; served++) {
    const spot = (draws.next() >>> 0) * scale
    let cell = spot | 0
    if (spot - cell >= (accept[cell] as number)) cell = alias[cell] as number
    const player = oneSize ? cell : cell % players
    const luck = draws.next() >>> 0
    const bits = draws.next() >>> 0
    first[cell] = (first[cell] as number) + 1
    // The three levels of a quantile table, as in ttft.ts.
    const row = player * rowLength
    let us: number
    if (bits < LEVEL_2) us = times[row + (bits >>> 20)] as number
    else if (bits < LEVEL_3) us = times[row + 4096 + ((bits - LEVEL_2) >>> 13)] as number
    else us = times[row + 8192 + ((bits - LEVEL_3) >>> 6)] as number
    if (luck < (trouble[player] as number)) {
      us = retry(board, level, cell, luck, us)
      if (us < 0) continue
    }
    us = Math.max(us + (overhead[bits & 63] as number), 128)
    // The cell of the histogram, as in histogram.ts.
    const octave = 31 - Math.clz32(us)
    const bin = ((octave - 7) << 7) + ((us >>> (octave - 7)) & 127)
    ttft[bin] = (ttft[bin] as number) + 1
  }
}
