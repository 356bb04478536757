import type { Paint } from '../context.ts'
import type { Arrival, CatalogDiff, Quote, RateChange } from '../core/catalog/diff.ts'
import type { Catalog } from '../core/catalog/model.ts'
import type { Dimension } from '../core/catalog/price.ts'
import { usd } from '../core/money.ts'
import { size } from './models/cells.ts'
import { fixed, grouped, rate } from './money.ts'
import { type Column, plainColumns, type Sheet, sheetText } from './sheet.ts'
import { wrap } from './width.ts'

export const CHANGES = ['repriced', 'gone', 'new', 'context'] as const
export type Change = (typeof CHANGES)[number]

export type DiffView = {
  readonly from: Catalog
  readonly to: Catalog
  readonly diff: CatalogDiff
  /** Undefined: all kinds. */
  readonly only: Change | undefined
}

const shows = ({ only }: DiffView, change: Change): boolean => (only ?? change) === change

export function diffJson(view: DiffView): object {
  const { from, to, diff } = view
  const kept = <T>(change: Change, rows: readonly T[]) => (shows(view, change) ? rows : [])
  return {
    schema: 'orx.catalog.diff/1',
    from: side(from),
    to: side(to),
    repriced: kept('repriced', diff.repriced),
    gone: kept('gone', diff.departed),
    new: kept('new', diff.arrived),
    context: kept('context', diff.context),
    unchanged: diff.unchanged,
  }
}

const side = (catalog: Catalog) => ({
  name: catalog.name,
  asOf: catalog.asOf,
  models: count(catalog),
})
const count = ({ models }: Catalog): number =>
  models.filter(({ status }) => status === 'current').length

const SHEET: readonly Column[] = plainColumns([
  'change',
  'model',
  'fromInput',
  'fromOutput',
  'toInput',
  'toOutput',
  'inputPercent',
  'outputPercent',
  'fromContext',
  'toContext',
  'lastSeen',
  'successor',
])

/** One row a change, for CSV and Markdown. */
export function diffSheet(view: DiffView): Sheet {
  const { repriced, departed, arrived, context } = view.diff
  const none = [null, null]
  const two = (quote: Quote | null) => (quote ? [quote.input, quote.output] : none)
  const rows = [
    ...repriced.map(({ model, from, to, changes }) => [
      'repriced',
      model,
      ...two(from),
      ...two(to),
      percentOf(changes, 'input'),
      percentOf(changes, 'output'),
      ...none,
      ...none,
    ]),
    ...departed.map(({ model, quote, last, lastSeen, successor }) => [
      'gone',
      model,
      ...two(quote),
      ...two(last),
      ...none,
      ...none,
      lastSeen,
      successor,
    ]),
    ...arrived.map(({ model, quote, context: tokens }) => [
      'new',
      model,
      ...none,
      ...two(quote),
      ...none,
      null,
      tokens === null ? null : String(tokens),
      ...none,
    ]),
    ...context.map(({ model, from, to }) => [
      'context',
      model,
      ...none,
      ...none,
      ...none,
      String(from),
      String(to),
      ...none,
    ]),
  ]
  return { columns: SHEET, rows: rows.filter(([change]) => shows(view, change as Change)) }
}

const percentOf = (changes: readonly RateChange[], dimension: string): string | null =>
  changes.find((each) => each.dimension === dimension)?.percent ?? null

/** On a terminal long lists are cut to this, and the line below says how to see all. */
const MOST = 30
/** From here on there is room for whole ids. */
const ROOMY = 120

export function diffText(view: DiffView, width: number, paint: Paint): string {
  const { from, to, diff } = view
  const title = `${label(from)} → ${label(to)}`
  const parts = CHANGES.filter((change) => shows(view, change)).map((change) =>
    section(change, view, width, paint),
  )
  const changed = parts.filter((part) => part !== '')
  const same = `${diff.unchanged} ${diff.unchanged === 1 ? 'model costs' : 'models cost'} the same in both.`
  const unit = 'Prices: US$ per 1M tokens in / out.'
  const lines = (text: string, style: (line: string) => string) =>
    wrap(text, width)
      .map((line) => style(line))
      .join('\n')
  if (changed.length > 0)
    return [lines(title, paint.bold), ...changed, `${lines(`${same} ${unit}`, paint.dim)}\n`].join(
      '\n\n',
    )
  const hint =
    from.asOf === to.asOf && to.name !== 'report' ? ' Get today’s list: orx catalog update' : ''
  return `${lines(title, paint.bold)}\n\n${wrap(`Nothing changed. ${same}${hint}`, width).join('\n')}\n`
}

const label = (catalog: Catalog): string =>
  `${catalog.name} (${catalog.name === catalog.asOf ? '' : `${catalog.asOf}, `}${count(catalog)} ${count(catalog) === 1 ? 'model' : 'models'})`

