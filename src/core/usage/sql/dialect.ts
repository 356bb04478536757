import type { RateRow, TokenRates } from './table.ts'
import { PLACES } from './table.ts'

export type DialectName = 'duckdb' | 'postgres' | 'clickhouse'

/** What differs between the three. Every literal comes from our own tables and is checked on its way out. */
export type Dialect = {
  /** A sum of whole numbers as something that a decimal can be multiplied by. */
  readonly whole: (expression: string) => string
  readonly sum: (column: string) => string
  readonly day: (column: string) => string
  /** Minutes after midnight. */
  readonly minute: (column: string) => string
  /** "2026-10" of a day. */
  readonly month: (day: string) => string
  /** A day that is surely one: no day is a late one, which takes the newest price. */
  readonly known: (day: string) => string
  readonly lower: (column: string) => string
  /** A column of any type as a text, empty where there is nothing. */
  readonly text: (column: string) => string
  /** A text without what a pattern finds in it first. The pattern has no backslashes, which the three read differently. */
  readonly without: (text: string, pattern: string) => string
  /** One row an id: of several the one whose columns are greatest, compared one after the other. */
  readonly last: (table: string, id: string, columns: readonly Kept[], where: string) => string
  /** An amount that is not known. */
  readonly none: string
  readonly fee: {
    /** A share of an amount, rounded half up to the cent, at least a minimum, nothing of nothing. */
    readonly purchase: (amount: string, share: string, minimum: string) => string
    /** A share of what exceeds an allowance. */
    readonly beyond: (amount: string, share: string, allowance: string) => string
    /** Nothing as long as there are no more requests than this. */
    readonly whileBelow: (requests: string, otherwise: string) => string
  }
}

type Kept = { readonly column: string; readonly name: string }

/** A text in quotes. Model ids have no quotes; one that had would be refused, not escaped. */
export function literal(text: string): string {
  if (!/^[\w~:./@+ -]*$/u.test(text)) throw new RangeError(`not a plain name: ${text}`)
  return `'${text}'`
}

function plain(text: string): string {
  if (!/^\d+(\.\d+)?$/.test(text)) throw new RangeError(`not a plain decimal: ${text}`)
  return text
}

/** As narrow as it can be: what it is multiplied with needs the digits. */
const exact = (text: string): string =>
  `CAST('${plain(text)}' AS DECIMAL(9, ${(text.split('.')[1] ?? '').length}))`

const standard: Dialect = {
  whole: (expression) => `CAST(${expression} AS DECIMAL(38, 0))`,
  sum: (column) => `SUM(${column})`,
  day: (column) => `CAST(${column} AS DATE)`,
  minute: (column) =>
    `(CAST(EXTRACT(HOUR FROM ${column}) AS INTEGER) * 60 + CAST(EXTRACT(MINUTE FROM ${column}) AS INTEGER))`,
  month: (day) => `SUBSTR(CAST(${day} AS VARCHAR), 1, 7)`,
  known: (day) => `COALESCE(${day}, DATE '2037-12-31')`,
  lower: (column) => `LOWER(${column})`,
  text: (column) => `COALESCE(CAST(${column} AS VARCHAR), '')`,
  without: (text, pattern) => `REGEXP_REPLACE(${text}, '${pattern}', '')`,
  last: (table, id, columns, where) => {
    const kept = columns.map(({ column, name }) => `${column} AS ${name}`)
    const order = columns.map(({ column }) => `${column} DESC NULLS LAST`)
    return `SELECT DISTINCT ON (${id}) ${kept.join(', ')}
    FROM ${table} WHERE ${where} ORDER BY ${[id, ...order].join(', ')}`
  },
  none: 'NULL',
  fee: {
    purchase: (amount, share, minimum) =>
      `CASE WHEN ${amount} = 0 THEN 0 ELSE GREATEST(ROUND(${amount} * ${exact(share)}, 2), ${plain(minimum)}) END`,
    beyond: (amount, share, allowance) =>
      `CASE WHEN ${amount} > ${plain(allowance)} THEN (${amount} - ${plain(allowance)}) * ${exact(share)} ELSE 0 END`,
    whileBelow: (requests, otherwise) =>
      `CASE WHEN requests <= ${plain(requests)} THEN 0 ELSE ${otherwise} END`,
  },
}

/** 128 bits in ClickHouse, where round() of a decimal is wrong in 18.16 and cents have to be cut by hand. */
const wide = (text: string, places = PLACES): string => `toDecimal128('${plain(text)}', ${places})`

const placesOf = (text: string): number => (text.split('.')[1] ?? '').length

export const DIALECTS: Readonly<Record<DialectName, Dialect>> = {
  duckdb: standard,
  postgres: standard,
  clickhouse: {
    whole: (expression) => `toInt64(${expression})`,
    sum: (column) => `sum(toInt64(${column}))`,
    day: (column) => `toDate(${column})`,
    minute: (column) => `(toHour(${column}) * 60 + toMinute(${column}))`,
    month: (day) => `substring(toString(${day}), 1, 7)`,
    known: (day) => day,
    lower: (column) => `lower(${column})`,
    text: (column) => `ifNull(toString(${column}), '')`,
    without: (text, pattern) => `replaceRegexpOne(${text}, '${pattern}', '')`,
    last: (table, id, columns, where) => {
      const kept = columns.map(({ name }, at) => `orx_kept.${at + 1} AS ${name}`)
      const all = columns.map(({ column }) => column)
      return `SELECT ${kept.join(', ')} FROM (
      SELECT max(tuple(${all.join(', ')})) AS orx_kept FROM ${table} WHERE ${where} GROUP BY ${id})`
    },
    none: "''",
    fee: {
      purchase: (amount, share, minimum) => {
        const cents = `toInt64(${amount} * ${wide(share, placesOf(share))} * 100 + ${wide('0.5', 1)})`
        const fee = `toDecimal128(${cents}, ${PLACES}) / 100`
        return `if(${amount} = 0, '0', toString(greatest(${fee}, ${wide(minimum)})))`
      },
      beyond: (amount, share, allowance) =>
        `if(${amount} > ${wide(allowance)}, toString((${amount} - ${wide(allowance)}) * ${wide(share, placesOf(share))}), '0')`,
      whileBelow: (requests, otherwise) => `if(requests <= ${plain(requests)}, '0', ${otherwise})`,
    },
  },
}

const KEYS = [
  'input',
  'output',
  'cacheRead',
  'cacheWrite',
  'cacheWrite1h',
  'request',
] as const satisfies readonly (keyof TokenRates)[]

/** A row of the price table: its model's number, its spans and its rates; an unpriced one with zeros and a mark. */
export const rowValues = (row: RateRow, number: number): string =>
  `(${[
    number,
    `'${row.since}'`,
    `'${row.until}'`,
    row.promptFrom,
    row.promptTo,
    row.minuteFrom,
    row.minuteTo,
    row.rates ? 1 : 0,
    ...KEYS.map((key) => `'${row.rates ? plain(row.rates[key]) : '0'}'`),
  ].join(',')})`
