import { isUnpriced, quote } from '../cost/quote.ts'
import { type Billing, type Offer, ROUTES, type Route, type Volume } from '../cost/route.ts'
import { routeCosts } from '../cost/route-costs.ts'
import { grownVolumes, volumeOf } from '../cost/volume.ts'
import { add, isZero, multiply, round, subtract, type Usd, usd, ZERO } from '../money.ts'
import type { Quantities } from '../price.ts'
import {
  bill,
  type Costed,
  feesPassOpsCost,
  type MonthlyTokens,
  optimum,
  type Priced,
  type Terms,
} from './optimum.ts'
import type { Workload, WorkloadFile } from './workload.ts'

/** A workload with the model that serves it and what is known of that model's prices. */
export type Staffed = {
  readonly workload: Workload
  readonly offer: Offer
  /** The batch variant's; null where the workload runs no batch. */
  readonly batch: Offer | null
  /** How the model came to be: named in the file, or picked for its task. */
  readonly chosen: 'named' | 'picked'
}

export type PlannedWorkload = {
  readonly staffed: Staffed
  /** Sum over the horizon by route, before fees; null where not on offer. */
  readonly tokens: Readonly<Record<Route, Usd | null>>
  readonly route: Route | null
  readonly notes: readonly string[]
}

/** What a workload file costs, and the mix of routes that costs least. */
export type WorkloadPlan = {
  readonly workloads: readonly PlannedWorkload[]
  /** Everything by one route; null where some workload cannot go that way. */
  readonly single: Readonly<Record<Route, Costed | null>>
  readonly hybrid: Costed | null
  /** False where too many open choices were searched by descent. */
  readonly exact: boolean
  readonly feesPassOpsCost: number | null
}

export function planWorkloads(
  file: WorkloadFile,
  staffed: readonly Staffed[],
  billing: Billing,
): WorkloadPlan {
  const terms: Terms = { ...billing, opsCost: file.opsCost }
  const priced = staffed.map((each) => pricedOf(each, file, billing))
  const usable = priced.filter(({ months }) =>
    months.some(({ tokens }) => ROUTES.some((route) => tokens[route])),
  )
  const { best, exact } = optimum(usable, terms)
  const all = (route: Route) =>
    bill(
      usable,
      usable.map(() => route),
      terms,
    )
  const single = { direct: all('direct'), credits: all('credits'), byok: all('byok') }
  let next = 0
  return {
    workloads: staffed.map((each, at) => {
      const own = priced[at]
      const billed = own && usable.includes(own)
      return {
        staffed: each,
        tokens: sums(own?.months ?? []),
        route: billed ? (best?.routes[next++] ?? null) : null,
        notes: notesOf(each, file, billing),
      }
    }),
    single,
    hybrid: best,
    exact,
    feesPassOpsCost: feesPassOpsCost(single.credits, file.opsCost),
  }
}

function pricedOf(staffed: Staffed, file: WorkloadFile, billing: Billing): Priced {
  const { workload } = staffed
  const own = workload.discount ? { ...billing, discounts: { '*': workload.discount } } : billing
  const growth = workload.growth ?? file.growth ?? ZERO
  const months = grownVolumes(volumeOf(workload.volume), growth, file.months)
  return { name: workload.name, months: months.map((volume) => monthOf(staffed, volume, own)) }
}

function monthOf(
  { offer, batch, workload }: Staffed,
  volume: Volume,
  billing: Billing,
): MonthlyTokens {
  const share = workload.batch
  if (!batch || !share || isZero(share))
    return { ...tokensOf(offer, volume, billing), requests: volume.requests }
  const later = part(volume, share)
  const now = minus(volume, later)
  const live = tokensOf(offer, now, billing)
  const cheap = tokensOf(batch, later, billing)
  const full = tokensOf(offer, later, billing)
  const sum = (route: Route) => {
    // Where a route's batch price is not known the full price is what can be promised.
    const rest = cheap.tokens[route] ?? full.tokens[route]
    const base = live.tokens[route]
    return base && rest ? add(base, rest) : null
  }
  return {
    tokens: { direct: sum('direct'), credits: sum('credits'), byok: sum('byok') },
    list: add(live.list, full.list),
    requests: volume.requests,
  }
}

function tokensOf(
  offer: Offer,
  volume: Volume,
  billing: Billing,
): Pick<MonthlyTokens, 'tokens' | 'list'> {
  const tokens: Record<Route, Usd | null> = { direct: null, credits: null, byok: null }
  for (const each of routeCosts(offer, volume, billing)) {
    // A fee that is not known must not hide a token price that is.
    if (each.offered || each.route === 'credits') tokens[each.route] = each.tokens
  }
  const undiscounted = routeCosts(offer, volume, { ...billing, discounts: {} })
  return { tokens, list: undiscounted.find(({ route }) => route === 'byok')?.tokens ?? ZERO }
}

const part = (volume: Volume, share: Usd): Volume =>
  map(volume, (count) => Number(round(multiply(usd(String(count)), share), 0).units))

const minus = (volume: Volume, other: Volume): Volume => ({
  ...volume,
  requests: volume.requests === null ? null : volume.requests - (other.requests ?? 0),
  quantities: Object.fromEntries(
    Object.entries(volume.quantities).map(([key, count]) => [
      key,
      count - (other.quantities[key as keyof Quantities] ?? 0),
    ]),
  ) as Quantities,
})

const map = (volume: Volume, change: (count: number) => number): Volume => ({
  ...volume,
  requests: volume.requests === null ? null : change(volume.requests),
  quantities: Object.fromEntries(
    Object.entries(volume.quantities).map(([key, count]) => [key, change(count)]),
  ) as Quantities,
})

function sums(months: readonly MonthlyTokens[]): Readonly<Record<Route, Usd | null>> {
  const sum = (route: Route) => {
    const each = months.flatMap(({ tokens }) => tokens[route] ?? [])
    return each.length === months.length && months.length > 0 ? add(...each) : null
  }
  return { direct: sum('direct'), credits: sum('credits'), byok: sum('byok') }
}

function notesOf(
  { offer, batch, workload, chosen }: Staffed,
  file: WorkloadFile,
  billing: Billing,
): readonly string[] {
  const months = grownVolumes(
    volumeOf(workload.volume),
    workload.growth ?? file.growth ?? ZERO,
    file.months,
  )
  const priced = quote(offer, months, billing)
  const notes = [...priced.warnings]
  if (chosen === 'picked') notes.push(`picked for its task: ${offer.model.id}`)
  if (offer.model.status === 'retired') notes.push(`retired; price of ${offer.point.asOf}`)
  if (isUnpriced(priced)) notes.push(`unpriced: ${priced.routes[0]?.notes[0] ?? ''}`)
  if (workload.batch && !batch?.point.price) notes.push('no batch price is known; priced in full')
  else if (workload.batch)
    notes.push('the batch price is known for Credits only; other routes in full')
  return notes
}

/** What the hybrid saves against one route for everything. */
export const saving = (single: Costed | null, hybrid: Costed | null): Usd | null =>
  single && hybrid ? subtract(single.total, hybrid.total) : null
