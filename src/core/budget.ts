import { baseOf } from './catalog/names.ts'
import { add, compare, subtract, toDecimal, type Usd, usd, ZERO } from './money.ts'

export type Period = 'day' | 'month' | 'total'

/** What a limit counts: everything, one model (its variants included), or one session. */
export type Scope =
  | { readonly kind: 'all' }
  | { readonly kind: 'model'; readonly name: string }
  | { readonly kind: 'session'; readonly name: string }

/** At most `amount` in each UTC day, each UTC month, or ever. */
export type Limit = { readonly scope: Scope; readonly amount: Usd; readonly per: Period }

/** What a limit has left, after what was spent and what is held by prompts still on their way. */
export type LimitState = {
  readonly limit: Limit
  readonly spent: Usd
  readonly held: Usd
  /** Never below zero. */
  readonly left: Usd
}

/** What a reply was reported to cost, in the three shapes of OpenRouter's billing. */
export type Bill = {
  /** `usage.cost`: the charge to the account. */
  readonly cost: Usd
  /** `usage.cost_details.upstream_inference_cost`: under BYOK the provider's own charge, otherwise a repetition of `cost`. */
  readonly upstream: Usd | undefined
  readonly isByok: boolean
}

/**
 * What a reply really cost its user. Under BYOK two parties charge: OpenRouter its fee, the provider the tokens;
 * otherwise `upstream` repeats `cost` and must not be added.
 */
export const spendOf = ({ cost, upstream, isByok }: Bill): Usd =>
  isByok ? add(cost, upstream ?? ZERO) : cost

/**
 * Parses "5/day", "$50/month", "2.50/total".
 * @throws RangeError on anything else, and on an amount that is not above zero.
 */
export function limitOf(text: string, scope: Scope): Limit {
  const match = /^\$?(\d[\d_]*(?:\.\d+)?)\/(day|month|total)$/.exec(text.trim())
  if (!match) throw new RangeError(`not a limit: ${JSON.stringify(text)}`)
  const [, amount = '', per = ''] = match
  const limit: Limit = { scope, amount: usd(amount.replaceAll('_', '')), per: per as Period }
  if (limit.amount.units === 0n) throw new RangeError('a limit must be above zero')
  return limit
}

export const limitText = ({ amount, per }: Limit): string => `${toDecimal(amount)}/${per}`

/** One text for each scope: the key under which spending is summed. A variant spends the budget of its base model. */
export const scopeKey = (scope: Scope): string =>
  scope.kind === 'all'
    ? 'all'
    : `${scope.kind}:${scope.kind === 'model' ? baseOf(scope.name) : scope.name}`

/** Every scope that a prompt spends from. */
export const scopesOf = (models: readonly string[], session: string | undefined): Set<string> =>
  new Set([
    'all',
    ...models.map((name) => scopeKey({ kind: 'model', name })),
    ...(session === undefined ? [] : [scopeKey({ kind: 'session', name: session })]),
  ])

/** The limits that a prompt to these models in this session must keep. */
export function applying(
  limits: readonly Limit[],
  models: readonly string[],
  session: string | undefined,
): readonly Limit[] {
  const scopes = scopesOf(models, session)
  return limits.filter(({ scope }) => scopes.has(scopeKey(scope)))
}

/** The UTC days (YYYY-MM-DD, both ends included) whose spending counts at `now`. A prompt counts on the day it started. */
export function windowOf(
  per: Period,
  now: Date,
): { readonly first: string; readonly last: string } {
  const day = dayOf(now)
  switch (per) {
    case 'day':
      return { first: day, last: day }
    case 'month':
      return { first: `${day.slice(0, 7)}-01`, last: `${day.slice(0, 7)}-31` }
    case 'total':
      return { first: '0000-00-00', last: '9999-99-99' }
    default:
      return per satisfies never
  }
}

/** YYYY-MM-DD in UTC. */
export const dayOf = (time: Date): string => time.toISOString().slice(0, 10)

/** When a limit starts over; a total never does. */
export function resetOf(per: Period, now: Date): Date | undefined {
  const [year, month, day] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()]
  if (per === 'total') return undefined
  return new Date(per === 'day' ? Date.UTC(year, month, day + 1) : Date.UTC(year, month + 1, 1))
}

export function stateOf(limit: Limit, spent: Usd, held: Usd): LimitState {
  const rest = subtract(limit.amount, add(spent, held))
  return { limit, spent, held, left: compare(rest, ZERO) > 0 ? rest : ZERO }
}

/** The limit that leaves least; undefined without limits. */
export const tightest = (states: readonly LimitState[]): LimitState | undefined =>
  states.reduce<LimitState | undefined>(
    (least, state) => (least && compare(least.left, state.left) <= 0 ? least : state),
    undefined,
  )

/**
 * The limits of config.toml's `[budget]`: `day`, `month` and `total` hold an amount for everything; `"model:ID"` and
 * `"session:NAME"` hold limits such as "1/day 10/month".
 * @throws RangeError that names the entry which is not understood.
 */
export function limitsIn(budget: Readonly<Record<string, string>>): readonly Limit[] {
  return Object.entries(budget).flatMap(([key, value]) => {
    if (isPeriod(key)) return [limitOf(`${value}/${key}`, { kind: 'all' })]
    const [, kind, name = ''] = /^(model|session):(.+)$/.exec(key) ?? []
    if (kind !== 'model' && kind !== 'session') throw new RangeError(`not a budget: ${key}`)
    return value
      .split(/[\s,]+/)
      .filter(Boolean)
      .map((text) => limitOf(text, { kind, name }))
  })
}

const isPeriod = (text: string): text is Period =>
  text === 'day' || text === 'month' || text === 'total'

/** The entry of `[budget]` in which a limit is kept, and its text beside the other limits of that scope. */
export function budgetEntry(
  limit: Limit,
  others: readonly Limit[],
): { readonly key: string; readonly value: string } {
  if (limit.scope.kind === 'all') return { key: limit.per, value: toDecimal(limit.amount) }
  const key = scopeKey(limit.scope)
  const kept = others.filter(({ scope, per }) => scopeKey(scope) === key && per !== limit.per)
  return { key, value: [...kept, limit].map(limitText).join(' ') }
}
