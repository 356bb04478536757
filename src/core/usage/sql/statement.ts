import type { DirectOffer } from '../../catalog/direct.ts'
import type { Catalog } from '../../catalog/model.ts'
import { OrxError } from '../../errors.ts'
import type { PlanFees, PurchaseFee } from '../../fees.ts'
import { share } from '../../fees.ts'
import { toDecimal } from '../../money.ts'
import { priceCuts } from '../cuts.ts'
import { exactNames } from '../join.ts'
import { DIALECTS, type Dialect, type DialectName, literal, rowValues } from './dialect.ts'
import { PLACES, type RateRow, rateRows } from './table.ts'

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
}

export type SqlTerms = {
  readonly plan: PlanFees
  readonly purchase: PurchaseFee | { readonly unknown: string }
}

/**
 * One statement that prices a table of requests as `orx usage` does: one row a month and model, and one a month with an
 * empty model, its total and its fees. Requests are first added up into cells that pay the same rates, where the table
 * lies; only the cells are joined to prices. Nothing in it comes from a user but checked identifiers.
 * @throws OrxError BAD_ARGUMENT on an identifier that is none
 */
export function usageStatement(
  name: DialectName,
  table: string,
  columns: Columns,
  catalog: Catalog,
  offers: readonly DirectOffer[],
  terms: SqlTerms,
): string {
  const dialect = DIALECTS[name]
  for (const identifier of [table, ...Object.values(columns)]) checkIdentifier(identifier)
  const used = [...exactNames(catalog, offers)].filter(([text]) => isPlain(text))
  const models = [...new Set(used.map(([, model]) => model))]
  const numberOf = new Map(models.map((model, at) => [model, at + 1]))
  const names = used.map(([text, model]) => [text, numberOf.get(model) ?? 0] as const)
  const ids = models.map(({ id }) => id)
  const rows = models.flatMap((model) =>
    rateRows(model).map((row) => [row, numberOf.get(model) ?? 0] as const),
  )
  const parts = { names, ids, rows, cells: cellsOf(dialect, table, columns, catalog, offers) }
  return name === 'clickhouse'
    ? clickhouse(dialect, parts, terms)
    : withClauses(dialect, parts, terms)
}

type Parts = {
  readonly names: readonly (readonly [string, number])[]
  readonly ids: readonly string[]
  readonly rows: readonly (readonly [RateRow, number])[]
  readonly cells: string
}

const isPlain = (text: string): boolean => /^[\w~:./@+ -]+$/u.test(text)

function checkIdentifier(text: string): void {
  if (/^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*){0,2}$/.test(text)) return
  throw new OrxError(
    'BAD_ARGUMENT',
    `"${text}" is no plain name of a table or column`,
    'Use letters, digits and underscores, with dots between schema and table.',
  )
}

/** Requests added up by name, day, size of prompt and time of day: what the local engine holds in memory. */
function cellsOf(
  dialect: Dialect,
  table: string,
  columns: Columns,
  catalog: Catalog,
  offers: readonly DirectOffer[],
): string {
  const { prompts, minutes } = priceCuts(catalog.models, offers)
  const { model, time, input, output } = columns
  const sum = (column: string | undefined) => (column ? dialect.sum(column) : '0')
  const size = prompts.toReversed().map((cut) => `WHEN ${input} > ${cut} THEN ${cut + 1}`)
  const minute = dialect.minute(time)
  const hours = minutes
    .filter((cut) => cut > 0)
    .toReversed()
    .map((cut) => `WHEN ${minute} >= ${cut} THEN ${cut}`)
  const whenNone = (cases: readonly string[]) =>
    cases.length > 0 ? `CASE ${cases.join(' ')} ELSE 0 END` : '0'
  return `SELECT ${dialect.lower(model)} AS orx_name, ${dialect.day(time)} AS orx_day,
    ${whenNone(size)} AS orx_size,
    ${whenNone(hours)} AS orx_minute,
    ${columns.requests ? dialect.sum(columns.requests) : 'COUNT(*)'} AS orx_requests,
    ${sum(input)} AS orx_input, ${sum(output)} AS orx_output,
    ${sum(columns.cacheRead)} AS orx_read, ${sum(columns.cacheWrite)} AS orx_write, ${sum(columns.cacheWrite1h)} AS orx_hour
  FROM ${table} GROUP BY orx_name, orx_day, orx_size, orx_minute`
}

const SPANS: readonly string[] = [
  'number',
  'since',
  'until',
  'size_from',
  'size_to',
  'minute_from',
  'minute_to',
  'priced',
]
const RATES: readonly string[] = ['p_input', 'p_output', 'p_read', 'p_write', 'p_hour', 'p_request']

const costOf = ({ whole }: Dialect): string =>
  [
    `${whole('orx_input - orx_read - orx_write - orx_hour')} * p_input`,
    `${whole('orx_output')} * p_output`,
    `${whole('orx_read')} * p_read`,
    `${whole('orx_write')} * p_write`,
    `${whole('orx_hour')} * p_hour`,
    `${whole('orx_requests')} * p_request`,
  ].join(' + ')

const IN_SPAN =
  'orx_day >= since AND orx_day < until AND orx_size >= size_from AND orx_size < size_to AND orx_minute >= minute_from AND orx_minute < minute_to'

const values = ({ rows }: Parts): string =>
  lines(rows.map(([row, number]) => rowValues(row, number)))

