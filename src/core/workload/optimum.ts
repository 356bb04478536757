import { type Billing, ROUTES, type Route } from '../cost/route.ts'
import { byokFee, purchasesFee } from '../fees.ts'
import { add, compare, isZero, type Usd, usd, ZERO } from '../money.ts'

/** What one workload costs in one month by each route, before fees; null where the route is not on offer. */
export type MonthlyTokens = {
  readonly tokens: Readonly<Record<Route, Usd | null>>
  /** What BYOK's fee is taken on: the month at list price, before any contract discount. */
  readonly list: Usd
  readonly requests: number | null
}

/** A workload month by month. */
export type Priced = { readonly name: string; readonly months: readonly MonthlyTokens[] }

export type Assignment = readonly Route[]

export type MonthCost = {
  readonly tokens: Usd
  readonly creditsFee: Usd
  readonly byokFee: Usd
  readonly opsCost: Usd
  readonly total: Usd
}

export type Costed = {
  /** The route of each workload, in order. */
  readonly routes: Assignment
  readonly months: readonly MonthCost[]
  readonly total: Usd
}

export type Terms = Pick<Billing, 'purchase' | 'byok' | 'topUp' | 'byokUsed'> & {
  readonly opsCost: Usd | null
}

/**
 * Bills all workloads together under one choice of routes: credits are bought once for all of them, the BYOK allowance is
 * shared, and `opsCost` is due as soon as anything leaves Credits. Null where a route is not on offer.
 */
export function bill(
  workloads: readonly Priced[],
  routes: Assignment,
  terms: Terms,
): Costed | null {
  const count = workloads[0]?.months.length ?? 0
  const months: MonthCost[] = []
  for (let month = 0; month < count; month++) {
    const cost = billMonth(workloads, routes, terms, month)
    if (!cost) return null
    months.push(cost)
  }
  return { routes, months, total: add(...months.map(({ total }) => total)) }
}

function billMonth(
  workloads: readonly Priced[],
  routes: Assignment,
  { purchase, byok, topUp, byokUsed, opsCost }: Terms,
  month: number,
): MonthCost | null {
  const spent: Record<Route, Usd> = { direct: ZERO, credits: ZERO, byok: ZERO }
  let list = ZERO
  let requests: number | null = 0
  for (const [at, { months }] of workloads.entries()) {
    const route = routes[at]
    const each = months[month]
    const tokens = route && each?.tokens[route]
    if (!route || !each || !tokens) return null
    spent[route] = add(spent[route], tokens)
    if (route !== 'byok') continue
    list = add(list, each.list)
    requests = requests === null || each.requests === null ? null : requests + each.requests
  }
  if ('unknown' in purchase && !isZero(spent.credits)) return null
  const creditsFee = 'unknown' in purchase ? ZERO : purchasesFee(spent.credits, topUp, purchase).fee
  const used =
    byok.allowance.unit === 'usd' ? byokUsed : requests === null ? null : usd(String(requests))
  const fee = isZero(list) ? ZERO : byokFee(list, byok, used)
  const away = routes.some((route) => route !== 'credits')
  const ops = away ? (opsCost ?? ZERO) : ZERO
  const tokens = add(spent.direct, spent.credits, spent.byok)
  return {
    tokens,
    creditsFee,
    byokFee: fee,
    opsCost: ops,
    total: add(tokens, creditsFee, fee, ops),
  }
}

/** More open choices than this are not searched exhaustively; 3^9 bills take some tens of milliseconds. */
const MOST_OPEN = 9

/**
 * The routes that cost least together. Exact where at most MOST_OPEN workloads have a real choice, since fees are pooled
 * and no workload can be judged alone; beyond that a descent from the best single choices, and `exact` says so.
 * On a tie the simpler way, in the order of ROUTES.
 */
export function optimum(
  workloads: readonly Priced[],
  terms: Terms,
): { readonly best: Costed | null; readonly exact: boolean } {
  const choices = workloads.map(routesOf)
  const open = choices.filter((each) => each.length > 1).length
  if (open <= MOST_OPEN) return { best: exhaustive(workloads, choices, terms), exact: true }
  return { best: descent(workloads, choices, terms), exact: false }
}

/** The routes worth trying: BYOK never costs less than Direct at the same provider's price. */
function routesOf({ months }: Priced): readonly Route[] {
  const offered = ROUTES.filter((route) => months.every(({ tokens }) => tokens[route] !== null))
  const dominated = months.every(
    ({ tokens: { direct, byok } }) => direct && byok && compare(byok, direct) >= 0,
  )
  return dominated ? offered.filter((route) => route !== 'byok') : offered
}

function exhaustive(
  workloads: readonly Priced[],
  choices: readonly (readonly Route[])[],
  terms: Terms,
): Costed | null {
  let best: Costed | null = null
  for (const routes of combinations(choices)) best = cheaper(best, bill(workloads, routes, terms))
  return best
}

function* combinations(choices: readonly (readonly Route[])[]): Generator<Assignment> {
  const [first, ...rest] = choices
  if (!first) {
    yield []
    return
  }
  for (const route of first) for (const tail of combinations(rest)) yield [route, ...tail]
}

function descent(
  workloads: readonly Priced[],
  choices: readonly (readonly Route[])[],
  terms: Terms,
): Costed | null {
  const start = choices.map(([first]) => first ?? 'credits')
  const all = choices.map((each) => (each.includes('credits') ? 'credits' : (each[0] ?? 'credits')))
  let best = cheaper(bill(workloads, start, terms), bill(workloads, all, terms))
  for (let improved = true; improved; ) {
    improved = false
    for (const [at, options] of choices.entries()) {
      for (const route of options) {
        const next: Costed | null = best && bill(workloads, best.routes.with(at, route), terms)
        const winner = cheaper(best, next)
        improved ||= winner !== best
        best = winner
      }
    }
  }
  return best
}

const cheaper = (a: Costed | null, b: Costed | null): Costed | null =>
  !a || (b && compare(b.total, a.total) < 0) ? b : a

/** The first month, from 1, in which the fee for buying all credits exceeds `opsCost`; null where it never does. */
export function feesPassOpsCost(allCredits: Costed | null, opsCost: Usd | null): number | null {
  if (!allCredits || !opsCost) return null
  const at = allCredits.months.findIndex(({ creditsFee }) => compare(creditsFee, opsCost) > 0)
  return at < 0 ? null : at + 1
}
