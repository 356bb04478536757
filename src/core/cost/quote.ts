import { OWN_SOURCE } from '../catalog/own.ts'
import { add } from '../money.ts'
import { hasHours, hasTiers, type PriceLine } from '../price.ts'
import { type Billing, cheapestRoute, type Offer, type RouteCost, type Volume } from './route.ts'
import { routeCosts } from './route-costs.ts'

/** One model priced by every route. */
export type Quote = {
  readonly offer: Offer
  /** Sums over all months, in the order of ROUTES. */
  readonly routes: readonly RouteCost[]
  readonly cheapest: RouteCost | null
  /** The routes of each month; a single entry where only one period is priced. */
  readonly months: readonly (readonly RouteCost[])[]
  readonly warnings: readonly string[]
}

export function quote(offer: Offer, months: readonly Volume[], billing: Billing): Quote {
  const each = months.map((volume) => routeCosts(offer, volume, billing))
  const routes = each.reduce((sums, month) => sums.map((sum, at) => plus(sum, month[at])))
  return {
    offer,
    routes,
    cheapest: cheapestRoute(routes),
    months: each,
    warnings: warningsOf(offer, months),
  }
}

/** Whether no route has a price. */
export const isUnpriced = ({ routes }: Quote): boolean =>
  routes.every(({ tokens }) => tokens === null)

function plus(a: RouteCost, b: RouteCost | undefined): RouteCost {
  if (!b?.tokens || !b.fee || !b.total || !a.tokens || !a.fee || !a.total) return a
  return {
    ...a,
    tokens: add(a.tokens, b.tokens),
    fee: add(a.fee, b.fee),
    total: add(a.total, b.total),
    lines: a.lines.map((line) => plusLine(line, b.lines)),
  }
}

function plusLine(line: PriceLine, others: readonly PriceLine[]): PriceLine {
  const other = others.find(({ dimension }) => dimension === line.dimension)
  if (!other) return line
  return {
    ...line,
    quantity: line.quantity + other.quantity,
    rate: line.rate === other.rate ? line.rate : 'average',
    amount: add(line.amount, other.amount),
  }
}

function warningsOf({ model, point }: Offer, [first]: readonly Volume[]): readonly string[] {
  const warnings: string[] = []
  const { price } = point
  if (price && first && hasTiers(price) && first.requests === null && first.period !== 'request') {
    const thresholds = (price.overrides ?? []).flatMap(
      ({ minPromptTokens = [] }) => minPromptTokens,
    )
    warnings.push(
      `requests above ${Math.min(...thresholds).toLocaleString('en-US')} prompt tokens cost more; give --requests to price their size`,
    )
  }
  if (price && first?.at === 'average' && hasHours(price)) {
    warnings.push(
      'its price changes with the hour; this is the mean over the week, --at 02:00Z prices one hour',
    )
  }
  const own = point.source === OWN_SOURCE
  if (price?.input === '0' && price.output === '0' && model.kind !== 'variant' && !own) {
    warnings.push(
      'listed at a price of zero without being a :free model; check before relying on it',
    )
  }
  if (model.expires) warnings.push(`OpenRouter takes it down on ${model.expires}`)
  return warnings
}
