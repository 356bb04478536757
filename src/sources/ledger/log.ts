import type { Database } from './database.ts'
import { MODEL } from './spending.ts'

type Row = {
  readonly id: number
  readonly started: string
  readonly model: string
  readonly prompt: string | null
  readonly settled_by: string | null
  readonly cost: string | null
  readonly upstream: string | null
  readonly is_byok: number | null
  readonly prompt_tokens: number
  readonly completion_tokens: number | null
  readonly cached_tokens: number | null
  readonly reasoning_tokens: number | null
}

/** The ledger as a log of usage: a JSON line an attempt whose tokens are known, charges only where they were reported. */
export function logOf(database: Database, since: Date): readonly string[] {
  const rows = database
    .prepare(
      `SELECT a.id, a.started, ${MODEL} AS model, r.prompt, a.settled_by, a.cost, a.upstream, a.is_byok,
         a.prompt_tokens, a.completion_tokens, a.cached_tokens, a.reasoning_tokens
       FROM attempt a JOIN request r ON r.id = a.request
       WHERE a.started >= ? AND a.prompt_tokens IS NOT NULL ORDER BY a.id`,
    )
    .all(since.toISOString()) as readonly Row[]
  return rows.map((row) => `${JSON.stringify(record(row))}\n`)
}

const record = (row: Row): object => ({
  id: String(row.id),
  created_at: row.started,
  model: row.model,
  ...(row.prompt !== null && { prompt_text: row.prompt }),
  prompt_tokens: row.prompt_tokens,
  completion_tokens: row.completion_tokens ?? 0,
  cached_tokens: row.cached_tokens ?? 0,
  reasoning_tokens: row.reasoning_tokens ?? 0,
  ...(row.settled_by === 'reported' && {
    cost: row.cost ?? '0',
    ...(row.is_byok === 1 && { byok_usage_inference: row.upstream ?? '0' }),
  }),
})
