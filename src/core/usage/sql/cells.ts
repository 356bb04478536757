import type { PriceCuts } from '../groups.ts'
import type { Dialect } from './dialect.ts'

/** Columns of the table of requests; input includes what is cached. */
export type Columns = {
  readonly model: string
  /** A timestamp in UTC, or a date. */
  readonly time: string
  readonly input: string
  readonly output: string
  readonly cacheRead?: string
  readonly cacheWrite?: string
  readonly cacheWrite1h?: string
  readonly requests?: string
  /** Of several rows with one id only the last counts. */
  readonly id?: string
}

/** Requests added up by name, day, size of prompt and time of day: what the local engine holds in memory. */
export function cellsOf(
  dialect: Dialect,
  table: string,
  columns: Columns,
  cuts: PriceCuts,
): string {
  const named = `${dialect.text(columns.model)} <> ''`
  if (columns.id === undefined) return cellsFrom(dialect, `${table} WHERE ${named}`, columns, cuts)
  const id = dialect.text(columns.id)
  const kept = keptColumns(columns)
  const last = dialect.last(table, id, kept, `${named} AND ${id} <> ''`)
  const renamed = Object.fromEntries(kept.map(({ key, name }) => [key, name]))
  return `${cellsFrom(dialect, `${table} WHERE ${named} AND ${id} = ''`, columns, cuts)}
  UNION ALL
  ${cellsFrom(dialect, `(${last}) AS orx_last`, { ...columns, ...renamed }, cuts)}`
}

/** In the order that says which row of an id is the last: the latest, of equally late ones that with most output, and so on. */
function keptColumns({ id, time, output, input, model, ...rest }: Columns) {
  return Object.entries({ time, output, input, ...rest, model }).map(([key, column]) => ({
    key,
    column,
    name: `kept_${key}`,
  }))
}

function cellsFrom(dialect: Dialect, source: string, columns: Columns, cuts: PriceCuts): string {
  const { model, time, input, output } = columns
  const sum = (column: string | undefined) => (column ? dialect.sum(column) : '0')
  const size = cuts.prompts.toReversed().map((cut) => `WHEN ${input} > ${cut} THEN ${cut + 1}`)
  const minute = dialect.minute(time)
  const hours = cuts.minutes
    .filter((cut) => cut > 0)
    .toReversed()
    .map((cut) => `WHEN ${minute} >= ${cut} THEN ${cut}`)
  const whenNone = (cases: readonly string[]) =>
    cases.length > 0 ? `CASE ${cases.join(' ')} ELSE 0 END` : '0'
  return `SELECT ${dialect.lower(dialect.text(model))} AS orx_name, ${dialect.day(time)} AS orx_day,
    ${whenNone(size)} AS orx_size,
    ${whenNone(hours)} AS orx_minute,
    ${columns.requests ? dialect.sum(columns.requests) : 'COUNT(*)'} AS orx_requests,
    ${sum(input)} AS orx_input, ${sum(output)} AS orx_output,
    ${sum(columns.cacheRead)} AS orx_read, ${sum(columns.cacheWrite)} AS orx_write, ${sum(columns.cacheWrite1h)} AS orx_hour
  FROM ${source} GROUP BY orx_name, orx_day, orx_size, orx_minute`
}
