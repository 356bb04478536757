import type { Paint } from '../../context.ts'
import { formatCount } from '../../core/amount.ts'
import type { Catalog } from '../../core/catalog/model.ts'
import { ROUTES, type Route } from '../../core/cost/route.ts'
import type { FeeSchedule } from '../../core/fees.ts'
import { add, toDecimal, type Usd } from '../../core/money.ts'
import type { Costed, MonthCost } from '../../core/workload/optimum.ts'
import { type PlannedWorkload, saving, type WorkloadPlan } from '../../core/workload/plan.ts'
import type { WorkloadFile } from '../../core/workload/workload.ts'
import { money } from '../money.ts'
import { type Column, type Sheet, sheetText } from '../sheet.ts'
import { wrap } from '../width.ts'

export type PlanView = {
  readonly path: string
  readonly file: WorkloadFile
  readonly plan: WorkloadPlan
  readonly fees: FeeSchedule
  readonly catalog: Catalog
  readonly now: Date
}

const NAMES: Readonly<Record<Route, string>> = {
  direct: 'Direct',
  credits: 'Credits',
  byok: 'BYOK',
}

const decimal = (amount: Usd | null): string | null => (amount ? toDecimal(amount) : null)
const total = (costed: Costed | null): Usd | null => costed?.total ?? null
const feesOf = ({ creditsFee, byokFee }: MonthCost): Usd => add(creditsFee, byokFee)

/** `orx.cost.workloads/1`, documented in docs/json.md. */
export const planJson = ({ file, plan, fees, catalog }: PlanView): object => ({
  schema: 'orx.cost.workloads/1',
  months: file.months,
  fees: { id: fees.id, asOf: fees.asOf, plan: file.plan, pay: file.pay },
  catalog: { name: catalog.name, asOf: catalog.asOf },
  workloads: plan.workloads.map(workloadJson),
  totals: {
    direct: decimal(total(plan.single.direct)),
    credits: decimal(total(plan.single.credits)),
    byok: decimal(total(plan.single.byok)),
    hybrid: decimal(total(plan.hybrid)),
  },
  hybrid: {
    exact: plan.exact,
    savingOverCredits: decimal(saving(plan.single.credits, plan.hybrid)),
    savingOverDirect: decimal(saving(plan.single.direct, plan.hybrid)),
  },
  byMonth: (plan.hybrid?.months ?? []).map((month, at) => ({
    month: at + 1,
    tokens: toDecimal(month.tokens),
    creditsFee: toDecimal(month.creditsFee),
    byokFee: toDecimal(month.byokFee),
    opsCost: toDecimal(month.opsCost),
    total: toDecimal(month.total),
    allCredits: decimal(plan.single.credits?.months[at]?.total ?? null),
  })),
  feesPassOpsCost: plan.feesPassOpsCost,
})

const workloadJson = ({ staffed, tokens, route, notes }: PlannedWorkload): object => ({
  name: staffed.workload.name,
  model: staffed.offer.model.id,
  chosen: staffed.chosen,
  asOf: staffed.offer.point.asOf,
  source: staffed.offer.point.source,
  tokens: {
    direct: decimal(tokens.direct),
    credits: decimal(tokens.credits),
    byok: decimal(tokens.byok),
  },
  route,
  why: reason({ staffed, tokens, route, notes }),
  notes,
})

/** Why this route, in one line. */
export function reason({ tokens, route }: PlannedWorkload): string {
  if (route === null) return 'unpriced'
  const offered = ROUTES.filter((each) => tokens[each])
  if (offered.length === 1) return 'the only route on offer'
  if (route === 'credits') return 'cheapest together with its share of the purchase fee'
  if (route === 'direct') return 'the provider’s own price, without a fee'
  return 'your own key, within what its fee costs'
}

const COLUMNS: readonly Column[] = [
  { key: 'workload', title: ' workload', flexible: true },
  { key: 'model', title: 'model', flexible: true },
  ...ROUTES.map((key) => ({ key, title: NAMES[key], align: 'right' as const })),
  { key: 'route', title: 'best' },
]

