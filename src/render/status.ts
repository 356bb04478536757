import type { FreeQuota } from '../core/free-limit.ts'
import { subtract, toDecimal, type Usd } from '../core/money.ts'
import { type BudgetView, budgetJson, limitLeft } from './budget.ts'
import { age } from './cost/view.ts'
import { type KeyRow, keysSheet } from './keys.ts'
import { grouped, money } from './money.ts'
import { type Sheet, sheetText } from './sheet.ts'
import { wrap } from './width.ts'

/** What OpenRouter says of its key; null: not told. */
export type AccountView = {
  readonly limit: Usd | null
  readonly limitRemaining: Usd | null
  readonly limitReset: string | null
  readonly usageToday: Usd | null
  readonly usageThisMonth: Usd | null
  readonly byokThisMonth: Usd | null
  readonly freeTier: boolean | null
  readonly expires: string | null
  /** Null: this key may not see the balance. */
  readonly credits: { readonly bought: Usd; readonly used: Usd } | null
  /** Why it is not known, where the question failed. */
  readonly creditsUnknown: string | null
}

export type StatusView = {
  /** Held keys. */
  readonly keys: readonly KeyRow[]
  /** Or why OpenRouter was not asked, or did not answer. */
  readonly account: AccountView | { readonly unknown: string }
  readonly free: FreeQuota
  readonly budget: BudgetView
  readonly catalog: { readonly name: string; readonly asOf: string; readonly models: number }
}

const decimal = (amount: Usd | null): string | null => (amount ? toDecimal(amount) : null)

export function statusJson({ keys, account, free, budget, catalog }: StatusView): object {
  const { schema: _, ...limits } = budgetJson(budget) as { readonly schema: string }
  return {
    schema: 'orx.status/1',
    keys: keys.map(({ provider, masked, origin }) => ({ provider, masked, from: origin?.kind })),
    account: 'unknown' in account ? null : accountJson(account),
    accountUnknown: 'unknown' in account ? account.unknown : account.creditsUnknown,
    freeModels: free,
    budget: limits,
    catalog,
  }
}

const accountJson = (account: AccountView) => ({
  balance: account.credits && toDecimal(subtract(account.credits.bought, account.credits.used)),
  creditsBought: decimal(account.credits?.bought ?? null),
  keyLimit: decimal(account.limit),
  keyLimitRemaining: decimal(account.limitRemaining),
  keyLimitReset: account.limitReset,
  usageToday: decimal(account.usageToday),
  usageThisMonth: decimal(account.usageThisMonth),
  byokThisMonth: decimal(account.byokThisMonth),
  freeTier: account.freeTier,
  expires: account.expires,
})

type Line = { readonly key: string; readonly label: string; readonly value: string }

/** CSV and Markdown: the same lines as on a terminal. */
export const statusSheet = (view: StatusView): Sheet => ({
  columns: [
    { key: 'item', title: 'item' },
    { key: 'value', title: 'value' },
  ],
  rows: [
    ...view.keys.map(({ provider, masked }) => [`key ${provider}`, masked ?? '(a command)']),
    ...lines(view).map(({ label, value }) => [label, value]),
  ],
})

export function statusText(view: StatusView, width: number): string {
  const keys =
    view.keys.length > 0
      ? `${sheetText(keysSheet(view.keys), width)}\n`
      : ' no key is held: orx keys set openrouter\n\n'
  return (
    keys +
    lines(view)
      .flatMap(({ label, value }) =>
        wrap(value, Math.max(20, width - LABEL - 1)).map(
          (line, at) => ` ${(at === 0 ? label : '').padEnd(LABEL)}${line}\n`,
        ),
      )
      .join('')
  )
}

const LABEL = 13

function lines(view: StatusView): readonly Line[] {
  const { account, free, budget, catalog } = view
  const line = (label: string, value: string): Line => ({ key: label, label, value })
  return [
    ...('unknown' in account
      ? [line('OpenRouter', account.unknown)]
      : [line('balance', balance(account)), line('this key', ofKey(account))]),
    line('free models', freeText(free)),
    ...(budget.states.length === 0
      ? [line('budget', 'none: nothing is refused (orx budget set 5/day)')]
      : budget.states.map((state, at) => line(at === 0 ? 'budget' : '', limitLeft(state)))),
    line(
      'catalogue',
      `${catalog.models} models, prices of ${catalog.asOf}, ${age(catalog.asOf, budget.now)}`,
    ),
  ]
}

const balance = ({ credits, creditsUnknown }: AccountView): string =>
  credits
    ? `$${money(subtract(credits.bought, credits.used))} of $${money(credits.bought)} bought`
    : (creditsUnknown ?? 'not for this key to see: only a management key may')

function ofKey(account: AccountView): string {
  const { limit, limitRemaining, limitReset, usageToday, usageThisMonth, byokThisMonth } = account
  return [
    limit
      ? `$${limitRemaining ? money(limitRemaining) : '?'} of $${money(limit)} left${limitReset ? `, ${limitReset}` : ''}`
      : 'no limit',
    ...(usageToday ? [`$${money(usageToday)} today`] : []),
    ...(usageThisMonth ? [`$${money(usageThisMonth)} this month`] : []),
    ...(byokThisMonth && byokThisMonth.units > 0n ? [`$${money(byokThisMonth)} by BYOK`] : []),
    ...(account.freeTier ? ['no credits bought yet'] : []),
    ...(account.expires ? [`expires ${account.expires.slice(0, 10)}`] : []),
  ].join(' · ')
}

const freeText = ({ minute, day }: FreeQuota): string =>
  `${left(day)} of ${grouped(String(day.limit))} left today${day.reported ? '' : ' if no credits were ever bought'}, ` +
  `${left(minute)} of ${minute.limit} this minute`

const left = ({ used, limit }: { readonly used: number; readonly limit: number }): string =>
  grouped(String(Math.max(0, limit - used)))