/** DuckDB and PostgreSQL. */
function withClauses(dialect: Dialect, parts: Parts, terms: SqlTerms): string {
  const { names, ids, cells } = parts
  return `WITH names(name, number) AS (VALUES
${lines(names.map(([text, number]) => `(${literal(text)},${number})`))}
), models(number, model) AS (VALUES
${lines(ids.map((id, at) => `(${at + 1},${literal(id)})`))}
), listed(${[...SPANS, ...RATES].join(', ')}) AS (VALUES
${values(parts)}
), prices AS (
  SELECT number, CAST(since AS DATE) AS since, CAST(until AS DATE) AS until, size_from, size_to, minute_from, minute_to, priced,
    ${RATES.map((column) => `CAST(${column} AS DECIMAL(38, ${PLACES})) AS ${column}`).join(', ')}
  FROM listed
), cells AS (
  ${cells}
), priced AS (
  SELECT COALESCE(${dialect.month('orx_day')}, 'undated') AS month, COALESCE(models.model, orx_name) AS model, cells.*,
    CASE WHEN prices.priced = 1 THEN 0 ELSE orx_requests END AS unpriced,
    CASE WHEN prices.priced = 1 THEN ${costOf(dialect)} ELSE 0 END AS cost
  FROM cells LEFT JOIN names ON names.name = orx_name
  LEFT JOIN models ON models.number = names.number
  LEFT JOIN prices ON prices.number = names.number AND ${IN_SPAN.replaceAll('orx_day', dialect.known('orx_day'))}
), sums AS (
  SELECT month, model, SUM(orx_requests) AS requests, SUM(orx_input) AS input_tokens,
    SUM(orx_output) AS output_tokens, SUM(orx_read) AS cache_read_tokens,
    SUM(orx_write + orx_hour) AS cache_write_tokens, SUM(unpriced) AS unpriced_requests, SUM(cost) AS cost
  FROM priced GROUP BY GROUPING SETS ((month, model), (month))
)
SELECT month, COALESCE(model, '') AS model, requests, input_tokens, output_tokens, cache_read_tokens, cache_write_tokens,
  unpriced_requests, CASE WHEN unpriced_requests < requests THEN cost END AS cost,
  CASE WHEN model IS NULL THEN ${creditsFee(dialect, terms, 'cost')} END AS credits_fee,
  CASE WHEN model IS NULL THEN ${byokFee(dialect, terms, 'cost')} END AS byok_fee
FROM sums ORDER BY month, model
`
}

/**
 * ClickHouse 18.16 and later: no VALUES, no inequality in a join, no nullable decimals. Amounts leave as texts, empty
 * where unknown.
 */
function clickhouse(dialect: Dialect, parts: Parts, terms: SqlTerms): string {
  const { names, ids, cells } = parts
  const column = (key: string, at: number) => {
    const value = `row.${at + 1}`
    if (key === 'since' || key === 'until') return `toDate(${value}) AS ${key}`
    if (key === 'number') return `toInt32(${value}) AS number`
    return SPANS.includes(key)
      ? `toInt64(${value}) AS ${key}`
      : `toDecimal128(${value}, 24) AS ${key}`
  }
  return `SELECT month, model, requests, input_tokens, output_tokens, cache_read_tokens, cache_write_tokens, unpriced_requests,
  if(unpriced_requests < requests, toString(total), '') AS cost,
  if(model = '', ${creditsFee(dialect, terms, 'total')}, '') AS credits_fee,
  if(model = '', ${byokFee(dialect, terms, 'total')}, '') AS byok_fee
FROM (
  SELECT month, model, sum(orx_requests) AS requests, sum(orx_input) AS input_tokens, sum(orx_output) AS output_tokens,
    sum(orx_read) AS cache_read_tokens, sum(orx_write + orx_hour) AS cache_write_tokens,
    sum(unpriced) AS unpriced_requests, sum(cell_cost) AS total
  FROM (
    SELECT ${dialect.month('orx_day')} AS month,
      if(number = 0, orx_name, transform(number, [${ids.map((_, at) => at + 1).join(',')}], [
${lines(ids.map(literal))}], '')) AS model,
      orx_requests, orx_input, orx_output, orx_read, orx_write, orx_hour,
      if(priced = 1, toInt64(0), toInt64(orx_requests)) AS unpriced,
      ${costOf(dialect)} AS cell_cost
    FROM (
      SELECT *, toInt32(transform(orx_name, [
${lines(names.map(([text]) => literal(text)))}], [${names.map(([, number]) => number).join(',')}], 0)) AS number
      FROM (${cells})
    ) ALL LEFT JOIN (
      SELECT ${[...SPANS, ...RATES].map(column).join(', ')}
      FROM (SELECT arrayJoin([
${values(parts)}]) AS row)
    ) USING number
    WHERE number = 0 OR (${IN_SPAN})
  ) GROUP BY month, model WITH ROLLUP
) WHERE month != '' ORDER BY month, model
`
}

/** On one purchase a month, rounded half up to the cent. */
function creditsFee({ fee, none }: Dialect, { purchase }: SqlTerms, amount: string): string {
  if ('unknown' in purchase) return none
  return fee.purchase(amount, toDecimal(share(purchase.percent)), purchase.minimum ?? '0')
}

/** An allowance in requests leaves a fee that no decimal holds exactly: beyond it the column is empty. */
function byokFee({ fee, none }: Dialect, { plan }: SqlTerms, amount: string): string {
  const { percent, allowance } = plan.byok
  if (allowance.unit === 'usd') {
    return fee.beyond(amount, toDecimal(share(percent)), allowance.amount)
  }
  return fee.whileBelow(allowance.amount, none)
}

/** Several to a line, so that the statement can still be looked at. */
function lines(texts: readonly string[]): string {
  const out: string[] = []
  let line = ''
  for (const text of texts) {
    if (line.length + text.length > 150) {
      out.push(line)
      line = ''
    }
    line += `${text},`
  }
  return [...out, line].join('\n').replace(/,$/, '')
}
