import { type Board, boardMaker } from './board.ts'
import { CELLS } from './histogram.ts'
import { server } from './kernel.ts'
import type { Scene } from './scene.ts'
import { timeline, UP } from './timeline.ts'
import { ttftTable } from './ttft.ts'

/** Whole counts of one run; lists are by cell (size × players + player). Sums of tallies are tallies. */
export type Tally = {
  requests: number
  /** Requests that met the gateway's own outage. */
  gatewayDown: number
  first: Int32Array
  /** Attempts after a failure elsewhere. */
  retried: Int32Array
  /** Attempts that ended in an error, in a rate limit, or in a cut stream. */
  failed: Int32Array
  limited: Int32Array
  cut: Int32Array
  /** Answered at the second try or later. */
  rescued: number
  /** Times to the first token of all that were answered or cut. */
  ttft: Int32Array
}

export const emptyTally = ({ players, sizes }: Scene): Tally => {
  const cells = players.length * sizes.length
  return {
    requests: 0,
    gatewayDown: 0,
    first: new Int32Array(cells),
    retried: new Int32Array(cells),
    failed: new Int32Array(cells),
    limited: new Int32Array(cells),
    cut: new Int32Array(cells),
    rescued: 0,
    ttft: new Int32Array(CELLS),
  }
}

/** Chances as thresholds of 32 random bits. */
export type Odds = { readonly limited: number; readonly failed: number; readonly cut: number }

/** What is the same in every run of a scene. */
export type Prepared = {
  readonly scene: Scene
  /** By player, one after another. */
  readonly tables: readonly Int32Array[]
  /** Microseconds of gateway overhead by 6 random bits. */
  readonly overhead: Int32Array
  /** By level: up, degraded, dead. */
  readonly odds: readonly Odds[]
}

const BITS = 4294967296

export function prepare(scene: Scene): Prepared {
  const { error, rateLimited, downError, cut, gatewayMs } = scene.assumptions
  const [low, high] = gatewayMs
  const odds = (limited: number, failed: number): Odds => ({
    limited: limited * BITS,
    failed: (limited + failed) * BITS,
    cut: (limited + failed + (1 - limited - failed) * cut) * BITS,
  })
  return {
    scene,
    tables: scene.players.map(({ ttftMs }) => ttftTable(ttftMs)),
    overhead: Int32Array.from({ length: 64 }, (_, at) =>
      Math.round((low + ((at + 0.5) / 64) * (high - low)) * 1000),
    ),
    odds: [odds(rateLimited, error), odds(0, downError), odds(0, 1)],
  }
}

export type Run = {
  readonly tally: Tally
  /** Serves up to so many more requests; true when the run is over. */
  readonly advance: (most: number) => boolean
}

/** One run, stepwise, so that a caller can show progress and stop it. Memory does not grow with the requests. */
export function startRun(prepared: Prepared, run: number): Run {
  const { scene } = prepared
  const tally = emptyTally(scene)
  const boards = boardsOf(scene)
  const serve = server(prepared, run, tally)
  const segments = timeline(scene, run)
  const every = scene.overMs / scene.requests
  /** Requests come evenly: number r at (r + ½) intervals. */
  const before = (ms: number) => Math.min(scene.requests, Math.max(0, Math.ceil(ms / every - 0.5)))
  let at = 0
  let done = 0
  return {
    tally,
    advance: (most) => {
      let left = most
      while (at < segments.length && left > 0) {
        const segment = segments[at]
        if (!segment) break
        const end = at === segments.length - 1 ? scene.requests : before(segment.toMs)
        const count = Math.min(left, end - done)
        if (count > 0) serve(segment, segment.gatewayDown ? undefined : boards(segment.seen), count)
        done += count
        left -= count
        if (done >= end) at += 1
      }
      return at >= segments.length
    },
  }
}

/** Beyond so many players a state hardly ever comes back. */
const FEW = 12

/** The last board, and for few players all of them, are kept by what is seen. */
function boardsOf(scene: Scene): (seen: Uint8Array) => Board {
  const make = boardMaker(scene)
  const kept = new Map<string, Board>()
  let last: { readonly seen: Uint8Array; readonly board: Board } | undefined
  const find = (seen: Uint8Array): Board => {
    if (scene.players.length > FEW) return make(seen)
    const key = seen.map((level) => (level === UP ? 0 : 1)).join('')
    const found = kept.get(key) ?? make(seen)
    kept.set(key, found)
    return found
  }
  return (seen) => {
    if (last?.seen !== seen) last = { seen, board: find(seen) }
    return last.board
  }
}

/** Adds up tallies in the order given. */
export function addTally(into: Tally, more: Tally): void {
  into.requests += more.requests
  into.gatewayDown += more.gatewayDown
  into.rescued += more.rescued
  for (const key of ['first', 'retried', 'failed', 'limited', 'cut', 'ttft'] as const) {
    const sums = into[key]
    for (const [at, count] of more[key].entries()) sums[at] = (sums[at] ?? 0) + count
  }
}
