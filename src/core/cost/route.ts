import type { DirectOffer } from '../catalog/direct.ts'
import type { Model } from '../catalog/model.ts'
import type { PricePoint } from '../catalog/price.ts'
import type { ByokFee, PurchaseFee } from '../fees.ts'
import { compare, type Usd } from '../money.ts'
import type { PriceLine, Quantities, TimeOfWeek } from '../price.ts'

/** How a prompt is paid and sent, always in this order. */
export const ROUTES = ['direct', 'credits', 'byok'] as const
export type Route = (typeof ROUTES)[number]

/** direct: a provider's own list · list: OpenRouter's list in force · last: its last price of a retired model. */
export type Basis = 'direct' | 'list' | 'last'

export type Period = 'request' | 'day' | 'month' | 'year'

/** What is to be priced: the totals of one period. */
export type Volume = {
  readonly quantities: Quantities
  /** Requests in the period, where known; then tiers apply to the size of one request. */
  readonly requests: number | null
  readonly period: Period
  readonly at: TimeOfWeek | 'average'
}

/** How it is billed. */
export type Billing = {
  readonly purchase: PurchaseFee | { readonly unknown: string }
  readonly byok: ByokFee
  /** Dollars a top-up; null buys all of the period's credits at once. */
  readonly topUp: Usd | null
  /** List-price dollars of the month's BYOK allowance that are already used. */
  readonly byokUsed: Usd | null
  /** Contract discount by provider slug as a share; '*' for every provider. Never lowers Credits. */
  readonly discounts: Readonly<Record<string, Usd>>
}

/** Everything known of what one model costs. */
export type Offer = {
  readonly model: Model
  /** The price in force, or the last one. */
  readonly point: PricePoint
  readonly direct: readonly DirectOffer[]
  /** Providers whose endpoint at OpenRouter shows exactly the listed price. */
  readonly hosts: readonly string[]
  /** The catalogue's list prices are what the providers charge too, as the report has it. */
  readonly listIsDirect: boolean
}

export type RouteCost = {
  readonly route: Route
  readonly basis: Basis
  /** Whose price it is, where it is a provider's own. */
  readonly provider: string | null
  /** False where nobody is known to sell it this way; the figures are then for planning only and never the cheapest. */
  readonly offered: boolean
  readonly tokens: Usd | null
  readonly fee: Usd | null
  readonly total: Usd | null
  readonly lines: readonly PriceLine[]
  readonly notes: readonly string[]
}

/** The route with the smallest total among those on offer; on a tie the simpler one, in the order of ROUTES. */
export function cheapestRoute(routes: readonly RouteCost[]): RouteCost | null {
  let best: RouteCost | null = null
  for (const each of routes) {
    if (!each.offered || !each.total) continue
    if (!best?.total || compare(each.total, best.total) < 0) best = each
  }
  return best
}
