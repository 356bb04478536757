import type { DirectOffer } from '../../catalog/direct.ts'
import type { Catalog, Model } from '../../catalog/model.ts'
import { OrxError } from '../../errors.ts'
import type { PlanFees, PurchaseFee } from '../../fees.ts'
import { share } from '../../fees.ts'
import { toDecimal } from '../../money.ts'
import { priceCuts } from '../cuts.ts'
import { type Columns, cellsOf } from './cells.ts'
import { DIALECTS, type Dialect, type DialectName, literal, rowValues } from './dialect.ts'
import { joinedCells, joinedClauses, type Names, namesOf, wrapped } from './names.ts'
import { PLACES, type RateRow, rateRows } from './table.ts'

export type SqlTerms = {
  readonly plan: PlanFees
  readonly purchase: PurchaseFee | { readonly unknown: string }
}

/**
 * One statement that prices a table of requests as `orx usage` does: one row a month and model, and one a month with an
 * empty model, its total and its fees. Requests are first added up into cells that pay the same rates, where the table
 * lies; only the cells are joined to prices. Where an id is named, only its last row counts. Nothing in it comes from a user but checked identifiers.
 * @throws OrxError BAD_ARGUMENT on an identifier that is none
 */
export function usageStatement(
  name: DialectName,
  table: string,
  columns: Columns,
  catalog: Catalog,
  offers: readonly DirectOffer[],
  aliases: ReadonlyMap<string, Model>,
  terms: SqlTerms,
): string {
  const dialect = DIALECTS[name]
  for (const identifier of [table, ...Object.values(columns)]) checkIdentifier(identifier)
  const names = namesOf(catalog, offers, aliases)
  const parts = {
    ...names,
    rows: names.models.flatMap((model, at) => rateRows(model).map((row) => [row, at + 1] as const)),
    cells: cellsOf(dialect, table, columns, priceCuts(names.models, offers)),
  }
  return name === 'clickhouse'
    ? clickhouse(dialect, parts, terms)
    : withClauses(dialect, parts, terms)
}

type Parts = Names & {
  readonly rows: readonly (readonly [RateRow, number])[]
  readonly cells: string
}

function checkIdentifier(text: string): void {
  if (/^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*){0,2}$/.test(text)) return
  throw new OrxError(
    'BAD_ARGUMENT',
    `"${text}" is no plain name of a table or column`,
    'Use letters, digits and underscores, with dots between schema and table.',
  )
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
  wrapped(rows.map(([row, number]) => rowValues(row, number)))

/** DuckDB and PostgreSQL. */
function withClauses(dialect: Dialect, parts: Parts, terms: SqlTerms): string {
  const { names, models, cells } = parts
  return `WITH names(name, number) AS (VALUES
${wrapped(names.map(([text, number]) => `(${literal(text)},${number})`))}
), models(number, model) AS (VALUES
${wrapped(models.map(({ id }, at) => `(${at + 1},${literal(id)})`))}
), listed(${[...SPANS, ...RATES].join(', ')}) AS (VALUES
${values(parts)}
), prices AS (
  SELECT number, CAST(since AS DATE) AS since, CAST(until AS DATE) AS until, size_from, size_to, minute_from, minute_to, priced,
    ${RATES.map((column) => `CAST(${column} AS DECIMAL(38, ${PLACES})) AS ${column}`).join(', ')}
  FROM listed
), cells AS MATERIALIZED (
  ${cells}
), ${joinedClauses(dialect, parts)}, priced AS (
  SELECT COALESCE(${dialect.month('orx_day')}, 'undated') AS month,
    COALESCE(models.model || CASE WHEN free = 1 THEN ':free' ELSE '' END, cells.orx_name) AS model, cells.*,
    CASE WHEN prices.priced + free > 0 THEN 0 ELSE orx_requests END AS unpriced,
    CASE WHEN prices.priced > free THEN ${costOf(dialect)} ELSE 0 END AS cost
  FROM cells LEFT JOIN joined ON joined.orx_name = cells.orx_name
  LEFT JOIN models ON models.number = joined.number
  LEFT JOIN prices ON prices.number = joined.number AND ${IN_SPAN.replaceAll('orx_day', dialect.known('orx_day'))}
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
  const { models, cells } = parts
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
      if(number = 0, orx_name, concat(transform(number, [${models.map((_, at) => at + 1).join(',')}], [
${wrapped(models.map(({ id }) => literal(id)))}], ''), if(free = 1, ':free', ''))) AS model,
      orx_requests, orx_input, orx_output, orx_read, orx_write, orx_hour,
      if(priced + free > 0 AND size_to > 0, toInt64(0), toInt64(orx_requests)) AS unpriced,
      (${costOf(dialect)}) * toInt64(1 - free) AS cell_cost
    FROM (
      ${joinedCells(dialect, parts, cells)}
    ) ALL LEFT JOIN (
      SELECT ${[...SPANS, ...RATES].map(column).join(', ')}
      FROM (SELECT arrayJoin([
${values(parts)}]) AS row)
    ) USING number
    WHERE size_to = 0 OR (${IN_SPAN})
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