export const planSheet = ({ plan }: PlanView): Sheet => ({
  columns: COLUMNS.map(({ flexible: _, ...column }) => ({ ...column, title: column.title.trim() })),
  rows: [
    ...plan.workloads.map(({ staffed, tokens, route }) => [
      staffed.workload.name,
      staffed.offer.model.id,
      ...ROUTES.map((each) => decimal(tokens[each])),
      route,
    ]),
    [
      'all, fees included',
      '',
      ...ROUTES.map((route) => decimal(total(plan.single[route]))),
      decimal(total(plan.hybrid)),
    ],
  ],
})

export function planText(view: PlanView, width: number, paint: Paint): string {
  const { file, plan } = view
  const columns = Math.min(width, 110)
  const shown = (amount: Usd | null) => (amount ? money(amount) : '–')
  const table: Sheet = {
    columns: COLUMNS,
    rows: [
      ...plan.workloads.map(({ staffed, tokens, route }) => [
        ` ${staffed.workload.name}`,
        staffed.offer.model.id.slice(staffed.offer.model.id.indexOf('/') + 1),
        ...ROUTES.map((each) => shown(tokens[each])),
        route ?? 'unpriced',
      ]),
      [
        ' all, with fees',
        '',
        ...ROUTES.map((route) => shown(total(plan.single[route]))),
        shown(total(plan.hybrid)),
      ],
    ],
  }
  return [
    `${paint.bold(view.path)}: ${workloadsOf(file)}, ${file.months} ${file.months === 1 ? 'month' : 'months'}, US$`,
    '',
    sheetText(table, columns, paint.dim).trimEnd(),
    '',
    ...conclusions(view).flatMap((line) =>
      wrap(line, columns - 2).map((each, at) => `${at === 0 ? ' ' : '  '}${each}`),
    ),
    ...monthLines(view, columns, paint),
    '',
    ...wrap(footer(view), columns - 1).map((line) => paint.dim(` ${line}`)),
    '',
  ].join('\n')
}

function conclusions({ file, plan }: PlanView): readonly string[] {
  const { hybrid, single, exact } = plan
  const over = (route: Route) => {
    const saved = saving(single[route], hybrid)
    return saved && saved.units > 0n
      ? `$${money(saved)} less than everything by ${NAMES[route]}`
      : ''
  }
  const ops = file.opsCost && `$${money(file.opsCost)}`
  return [
    hybrid
      ? `Cheapest mix: $${money(hybrid.total)}${exact ? '' : ' (found by descent; too many choices to try all)'}${ROUTES.map(
          over,
        )
          .filter(Boolean)
          .map((text) => `; ${text}`)
          .join('')}.`
      : 'No mix of routes can be priced.',
    ...plan.workloads.map(
      (each) =>
        `${each.staffed.workload.name}: ${each.route ? NAMES[each.route] : '–'}, ${reason(each)}.`,
    ),
    ops
      ? plan.feesPassOpsCost
        ? `The fees of everything by Credits pass ${ops} a month in month ${plan.feesPassOpsCost}.`
        : `The fees of everything by Credits stay below ${ops} a month.`
      : '',
  ].filter(Boolean)
}

function monthLines({ file, plan }: PlanView, width: number, paint: Paint): readonly string[] {
  if (file.months < 2 || !plan.hybrid) return []
  const sheet: Sheet = {
    columns: [
      { key: 'month', title: ' month', align: 'right' },
      { key: 'tokens', title: 'tokens', align: 'right' },
      { key: 'fees', title: 'fees', align: 'right' },
      { key: 'mix', title: 'mix', align: 'right' },
      { key: 'credits', title: 'all Credits', align: 'right' },
    ],
    rows: plan.hybrid.months.map((month, at) => [
      String(at + 1),
      money(month.tokens),
      money(feesOf(month)),
      money(month.total),
      plan.single.credits?.months[at] ? money(plan.single.credits.months[at].total) : '–',
    ]),
  }
  return ['', sheetText(sheet, width, paint.dim).trimEnd()]
}

const footer = ({ fees, catalog, file }: PlanView): string =>
  `routes: tokens before fees; fees are pooled over all workloads · prices up to ${catalog.asOf} · fees ${fees.id}, ${file.plan} plan, ${file.pay} · ${workloadsOf(file)}`

const workloadsOf = ({ workloads }: PlanView['file']): string =>
  `${formatCount(workloads.length)} ${workloads.length === 1 ? 'workload' : 'workloads'}`
