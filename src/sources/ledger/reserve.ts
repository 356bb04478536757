import {
  applying,
  dayOf,
  type Limit,
  type LimitState,
  resetOf,
  scopeKey,
  scopesOf,
  stateOf,
  tightest,
  windowOf,
} from '../../core/budget.ts'
import { type FreeReport, type FreeUse, freeRefusal } from '../../core/free-limit.ts'
import type { NewAttempt, NewRequest, Reservation } from '../../core/ledger.ts'
import { add, toDecimal, type Usd, usd } from '../../core/money.ts'
import type { Fit } from '../../core/worst-case.ts'
import type { Database } from './database.ts'

/** Within a transaction: either the attempt's worst case fits every limit and is held, or nothing is recorded. */
export function reserve(
  database: Database,
  attempt: NewAttempt,
  limits: readonly Limit[],
  fitTo: (left: Usd | undefined) => Fit,
  now: Date,
): Reservation {
  giveUpExpired(database, now)
  if (attempt.free) {
    const refusal = freeRefusal(freeUse(database, now), now)
    if (refusal) return { kind: 'free-limit', ...refusal }
  }
  const session = sessionOf(database, attempt.request)
  const scopes = scopesOf(attempt.models, session)
  const state = tightest(limitStates(database, applying(limits, attempt.models, session), now))
  const fit = fitTo(state?.left)
  if (state && fit.kind !== 'fits') {
    const needed = fit.kind === 'short' ? fit.worst : undefined
    const resets = resetOf(state.limit.per, now)
    return { kind: 'over-budget', why: fit.kind, state, needed, resets }
  }
  if (fit.kind !== 'fits') throw new TypeError('a request was refused though there is no budget')
  const request =
    typeof attempt.request === 'number'
      ? attempt.request
      : insertRequest(database, attempt.request, now)
  const id = insertAttempt(database, { ...attempt, request }, scopes, fit, now)
  return { kind: 'held', request, attempt: id, maxTokens: fit.maxTokens, worst: fit.worst }
}

/** A reservation that nobody settled in time: orx was killed. What it spent is unknown. */
function giveUpExpired(database: Database, now: Date): void {
  database
    .prepare(
      `UPDATE attempt SET status = 'lost', settled_by = 'unknown' WHERE status = 'open' AND expires <= ?`,
    )
    .run(now.toISOString())
}

function sessionOf(database: Database, request: number | NewRequest): string | undefined {
  if (typeof request !== 'number') return request.session
  const row = database.prepare('SELECT session FROM request WHERE id = ?').get(request) as
    | { readonly session: string | null }
    | undefined
  return row?.session ?? undefined
}

type OpenRow = { readonly day: string; readonly scopes: string; readonly worst: string }

/** What each limit has left: its sums, and the worst cases of attempts on their way that may yet count in its window. */
export function limitStates(
  database: Database,
  limits: readonly Limit[],
  now: Date,
): readonly LimitState[] {
  if (limits.length === 0) return []
  const sums = database.prepare('SELECT amount FROM spent WHERE scope = ? AND day BETWEEN ? AND ?')
  const open = database
    .prepare(
      `SELECT day, scopes, worst FROM attempt WHERE status = 'open' AND expires > ? AND worst IS NOT NULL`,
    )
    .all(now.toISOString()) as readonly OpenRow[]
  return limits.map((limit) => {
    const key = scopeKey(limit.scope)
    const { first, last } = windowOf(limit.per, now)
    const spent = sums.all(key, first, last) as readonly { readonly amount: string }[]
    const held = open.filter(
      ({ day, scopes }) =>
        day >= first && day <= last && (JSON.parse(scopes) as string[]).includes(key),
    )
    return stateOf(
      limit,
      add(...spent.map(({ amount }) => usd(amount))),
      add(...held.map(({ worst }) => usd(worst))),
    )
  })
}

export function freeUse(database: Database, now: Date): FreeUse {
  const minuteAgo = new Date(now.getTime() - 60_000).toISOString()
  const midnight = `${dayOf(now)}T00:00:00.000Z`
  const rows = database
    .prepare('SELECT started FROM attempt WHERE free = 1 AND started >= ? ORDER BY started')
    .all(minuteAgo < midnight ? minuteAgo : midnight) as readonly { readonly started: string }[]
  return { starts: rows.map(({ started }) => new Date(started)), report: freeReport(database) }
}

const FREE_REPORT = 'free_model_daily_requests'

export function keepFreeReport(database: Database, { limit, used, at }: FreeReport): void {
  database
    .prepare('INSERT OR REPLACE INTO fact (name, value, at) VALUES (?, ?, ?)')
    .run(FREE_REPORT, JSON.stringify({ limit, used }), at.toISOString())
}

function freeReport(database: Database): FreeReport | undefined {
  const row = database.prepare('SELECT value, at FROM fact WHERE name = ?').get(FREE_REPORT) as
    | { readonly value: string; readonly at: string }
    | undefined
  return row && { ...(JSON.parse(row.value) as FreeReport), at: new Date(row.at) }
}

function insertRequest(database: Database, request: NewRequest, now: Date): number {
  const { session, lane, asked, candidates, why, prompt } = request
  const { lastInsertRowid } = database
    .prepare(
      `INSERT INTO request (started, session, lane, asked, candidates, why, prompt) VALUES (?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      now.toISOString(),
      session ?? null,
      lane ?? null,
      asked,
      JSON.stringify(candidates),
      why ?? null,
      prompt ?? null,
    )
  return Number(lastInsertRowid)
}

function insertAttempt(
  database: Database,
  attempt: NewAttempt & { readonly request: number },
  scopes: ReadonlySet<string>,
  { maxTokens, worst }: Extract<Fit, { kind: 'fits' }>,
  now: Date,
): number {
  const { request, route, models, provider, free, estimate, expires } = attempt
  const { lastInsertRowid } = database
    .prepare(
      `INSERT INTO attempt (request, started, day, route, models, scopes, free, provider, expires, max_tokens, worst, expected)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      request,
      now.toISOString(),
      dayOf(now),
      route,
      JSON.stringify(models),
      JSON.stringify([...scopes]),
      free ? 1 : 0,
      provider ?? null,
      expires.toISOString(),
      maxTokens,
      worst ? toDecimal(worst) : null,
      estimate ? toDecimal(estimate) : null,
    )
  return Number(lastInsertRowid)
}
