import type { Paint } from '../context.ts'
import type { FeeSchedule, Payment, Plan, PlanFees, PurchaseFee } from '../core/fees.ts'
import { cheapestTopUp } from '../core/fees.ts'
import { toDecimal, type Usd, usd } from '../core/money.ts'
import { grouped, money, percent } from './money.ts'
import { glued, paragraph } from './paragraph.ts'
import { plainColumns, type Sheet, sheetText } from './sheet.ts'
import { columnsOf, wrap } from './width.ts'

/** One purchase of credits, worked out. */
export type Purchase = {
  readonly plan: Plan
  readonly pay: Payment
  readonly credits: Usd
  readonly fee: Usd
  readonly cash: Usd
  /** Whether the fee comes on top of the credits (as OpenRouter does it) or out of the cash (the report's reading). */
  readonly reading: 'added' | 'deducted'
  readonly minimumUnknown: boolean
}

export type FeesView = {
  readonly inForce: FeeSchedule
  readonly schedules: readonly FeeSchedule[]
  readonly purchase: Purchase | null
}

export const feesJson = ({ inForce, schedules, purchase }: FeesView): object => ({
  schema: 'orx.fees/1',
  inForce: inForce.id,
  asOf: inForce.asOf,
  ...(purchase && {
    purchase: {
      plan: purchase.plan,
      pay: purchase.pay,
      reading: purchase.reading,
      credits: toDecimal(purchase.credits),
      fee: toDecimal(purchase.fee),
      cash: toDecimal(purchase.cash),
    },
  }),
  schedules,
})

export function feesSheet({ schedules, purchase }: FeesView): Sheet {
  if (purchase) {
    return {
      columns: plainColumns(['plan', 'pay', 'reading', 'credits', 'fee', 'cash']),
      rows: [
        [
          purchase.plan,
          purchase.pay,
          purchase.reading,
          toDecimal(purchase.credits),
          toDecimal(purchase.fee),
          toDecimal(purchase.cash),
        ],
      ],
    }
  }
  return {
    columns: plainColumns(['schedule', 'asOf', 'plan', 'card', 'crypto', 'byok']),
    rows: schedules.flatMap((schedule) =>
      plansOf(schedule).map(([plan, fees]) => [
        schedule.id,
        schedule.asOf,
        plan,
        ...planCells(plan, fees),
      ]),
    ),
  }
}

export function feesText(view: FeesView, width: number, paint: Paint): string {
  const { inForce, schedules, purchase } = view
  const columns = Math.min(width, 100)
  if (purchase) return purchaseText(purchase, inForce, columns, paint)
  const others = schedules.filter(({ id }) => id !== inForce.id).toReversed()
  return [
    block(inForce, 'in force', columns, paint),
    ...others.map((each) => block(each, `for comparison: --fees ${each.id}`, columns, paint)),
    ...paragraph(HINT, 0, columns).map((line) => paint.dim(line)),
    '',
  ].join('\n')
}

const HINT = `What a purchase costs: ${glued('orx fees --buy 25')} · what cash buys: ${glued('orx fees --cash 100')}`

/** A table, or a paragraph a plan where that is too wide. */
function plansText(schedule: FeeSchedule, width: number, paint: Paint): readonly string[] {
  const rows = plansOf(schedule).map(([plan, fees]) => [` ${plan}`, ...planCells(plan, fees)])
  const table = sheetText({ columns: COLUMNS, rows }, width, paint.dim).trimEnd().split('\n')
  if (table.every((line) => columnsOf(line) <= width)) return table
  return rows.flatMap(([plan, card, crypto, byok]) =>
    paragraph(
      `${plan?.trim()}: ${card} by card; by crypto ${crypto}; BYOK ${byok} of list price`,
      1,
      width,
    ),
  )
}

const COLUMNS = [
  { key: 'plan', title: ' plan' },
  { key: 'card', title: 'credits by card' },
  { key: 'crypto', title: 'by crypto' },
  { key: 'byok', title: 'BYOK, of list price' },
]

function block(schedule: FeeSchedule, label: string, width: number, paint: Paint): string {
  const { freeModels: free } = schedule
  const card = schedule.plans.standard?.card
  const from = card && cheapestTopUp(card)
  const notes = [
    from
      ? `Fees come on top of the credits. Below $${money(from)} a purchase the minimum makes them dearer.`
      : '',
    `Free models: ${free.perMinute} requests a minute; ${free.perDay} a day, ${grouped(String(free.perDayAfterPurchase))} once $${free.purchase} of credit was ever bought.`,
    schedule.expiry,
  ].filter(Boolean)
  return [
    `${paint.bold(`Fee schedule ${schedule.id}`)} (${label})`,
    ...plansText(schedule, width, paint),
    ...notes.flatMap((note) => wrap(note, width - 1).map((line) => ` ${line}`)),
    ...wrap(`source: ${schedule.source}, ${schedule.asOf}`, width - 1).map((line) =>
      paint.dim(` ${line}`),
    ),
    '',
  ].join('\n')
}

function purchaseText(
  purchase: Purchase,
  schedule: FeeSchedule,
  width: number,
  paint: Paint,
): string {
  const { credits, fee, cash, reading, plan, pay } = purchase
  const note =
    reading === 'deducted'
      ? 'The fee taken out of the cash, as the report reads it; OpenRouter adds it on top.'
      : `The fee is ${percent(fee, credits, 2)} of the credits.`
  return [
    sheetText(
      {
        columns: [
          { key: 'credits', title: ' credits', align: 'right' },
          { key: 'fee', title: 'fee', align: 'right' },
          { key: 'cash', title: 'you pay', align: 'right' },
        ],
        rows: [[` ${money(credits)}`, money(fee), money(cash)]],
      },
      width,
      paint.dim,
    ).trimEnd(),
    ...wrap(note, width - 1).map((line) => ` ${line}`),
    ...(purchase.minimumUnknown
      ? [` ${paint.yellow('A minimum fee may apply; it is not known.')}`]
      : []),
    paint.dim(` ${plan} plan, ${pay} · fees ${schedule.id}, as of ${schedule.asOf}`),
    '',
  ].join('\n')
}

const plansOf = ({ plans }: FeeSchedule): readonly (readonly [string, PlanFees])[] =>
  Object.entries(plans)

const planCells = (plan: string, { card, crypto, byok }: PlanFees): readonly string[] => [
  purchaseCell(plan, card),
  purchaseCell(plan, crypto),
  `${byok.percent} % after ${allowance(byok.allowance)} a month`,
]

/** "$25,000", or "1M requests": the whole of it would not fit 80 columns. */
function allowance({ amount, unit }: PlanFees['byok']['allowance']): string {
  const whole = grouped(toDecimal(usd(amount)))
  return unit === 'usd' ? `$${whole}` : `${whole.replace(/,000,000$/, 'M')} requests`
}

function purchaseCell(plan: string, fee: PurchaseFee | null): string {
  if (!fee) return plan === 'enterprise' ? 'negotiated' : 'not known'
  if (fee.minimum === null) return `${fee.percent} %, minimum unknown`
  return `${fee.percent} %${fee.minimum === '0' ? '' : `, at least $${fee.minimum}`}`
}
