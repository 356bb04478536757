import { divide, isZero, multiply, subtract, type Usd, usd, ZERO } from '../money.ts'
import type { WorkloadPlan } from './plan.ts'

/** What one workload costs by its best route before and after; null where it is not there or unpriced. */
export type WorkloadChange = {
  readonly name: string
  readonly before: { readonly model: string; readonly cost: Usd | null } | null
  readonly after: { readonly model: string; readonly cost: Usd | null } | null
  readonly delta: Usd | null
}

export type Difference = {
  readonly workloads: readonly WorkloadChange[]
  /** Cheapest mixes, fees included, over the horizon. */
  readonly before: Usd | null
  readonly after: Usd | null
  readonly delta: Usd | null
  /** Percent of `before`, to two decimals. */
  readonly percent: Usd | null
}

/** Compares two plans workload by workload, joined by name; token costs by the route that each plan chose. */
export function differenceOf(before: WorkloadPlan, after: WorkloadPlan): Difference {
  const old = costs(before)
  const now = costs(after)
  const names = [...new Set([...old.keys(), ...now.keys()])]
  const totalBefore = before.hybrid?.total ?? null
  const totalAfter = after.hybrid?.total ?? null
  const delta = totalBefore && totalAfter ? subtract(totalAfter, totalBefore) : null
  return {
    workloads: names.map((name) => change(name, old.get(name) ?? null, now.get(name) ?? null)),
    before: totalBefore,
    after: totalAfter,
    delta,
    percent: percentOf(delta, totalBefore),
  }
}

type Cost = { readonly model: string; readonly cost: Usd | null }

const costs = ({ workloads }: WorkloadPlan): ReadonlyMap<string, Cost> =>
  new Map(
    workloads.map(({ staffed, tokens, route }) => [
      staffed.workload.name,
      { model: staffed.offer.model.id, cost: route && tokens[route] },
    ]),
  )

function change(name: string, before: Cost | null, after: Cost | null): WorkloadChange {
  // A workload that is not there costs nothing; one without a price has no known difference.
  const from = before ? before.cost : ZERO
  const to = after ? after.cost : ZERO
  return { name, before, after, delta: from && to ? subtract(to, from) : null }
}

const percentOf = (delta: Usd | null, before: Usd | null): Usd | null =>
  delta && before && !isZero(before) ? divide(multiply(delta, usd('100')), before, 2) : null
