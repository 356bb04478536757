import { type Usd, usd } from '../money.ts'
import { providerSlug } from '../policy/match.ts'
import type { Cast } from './cast.ts'
import { exact } from './exact.ts'
import { exactView } from './result.ts'
import type { Incident, Scene } from './scene.ts'

/** What is left when providers are out for good, all their endpoints at once. Exact, nothing is drawn. */
export type Drill = {
  readonly down: readonly string[]
  readonly answered: number
  /** US$ per 1M answered, at nine decimals; null where nothing is answered. */
  readonly cost: Usd | null
}

export const providersOf = ({ endpoints }: Cast): readonly string[] => [
  ...new Set(endpoints.map(providerSlug)),
]

/** Every provider of a cast out by itself, and every pair of them. */
export function drills(cast: Cast): {
  readonly singles: readonly Drill[]
  readonly pairs: readonly Drill[]
} {
  const providers = providersOf(cast)
  return {
    singles: providers.map((provider) => drill(cast, [provider])),
    pairs: providers.flatMap((a, at) => providers.slice(at + 1).map((b) => drill(cast, [a, b]))),
  }
}

function drill(cast: Cast, down: readonly string[]): Drill {
  const sums = exact(without(cast, down))
  if (!sums) throw new RangeError('no exact sum for this order of fallbacks')
  const { answered, cost } = exactView(cast, sums)
  return { down, answered, cost: cost === null ? null : usd(cost.toFixed(9)) }
}

/**
 * The scene in its long run with these providers gone. Outages of a certain hour do not belong to a drill, and a cut stream
 * is no failure of routing.
 */
function without({ scene, endpoints }: Cast, down: readonly string[]): Scene {
  const who = endpoints.flatMap((endpoint, at) =>
    down.includes(providerSlug(endpoint)) ? [at] : [],
  )
  const always = { who, fromMs: -1 - scene.assumptions.lagMs, toMs: scene.overMs + 1 }
  return {
    ...scene,
    incidents: [...scene.incidents.filter((each) => lasts(each, scene.overMs)), always],
    assumptions: { ...scene.assumptions, cut: 0 },
  }
}

/** Out from before the beginning to after the end: `--down`. */
const lasts = ({ fromMs, toMs }: Incident, overMs: number): boolean => fromMs < 0 && toMs > overMs

export type Fallback = {
  readonly model: string
  /** Answered on average over all drills, first without it, then with it as second model. */
  readonly before: number
  readonly after: number
}

/**
 * The one model that helps most as second choice: the largest mean of answered requests over all drills, the earlier one
 * among equals (to a millionth). Endpoints of both models at one provider are out together; else they are independent.
 */
export function bestFallback(
  first: readonly Drill[],
  others: readonly { readonly model: string; readonly cast: Cast }[],
): Fallback | null {
  if (first.length === 0) return null
  const average = (unanswered: (drill: Drill) => number) =>
    1 - first.reduce((sum, each) => sum + unanswered(each), 0) / first.length
  const before = average(({ answered }) => 1 - answered)
  let best: Fallback | null = null
  for (const { model, cast } of others) {
    const lost = lostWithout(cast)
    const after = average(({ answered, down }) => (1 - answered) * lost(down))
    if (after > (best?.after ?? before) + 1e-6) best = { model, before, after }
  }
  return best
}

/** Share of requests that a model loses when providers are down, computed once for each set that matters to it. */
function lostWithout(cast: Cast): (down: readonly string[]) => number {
  const its = providersOf(cast)
  const known = new Map<string, number>()
  return (down) => {
    const relevant = down.filter((provider) => its.includes(provider))
    const key = relevant.join()
    const found = known.get(key) ?? 1 - drill(cast, relevant).answered
    known.set(key, found)
    return found
  }
}