function section(change: Change, view: DiffView, width: number, paint: Paint): string {
  const sheet = withoutEmpty(tables[change](view.diff, width < ROOMY, paint))
  const total = sheet.rows.length
  if (total === 0) return ''
  if (change === 'new' && view.from.name === 'report' && view.only !== 'new')
    return wrap(`NEW ${total} models that the report does not name: add --only new`, width)
      .map((line) => paint.dim(line))
      .join('\n')
  const most = Number.isFinite(width) && view.only === undefined ? MOST : total
  const table = sheetText({ ...sheet, rows: sheet.rows.slice(0, most) }, width, paint.dim)
  const [head, ...lines] = table.trimEnd().split('\n')
  const more =
    total > most ? `\n ${paint.dim(`… and ${total - most} more: add --only ${change}`)}` : ''
  return `${head}\n${lines.join('\n')}${more}`
}

function withoutEmpty({ columns, rows }: Sheet): Sheet {
  const used = columns.map((_, at) => rows.some((row) => row[at]))
  const kept = <T>(cells: readonly T[]) => cells.filter((_, at) => used[at])
  return { columns: kept(columns), rows: rows.map(kept) }
}

function pair({ input, output }: Quote): string {
  if (input === null || output === null) return 'unpriced'
  return input === '0' && output === '0' ? 'free' : `${rate(input)} / ${rate(output)}`
}

/** Whole percents from ten up. */
function percent(text: string | null): string {
  if (text === null) return ''
  const size = text.replace('-', '')
  const shown = /^\d\d/.test(size) ? grouped(fixed(usd(size), 0)) : size
  return `${text.startsWith('-') ? '−' : '+'}${shown} %`
}

type Table = (diff: CatalogDiff, narrow: boolean, paint: Paint) => Sheet

const tables: Readonly<Record<Change, Table>> = {
  repriced: ({ repriced }, narrow, paint) => ({
    columns: [
      { key: 'model', title: `REPRICED ${repriced.length}`, flexible: true },
      { key: 'from', title: 'in / out', align: 'right' },
      { key: 'to', title: 'became', align: 'right' },
      { key: 'in', title: 'in', align: 'right', style: coloured(paint), optional: true },
      { key: 'out', title: 'out', align: 'right', style: coloured(paint), optional: true },
      { key: 'also', title: 'also', optional: true },
    ],
    rows: repriced.map(({ model, from, to, changes }) => [
      named(model, narrow),
      pair(from),
      pair(to),
      percent(percentOf(changes, 'input')),
      percent(percentOf(changes, 'output')),
      others(changes, narrow),
    ]),
  }),
  gone: ({ departed }, narrow) => ({
    columns: [
      { key: 'model', title: `GONE ${departed.length}`, flexible: true },
      { key: 'from', title: 'in / out', align: 'right' },
      { key: 'last', title: 'at last', align: 'right' },
      { key: 'seen', title: 'last seen' },
      { key: 'successor', title: 'successor', flexible: true },
    ],
    rows: departed.map(({ model, quote, last, lastSeen, successor }) => [
      named(model, narrow),
      pair(quote),
      last === null || pair(last) === pair(quote) ? '' : pair(last),
      lastSeen,
      successor === null ? '' : named(successor, narrow).trimStart(),
    ]),
  }),
  new: ({ arrived }, narrow) => ({
    columns: [
      { key: 'model', title: `NEW ${arrived.length}`, flexible: true },
      { key: 'price', title: 'in / out', align: 'right' },
      { key: 'context', title: 'context', align: 'right' },
      { key: 'created', title: 'since' },
    ],
    rows: arrived
      .toSorted(newestFirst)
      .map(({ model, quote, context, created }) => [
        named(model, narrow),
        pair(quote),
        context === null ? '' : size(context),
        created ?? '',
      ]),
  }),
  context: ({ context }, narrow) => ({
    columns: [
      { key: 'model', title: `CONTEXT ${context.length}`, flexible: true },
      { key: 'from', title: 'tokens', align: 'right' },
      { key: 'to', title: 'became', align: 'right' },
    ],
    rows: context.map(({ model, from, to }) => [named(model, narrow), tokens(from), tokens(to)]),
  }),
}

/** Those without a day are of the newest captures. */
const newestFirst = (a: Arrival, b: Arrival): number =>
  (b.created ?? '9').localeCompare(a.created ?? '9', 'en') || (a.model < b.model ? -1 : 1)

/** A narrow terminal has no room for authors. */
const named = (model: string, narrow: boolean): string =>
  ` ${narrow ? `${model.startsWith('~') ? '~' : ''}${model.slice(model.indexOf('/') + 1)}` : model}`

const SHORT: Partial<Readonly<Record<Dimension, string>>> = {
  cacheRead: 'cache',
  cacheWrite: 'write',
  cacheWrite1h: 'write 1h',
  webSearch: 'search',
}

/** Other prices that changed: on a narrow terminal the first of them, and how many more. */
function others(changes: readonly RateChange[], narrow: boolean): string {
  const all = changes
    .filter(({ dimension }) => dimension !== 'input' && dimension !== 'output')
    .map(
      ({ dimension, from, to, percent: share }) =>
        `${SHORT[dimension] ?? dimension} ${share === null ? `${from} → ${to}` : percent(share)}`,
    )
  const [first = '', ...rest] = all
  return narrow && rest.length > 0 ? `${first}, +${rest.length}` : all.join(', ')
}

const coloured =
  (paint: Paint) =>
  (text: string): string =>
    text.includes('−') ? paint.green(text) : paint.yellow(text)

const tokens = (count: number): string => count.toLocaleString('en-US')
