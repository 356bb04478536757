import type { PolicyName } from '../policy/routing.ts'
import type { Cast, Setup } from './cast.ts'
import type { Paired } from './compare.ts'
import type { Drill, Fallback } from './drill.ts'
import type { Result } from './result.ts'
import type { Scene } from './scene.ts'
import { DEAD, timeline, UP } from './timeline.ts'

/** Everything `orx simulate` has to say, for whatever prints it. */
export type Simulation = {
  readonly models: readonly { readonly id: string; readonly name: string }[]
  readonly setup: Setup
  readonly cast: Cast
  readonly result: Result
  readonly partial: boolean
  /** As typed: "classic", "order:a/b". */
  readonly policy: string
  readonly policies: readonly PolicyLine[]
  /** The policies were asked for, and compared on as many requests. */
  readonly compared: boolean
  readonly drill: DrillReport | null
  /** Providers that sell the model themselves, the way out when the gateway is down. */
  readonly direct: readonly string[]
}

export type PolicyLine = {
  readonly policy: string
  readonly result: Result
  /** Against the first one, on common random numbers; null for the first. */
  readonly difference: Paired | null
}

export type DrillReport = {
  readonly singles: readonly Drill[]
  /** Empty unless asked for. */
  readonly pairs: readonly Drill[]
  /** Least share of answered requests that counts as survival. */
  readonly survive: number
  readonly fallback: Fallback | null
}

export const POLICY_LABELS: Readonly<Record<PolicyName, string>> = {
  classic:
    'documented by OpenRouter in 2025 and until 2026-08; no longer what live traffic follows',
  adjusted: 'an approximation of the newer default: OpenRouter publishes its parts, but no formula',
  nitro: 'strict order by throughput; admits priority tiers',
  floor: 'strict order by the price of the request; admits flex tiers',
  latency: 'strict order by the time to the first token',
  order: 'the order given, then the rest by price',
}

/** What each player got of the requests that were really seen at capture; null where nothing was seen at all. */
export function seenShares({ endpoints }: Cast): readonly (number | null)[] {
  const total = endpoints.reduce((sum, { requests30m }) => sum + (requests30m ?? 0), 0)
  return endpoints.map(({ requests30m }) =>
    total === 0 || requests30m === null ? null : requests30m / total,
  )
}

/** First token and the whole reply of the first size, both at p50; the slow half of throughput is seldom known. */
export function replyMs({ endpoints, sizes, scene }: Cast, player: number): number | null {
  const speed = endpoints[player]?.throughput?.p50
  const ttft = scene.players[player]?.ttftMs.p50
  const output = sizes[0]?.output
  return !speed || ttft === undefined || output === undefined
    ? null
    : ttft + (output / speed) * 1000
}

export type Lane = {
  /** Share of each stretch of time that was not spent up. */
  readonly down: readonly number[]
  /** Whether some of it was certain: a drill, not a measured outage. */
  readonly dead: readonly boolean[]
}

/** The outages of one run in `cells` equal stretches, one lane a player, and the gateway's own. */
export function lanes(
  scene: Scene,
  run: number,
  cells: number,
): { readonly players: readonly Lane[]; readonly gateway: Lane } {
  const make = () => ({
    down: Array<number>(cells).fill(0),
    dead: Array<boolean>(cells).fill(false),
  })
  const players = scene.players.map(make)
  const gateway = make()
  const width = scene.overMs / cells
  const book = (lane: ReturnType<typeof make>, fromMs: number, toMs: number, dead: boolean) => {
    for (let cell = Math.floor(fromMs / width); cell < cells && cell * width < toMs; cell++) {
      const overlap = Math.min(toMs, (cell + 1) * width) - Math.max(fromMs, cell * width)
      lane.down[cell] = (lane.down[cell] ?? 0) + Math.max(0, overlap) / width
      if (dead) lane.dead[cell] = true
    }
  }
  for (const { fromMs, toMs, level, gatewayDown } of timeline(scene, run)) {
    if (gatewayDown) book(gateway, fromMs, toMs, true)
    for (const [at, lane] of players.entries()) {
      if ((level[at] ?? UP) !== UP) book(lane, fromMs, toMs, level[at] === DEAD)
    }
  }
  return { players, gateway }
}
