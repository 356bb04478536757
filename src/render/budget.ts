import { type LimitState, resetOf, type Scope } from '../core/budget.ts'
import { toDecimal, type Usd } from '../core/money.ts'
import { money, precise } from './money.ts'
import { type Sheet, sheetText } from './sheet.ts'

export type BudgetView = {
  readonly states: readonly LimitState[]
  /** All spending of this UTC day and month, with or without a limit. */
  readonly today: Usd
  readonly thisMonth: Usd
  readonly now: Date
}

export const budgetJson = ({ states, today, thisMonth, now }: BudgetView): object => ({
  schema: 'orx.budget/1',
  spent: { today: toDecimal(today), thisMonth: toDecimal(thisMonth) },
  limits: states.map(({ limit, spent, held, left }) => ({
    scope: limit.scope.kind,
    name: nameOf(limit.scope),
    amount: toDecimal(limit.amount),
    per: limit.per,
    spent: toDecimal(spent),
    held: toDecimal(held),
    left: toDecimal(left),
    resets: resetOf(limit.per, now)?.toISOString() ?? null,
  })),
})

const nameOf = (scope: Scope): string | null => (scope.kind === 'all' ? null : scope.name)

const COLUMNS = [
  { key: 'for', title: 'budget for', flexible: true },
  { key: 'limit', title: 'limit', align: 'right' },
  { key: 'per', title: 'per' },
  { key: 'spent', title: 'spent', align: 'right' },
  { key: 'held', title: 'held', align: 'right' },
  { key: 'left', title: 'left', align: 'right' },
] as const

const sheetOf = (
  { states }: BudgetView,
  limitText: (usd: Usd) => string,
  amount: (usd: Usd) => string,
): Sheet => ({
  columns: COLUMNS,
  rows: states.map(({ limit, spent, held, left }) => [
    scopeText(limit.scope),
    limitText(limit.amount),
    limit.per,
    amount(spent),
    amount(held),
    amount(left),
  ]),
})

const scopeText = (scope: Scope): string =>
  scope.kind === 'all'
    ? 'everything'
    : scope.kind === 'model'
      ? scope.name
      : `session ${scope.name}`

export const budgetSheet = (view: BudgetView): Sheet => sheetOf(view, toDecimal, toDecimal)

export function budgetText(view: BudgetView, width: number): string {
  const { states, today, thisMonth, now } = view
  const spent = ` spent $${precise(today)} today, $${precise(thisMonth)} this month (UTC)\n`
  if (states.length === 0) {
    return ` no budget: nothing is refused\n${spent} set one: orx budget set 5/day\n`
  }
  const resets = [...new Set(states.map(({ limit }) => limit.per))].flatMap((per) => {
    const at = resetOf(per, now)?.toISOString().slice(0, 16).replace('T', ' ')
    return at ? [`the ${per} starts over ${at} UTC`] : []
  })
  return `${sheetText(sheetOf(view, money, precise), width)}\n${spent}${resets.map((line) => ` ${line}\n`).join('')} held: prompts on their way, at their worst case\n`
}

/** One line: "$4.9375 of $5.00 a day left". */
export const limitLeft = ({ limit, left }: LimitState): string =>
  `$${precise(left)} of $${money(limit.amount)} ${limit.per === 'total' ? 'in all' : `a ${limit.per}`} left${limit.scope.kind === 'all' ? '' : ` for ${scopeText(limit.scope)}`}`
