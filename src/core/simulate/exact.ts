import { attempts, type Health } from '../policy/attempts.ts'
import { type Assumptions, availability, type Churn, type Scene } from './scene.ts'

/** Expected counts per request by cell (size × players + player), over all states, draws and times. */
export type Exact = {
  readonly first: Float64Array
  readonly tried: Float64Array
  readonly answered: Float64Array
  readonly rescued: Float64Array
  readonly cut: Float64Array
}

/**
 * What the simulation approaches, without sampling: a sum over the stretches between certain outages, the four states of
 * shared outages (seen and actual), and every endpoint's own up and down (see attempts.ts). Null where fallbacks go by
 * price, for which no such sum is written.
 */
export function exact(scene: Scene): Exact | null {
  if (scene.fallback === 'price') return null
  const cells = scene.sizes.length * scene.players.length
  const sums: Exact = {
    first: new Float64Array(cells),
    tried: new Float64Array(cells),
    answered: new Float64Array(cells),
    rescued: new Float64Array(cells),
    cut: new Float64Array(cells),
  }
  for (const stretch of stretches(scene)) {
    if (stretch.gatewayDown) continue
    for (const { chance, seen, actual } of sharedStates(scene.assumptions)) {
      if (chance === 0) continue
      const health = scene.players.map((player, at) =>
        healthOf(player.churn, scene.assumptions, {
          deadSeen: stretch.deadSeen.has(at),
          dead: stretch.dead.has(at),
          sharedSeen: seen,
          shared: actual,
        }),
      )
      addSizes(sums, scene, health, stretch.share * chance)
    }
  }
  return sums
}

function addSizes(sums: Exact, scene: Scene, health: readonly Health[], share: number): void {
  const n = scene.players.length
  const { cut } = scene.assumptions
  for (const [size, { share: part, seats }] of scene.sizes.entries()) {
    const seated = seats.flatMap((seat, player) => (seat ? [{ seat, player }] : []))
    const chances = attempts(
      seated.map(({ seat }) => seat),
      seated.flatMap(({ player }) => health[player] ?? []),
      scene.tries,
    )
    for (const [index, { player }] of seated.entries()) {
      const cell = size * n + player
      const add = (into: Float64Array, value: number) => {
        into[cell] = (into[cell] ?? 0) + share * part * value
      }
      add(sums.first, chances.first[index] ?? 0)
      add(sums.tried, chances.tried[index] ?? 0)
      add(sums.answered, (chances.answered[index] ?? 0) * (1 - cut))
      add(sums.rescued, (chances.rescued[index] ?? 0) * (1 - cut))
      add(sums.cut, (chances.answered[index] ?? 0) * cut)
    }
  }
}

type Stretch = {
  readonly share: number
  readonly dead: ReadonlySet<number>
  readonly deadSeen: ReadonlySet<number>
  readonly gatewayDown: boolean
}

/** The time cut wherever a certain outage begins, ends, or is noticed. */
function stretches({ incidents, overMs, assumptions: { lagMs } }: Scene): readonly Stretch[] {
  const marks = incidents.flatMap(({ fromMs, toMs }) => [
    fromMs,
    fromMs + lagMs,
    toMs,
    toMs + lagMs,
  ])
  const cuts = [0, ...marks.filter((ms) => ms > 0 && ms < overMs), overMs].sort((a, b) => a - b)
  return cuts.slice(1).flatMap((to, index) => {
    const from = cuts[index] ?? 0
    if (to <= from) return []
    const middle = (from + to) / 2
    const outAt = (ms: number) => incidents.filter((each) => ms >= each.fromMs && ms < each.toMs)
    const players = (ms: number) =>
      new Set(outAt(ms).flatMap(({ who }) => (who === 'gateway' ? [] : who)))
    return [
      {
        share: (to - from) / overMs,
        dead: players(middle),
        deadSeen: players(middle - lagMs),
        gatewayDown: outAt(middle).some(({ who }) => who === 'gateway'),
      },
    ]
  })
}

/** Chance to be up after a lag, when it was up or down before it. */
function later(churn: Churn | null, lagMs: number): { afterUp: number; afterDown: number } {
  if (!churn) return { afterUp: 1, afterDown: 1 }
  const up = availability(churn)
  const fade = Math.exp(-lagMs * (1 / churn.betweenMs + 1 / churn.lengthMs))
  return { afterUp: up + (1 - up) * fade, afterDown: up - up * fade }
}

/** Shared outages as OpenRouter sees them and as they are. */
function sharedStates({ shared, lagMs }: Assumptions) {
  const up = availability(shared)
  const { afterUp, afterDown } = later(shared, lagMs)
  return [
    { seen: false, actual: false, chance: up * afterUp },
    { seen: false, actual: true, chance: up * (1 - afterUp) },
    { seen: true, actual: false, chance: (1 - up) * afterDown },
    { seen: true, actual: true, chance: (1 - up) * (1 - afterDown) },
  ]
}

type Blow = {
  readonly dead: boolean
  readonly deadSeen: boolean
  readonly shared: boolean
  readonly sharedSeen: boolean
}

const CALM: Blow = { dead: false, deadSeen: false, shared: false, sharedSeen: false }

/** One endpoint's health in its long run, given what strikes it from outside. */
export function healthOf(churn: Churn | null, assumptions: Assumptions, blow = CALM): Health {
  const { error, rateLimited, downError, lagMs } = assumptions
  const { afterUp, afterDown } = later(churn, lagMs)
  const up = availability(churn)
  const fail = (chanceUp: number) => {
    if (blow.dead) return 1
    if (blow.shared) return downError
    return chanceUp * (error + rateLimited) + (1 - chanceUp) * downError
  }
  // Where the view is forced down, it says nothing about the endpoint's own state.
  if (blow.deadSeen || blow.sharedSeen) return { seenUp: 0, failUp: 0, failDown: fail(up) }
  return { seenUp: up, failUp: fail(afterUp), failDown: fail(afterDown) }
}
