import { scopeKey } from '../../core/budget.ts'
import { baseOf } from '../../core/catalog/names.ts'
import type { Outcome, Settled } from '../../core/ledger.ts'
import { add, subtract, toDecimal, type Usd, usd, ZERO } from '../../core/money.ts'
import { settlementOf } from '../../core/settle.ts'
import type { Database } from './database.ts'

type Row = {
  readonly day: string
  readonly models: string
  readonly model: string | null
  readonly worst: string | null
  readonly spend: string | null
  readonly session: string | null
}

/**
 * Within a transaction: ends an attempt and adds what it spent to the sums. Settling again, as when the bill comes late or
 * after the reservation was given up, replaces what was there.
 */
export function settle(database: Database, attempt: number, outcome: Outcome): Settled {
  const row = database
    .prepare(
      `SELECT a.day, a.models, a.model, a.worst, a.spend, r.session
       FROM attempt a JOIN request r ON r.id = a.request WHERE a.id = ?`,
    )
    .get(attempt) as Row | undefined
  // A ledger that has gone on in memory knows only what was then on its way.
  if (!row) return settlementOf(outcome, undefined)
  const settled = settlementOf(outcome, row.worst === null ? undefined : usd(row.worst))
  const { spend } = settled
  if (row.spend !== null) {
    spendIn(database, chargedScopes(row, row.model), row.day, subtract(ZERO, usd(row.spend)))
  }
  if (spend) spendIn(database, chargedScopes(row, outcome.model ?? null), row.day, spend)
  update(database, attempt, outcome, settled)
  return settled
}

/** The scopes an attempt is charged to: its model is the one that answered, where that was among those asked. */
function chargedScopes({ models, session }: Row, answered: string | null): readonly string[] {
  const asked = (JSON.parse(models) as string[]).map(baseOf)
  const model = asked.find((name) => answered !== null && name === baseOf(answered)) ?? asked[0]
  return [
    'all',
    ...(model === undefined ? [] : [scopeKey({ kind: 'model', name: model })]),
    ...(session === null ? [] : [scopeKey({ kind: 'session', name: session })]),
  ]
}

function spendIn(database: Database, scopes: readonly string[], day: string, amount: Usd): void {
  const read = database.prepare('SELECT amount FROM spent WHERE scope = ? AND day = ?')
  const keep = database.prepare(
    'INSERT OR REPLACE INTO spent (scope, day, amount) VALUES (?, ?, ?)',
  )
  for (const scope of scopes) {
    const before = read.get(scope, day) as { readonly amount: string } | undefined
    keep.run(scope, day, toDecimal(add(usd(before?.amount ?? '0'), amount)))
  }
}

function update(database: Database, attempt: number, outcome: Outcome, settled: Settled): void {
  const { bill, tokens, estimate } = outcome
  const columns = {
    status: outcome.status,
    settled_by: settled.by,
    spend: text(settled.spend),
    cost: text(bill?.cost),
    upstream: text(bill?.upstream),
    is_byok: bill ? Number(bill.isByok) : null,
    estimate: text(estimate),
    model: outcome.model,
    generation: outcome.generation,
    http_status: outcome.httpStatus,
    reason: outcome.reason,
    finish_reason: outcome.finishReason,
    prompt_tokens: tokens?.prompt,
    completion_tokens: tokens?.completion,
    cached_tokens: tokens?.cached,
    reasoning_tokens: tokens?.reasoning,
    ttft_ms: outcome.ttftMs,
    duration_ms: outcome.durationMs,
  }
  const names = Object.keys(columns)
  database
    .prepare(
      `UPDATE attempt SET ${names.map((name) => `${name} = ?`).join(', ')}, provider = COALESCE(?, provider) WHERE id = ?`,
    )
    .run(...Object.values(columns).map((value) => value ?? null), outcome.provider ?? null, attempt)
}

const text = (amount: Usd | undefined): string | null => (amount ? toDecimal(amount) : null)
