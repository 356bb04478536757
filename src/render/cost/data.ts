import { byCheapest } from '../../core/cost/order.ts'
import { isUnpriced, type Quote } from '../../core/cost/quote.ts'
import type { RouteCost, Volume } from '../../core/cost/route.ts'
import { toDecimal, type Usd } from '../../core/money.ts'
import type { Sheet } from '../sheet.ts'
import type { CostView } from './view.ts'

const decimal = (amount: Usd | null): string | null => (amount ? toDecimal(amount) : null)

/** `orx.cost/1`, documented in docs/json.md. */
export function costJson(view: CostView): object {
  const [first] = view.months
  return {
    schema: 'orx.cost/1',
    volume: first && volumeJson(first, view),
    fees: { id: view.fees.id, asOf: view.fees.asOf, plan: view.plan, pay: view.pay },
    models: byCheapest(view.quotes).map(quoteJson),
    unpriced: view.quotes
      .filter(isUnpriced)
      .map(({ offer, routes }) => ({ model: offer.model.id, why: routes[0]?.notes[0] ?? '' })),
    ...(view.breakEven && { breakEven: breakEvenJson(view.breakEven) }),
    ...(view.related.length > 0 && {
      related: view.related.map(({ kind, fees, quote }) => ({
        kind,
        fees: fees ?? view.fees.id,
        ...quoteJson(quote),
      })),
    }),
  }
}

function volumeJson({ quantities, requests, period }: Volume, view: CostView): object {
  return {
    ...quantities,
    requests,
    period,
    months: view.months.length,
    ...(view.counted !== null && { counted: view.counted }),
  }
}

const quoteJson = ({ offer, routes, cheapest, months, warnings }: Quote): object => ({
  model: offer.model.id,
  asOf: offer.point.asOf,
  source: offer.point.source,
  status: offer.model.status,
  ...(offer.model.successor && { successor: offer.model.successor }),
  price: offer.point.price
    ? { input: offer.point.price.input ?? null, output: offer.point.price.output ?? null }
    : null,
  routes: routes.map(routeJson),
  cheapest: cheapest?.route ?? null,
  ...(months.length > 1 && {
    months: months.map((month) =>
      Object.fromEntries(month.map(({ route, total }) => [route, decimal(total)])),
    ),
  }),
  warnings,
})

const routeJson = (each: RouteCost): object => ({
  route: each.route,
  basis: each.basis,
  provider: each.provider,
  offered: each.offered,
  tokens: decimal(each.tokens),
  fee: decimal(each.fee),
  total: decimal(each.total),
  notes: each.notes,
})

const breakEvenJson = (even: NonNullable<CostView['breakEven']>): object => ({
  byokDiscountPercent: even.byokDiscountPercent,
  byokAllowance: even.byokAllowance,
  creditsFeeExceedsOps: even.creditsFeeExceedsOps && {
    opsCost: toDecimal(even.creditsFeeExceedsOps.opsCost),
    spend: toDecimal(even.creditsFeeExceedsOps.spend),
  },
  ruleOfThumb: even.ruleOfThumb.map(({ spend, fee }) => ({
    spend: toDecimal(spend),
    fee: toDecimal(fee),
  })),
  cheapestTopUp: decimal(even.cheapestTopUp),
  smallTopUp: { credits: toDecimal(even.smallTopUp.credits), fee: toDecimal(even.smallTopUp.fee) },
})

/** A row a model and route, for CSV and Markdown; exact figures. */
export const costSheet = (view: CostView): Sheet => ({
  columns: [
    { key: 'model', title: 'model' },
    { key: 'status', title: 'status' },
    { key: 'route', title: 'route' },
    { key: 'basis', title: 'basis' },
    { key: 'provider', title: 'provider' },
    { key: 'offered', title: 'offered' },
    { key: 'tokens', title: 'tokens', align: 'right' },
    { key: 'fee', title: 'fee', align: 'right' },
    { key: 'total', title: 'total', align: 'right' },
    { key: 'cheapest', title: 'cheapest' },
    { key: 'source', title: 'source' },
    { key: 'as_of', title: 'as of' },
    { key: 'notes', title: 'notes' },
  ],
  rows: byCheapest(view.quotes).flatMap(({ offer, routes, cheapest }) =>
    routes.map((each) => [
      offer.model.id,
      offer.model.status,
      each.route,
      each.basis,
      each.provider,
      String(each.offered),
      decimal(each.tokens),
      decimal(each.fee),
      decimal(each.total),
      String(each === cheapest),
      offer.point.source,
      offer.point.asOf,
      each.notes.join('; '),
    ]),
  ),
})
