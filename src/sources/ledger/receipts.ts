import type { Bill } from '../../core/budget.ts'
import type { AttemptRecord, Candidate, Receipt } from '../../core/ledger.ts'
import { type Usd, usd, ZERO } from '../../core/money.ts'
import type { Database } from './database.ts'

type RequestRow = {
  readonly id: number
  readonly started: string
  readonly session: string | null
  readonly lane: string | null
  readonly asked: string
  readonly candidates: string
  readonly why: string | null
  readonly prompt: string | null
}

type AttemptRow = {
  readonly id: number
  readonly started: string
  readonly expires: string
  readonly route: AttemptRecord['route']
  readonly models: string
  readonly free: number
  readonly max_tokens: number
  readonly worst: string | null
  readonly expected: string | null
  readonly status: AttemptRecord['status']
  readonly settled_by: AttemptRecord['settledBy']
  readonly spend: string | null
  readonly cost: string | null
  readonly upstream: string | null
  readonly is_byok: number | null
  readonly model: string | null
  readonly provider: string | null
  readonly generation: string | null
  readonly http_status: number | null
  readonly reason: string | null
  readonly finish_reason: string | null
  readonly prompt_tokens: number | null
  readonly completion_tokens: number | null
  readonly cached_tokens: number | null
  readonly reasoning_tokens: number | null
  readonly ttft_ms: number | null
  readonly duration_ms: number | null
}

/** The receipt of a prompt by its number, or the last one's. */
export function receipt(database: Database, id: number | 'last', now: Date): Receipt | undefined {
  const request = database
    .prepare(
      id === 'last'
        ? 'SELECT * FROM request ORDER BY id DESC LIMIT 1'
        : 'SELECT * FROM request WHERE id = ?',
    )
    .get(...(id === 'last' ? [] : [id])) as RequestRow | undefined
  if (!request) return undefined
  const rows = database
    .prepare('SELECT * FROM attempt WHERE request = ? ORDER BY id')
    .all(request.id) as readonly AttemptRow[]
  const { started, session, lane, asked, why, prompt, candidates } = request
  return {
    id: request.id,
    started: new Date(started),
    session,
    lane,
    asked,
    why,
    prompt,
    candidates: JSON.parse(candidates) as readonly Candidate[],
    attempts: rows.map((row) => attemptOf(row, now)),
  }
}

function attemptOf(row: AttemptRow, now: Date): AttemptRecord {
  // Marked as lost only when the next prompt is reserved; asked in between, it is lost all the same.
  const lost = row.status === 'open' && row.expires <= now.toISOString()
  return {
    id: row.id,
    started: new Date(row.started),
    route: row.route,
    models: JSON.parse(row.models) as readonly string[],
    free: row.free === 1,
    maxTokens: row.max_tokens,
    worst: amount(row.worst),
    expected: amount(row.expected),
    status: lost ? 'lost' : row.status,
    settledBy: lost ? 'unknown' : row.settled_by,
    spend: amount(row.spend),
    bill: billOf(row),
    model: row.model,
    provider: row.provider,
    generation: row.generation,
    httpStatus: row.http_status,
    reason: row.reason,
    finishReason: row.finish_reason,
    tokens:
      row.prompt_tokens === null
        ? null
        : {
            prompt: row.prompt_tokens,
            completion: row.completion_tokens ?? 0,
            cached: row.cached_tokens ?? 0,
            reasoning: row.reasoning_tokens ?? 0,
          },
    ttftMs: row.ttft_ms,
    durationMs: row.duration_ms,
  }
}

const amount = (text: string | null): Usd | null => (text === null ? null : usd(text))

const billOf = ({ cost, upstream, is_byok }: AttemptRow): Bill | null =>
  cost === null
    ? null
    : { cost: amount(cost) ?? ZERO, upstream: amount(upstream) ?? undefined, isByok: is_byok === 1 }
