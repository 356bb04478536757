import type { GroupBy, SettledBy, Spending } from '../../core/ledger.ts'
import { add, times, usd, ZERO } from '../../core/money.ts'
import type { Database } from './database.ts'

/** The model that answered, where it is one of those asked for: dated slugs are told under the name that was asked for. */
export const MODEL = `CASE WHEN EXISTS (SELECT 1 FROM json_each(a.models) WHERE value = a.model)
  THEN a.model ELSE json_extract(a.models, '$[0]') END`

const KEYS: Readonly<Record<GroupBy, string>> = {
  day: 'a.day',
  model: MODEL,
  provider: 'a.provider',
  route: 'a.route',
  session: 'r.session',
}

type Row = {
  readonly key: string | null
  readonly spend: string | null
  readonly settled_by: SettledBy | null
  readonly attempts: number
  readonly failed: number
  readonly prompt: number
  readonly completion: number
  readonly cached: number
  readonly reasoning: number
}

type Prompts = { readonly key: string | null; readonly prompts: number }

/**
 * What was spent from `since` on, by day (in order) or by another key (the dearest first is for the caller to sort).
 * SQLite counts; money is summed here, exactly, each distinct amount once with its number of rows.
 */
export function spending(
  database: Database,
  by: GroupBy | 'all',
  since: Date,
): readonly Spending[] {
  const key = by === 'all' ? 'NULL' : KEYS[by]
  const from = 'FROM attempt a JOIN request r ON r.id = a.request WHERE a.started >= ?'
  const prompts = database
    .prepare(
      `SELECT ${key} AS key, count(DISTINCT a.request) AS prompts ${from} GROUP BY 1 ORDER BY 1`,
    )
    .all(since.toISOString()) as readonly Prompts[]
  const rows = database
    .prepare(
      `SELECT ${key} AS key, a.spend, a.settled_by, count(*) AS attempts,
         sum(a.status = 'failed') AS failed,
         coalesce(sum(a.prompt_tokens), 0) AS prompt, coalesce(sum(a.completion_tokens), 0) AS completion,
         coalesce(sum(a.cached_tokens), 0) AS cached, coalesce(sum(a.reasoning_tokens), 0) AS reasoning
       ${from} GROUP BY 1, 2, 3`,
    )
    .all(since.toISOString()) as readonly Row[]
  const byKey = new Map<string | null, Row[]>(prompts.map(({ key }) => [key, []]))
  for (const row of rows) byKey.get(row.key)?.push(row)
  return prompts.map((group) => summed(group, byKey.get(group.key) ?? []))
}

function summed({ key, prompts }: Prompts, rows: readonly Row[]): Spending {
  const total = (of: (row: Row) => number) => rows.reduce((sum, row) => sum + of(row), 0)
  const known = (which: readonly Row[]) =>
    which.reduce((sum, { spend, attempts }) => add(sum, times(usd(spend ?? '0'), attempts)), ZERO)
  return {
    key,
    prompts,
    attempts: total(({ attempts }) => attempts),
    failed: total(({ failed }) => failed),
    tokens: {
      prompt: total(({ prompt }) => prompt),
      completion: total(({ completion }) => completion),
      cached: total(({ cached }) => cached),
      reasoning: total(({ reasoning }) => reasoning),
    },
    spend: known(rows),
    estimated: known(
      rows.filter(({ settled_by }) => settled_by === 'estimate' || settled_by === 'worst-case'),
    ),
    unknown: total(({ spend, attempts }) => (spend === null ? attempts : 0)),
  }
}
