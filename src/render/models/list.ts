import type { Paint } from '../../context.ts'
import { markText } from '../../core/catalog/marks.ts'
import type { Catalog } from '../../core/catalog/model.ts'
import { slugOf } from '../../core/catalog/names.ts'
import type { Found, ModelRow } from '../../core/catalog/query.ts'
import { since } from '../../core/catalog/sort.ts'
import { age } from '../cost/view.ts'
import { rate } from '../money.ts'
import { type Column, type Sheet, sheetText } from '../sheet.ts'
import { wrap } from '../width.ts'
import { size } from './cells.ts'
import { type CatalogView, modelJson, sourcesOf } from './json.ts'

export type ListView = CatalogView & { readonly found: Found }

export const listJson = ({ catalog, scoreSources, found }: ListView): object => ({
  schema: 'orx.models/1',
  catalog: { name: catalog.name, asOf: catalog.asOf },
  matched: found.matched,
  hidden: found.hidden,
  unknown: found.unknown,
  models: found.rows.map(modelJson),
  sources: sourcesOf(catalog, scoreSources, found.rows),
})

const right = (key: string, title = key): Column => ({ key, title, align: 'right' })

/** All figures of every row, with full ids; for CSV and Markdown. */
export const listSheet = ({ found: { rows } }: ListView): Sheet => ({
  columns: [
    { key: 'id', title: 'id' },
    { key: 'name', title: 'name' },
    { key: 'status', title: 'status' },
    right('input'),
    right('output'),
    { key: 'price_as_of', title: 'price as of' },
    right('context'),
    right('max_output', 'max output'),
    right('intelligence'),
    right('coding'),
    right('agentic'),
    right('ttft_ms', 'ttft ms'),
    right('tokens_per_second', 'tokens/s'),
    { key: 'speed_as_of', title: 'speed as of' },
    { key: 'since', title: 'since' },
    { key: 'marks', title: 'marks' },
  ],
  rows: rows.map((row) => [
    row.model.id,
    row.model.name,
    row.model.status,
    row.point.price?.input ?? null,
    row.point.price?.output ?? null,
    row.point.asOf,
    text(row.model.context),
    text(row.model.maxOutput),
    text(row.scores.intelligence?.value),
    text(row.scores.coding?.value),
    text(row.scores.agentic?.value),
    text(row.model.speed?.ttftMs),
    text(row.model.speed?.throughput),
    row.model.speed?.asOf ?? null,
    row.model.created,
    [...row.marks.map(markText), row.point.unpriced].filter(Boolean).join('; ') || null,
  ]),
})

const text = (value: number | null | undefined): string | null =>
  value === null || value === undefined ? null : String(value)

/** Signs behind a row, and what each means. */
const SIGNS = {
  '†': 'retired: the price is its last known one',
  '°': 'not in the newest capture, which lists only models that call tools: price of before',
  '+': 'dearer for long prompts, or by the hour: orx models show NAME',
  '*': '',
} as const
type Sign = keyof typeof SIGNS

function signsOf({ model, point, marks }: ModelRow, { asOf }: Catalog): readonly Sign[] {
  const signs: Sign[] = []
  if (model.status === 'retired') signs.push('†')
  else if (point.asOf < asOf) signs.push('°')
  if (point.price?.overrides) signs.push('+')
  if (marks.some(({ kind }) => kind === 'host')) signs.push('*')
  return signs
}

export function listText(view: ListView, width: number, paint: Paint): string {
  const columns = Math.min(width, 140)
  const { found, catalog } = view
  const wide = columns >= 100
  const shown = namesOf(found.rows, wide)
  const signs = found.rows.map((row) => signsOf(row, catalog))
  const sheet: Sheet = {
    columns: [
      { key: 'model', title: 'model', flexible: true },
      right('in'),
      right('out'),
      right('context'),
      right('intelligence', 'intel.'),
      right('coding'),
      ...(wide ? [right('ttft', 'TTFT')] : []),
      right('speed', 'tok/s'),
      ...(wide ? [{ key: 'since', title: 'since' }] : []),
      { key: 'signs', title: '', style: paint.yellow },
    ],
    rows: found.rows.map((row, at) => [
      shown[at] ?? row.model.id,
      ...prices(row),
      row.model.context === null ? '–' : size(row.model.context),
      row.scores.intelligence?.value.toFixed(1) ?? '–',
      row.scores.coding?.value.toFixed(1) ?? '–',
      ...(wide ? [seconds(row.model.speed?.ttftMs)] : []),
      row.model.speed ? row.model.speed.throughput.toFixed(0) : '–',
      ...(wide ? [row.model.created ?? `by ${since(row)}`] : []),
      (signs[at] ?? []).join(''),
    ]),
  }
  return [
    sheetText(sheet, columns, paint.dim).trimEnd(),
    '',
    ...footer(view, new Set(signs.flat())).flatMap((note) =>
      wrap(note, Math.min(columns, 100) - 1).map((line) => paint.dim(` ${line}`)),
    ),
    '',
  ].join('\n')
}

/** The upper end of a range; "~" is the source's own. */
function prices({ point: { price, approximate } }: ModelRow): readonly [string, string] {
  if (price?.input === undefined || price.output === undefined) return ['–', 'unpriced']
  const sign = approximate ? '~' : ''
  return [`${sign}${rate(price.input)}`, `${sign}${rate(price.output)}`]
}

const seconds = (ms: number | undefined): string =>
  ms === undefined ? '–' : `${(ms / 1000).toFixed(1)} s`

/** Without the author where the terminal is narrow and the rest is still one model's. */
function namesOf(rows: readonly ModelRow[], wide: boolean): readonly string[] {
  if (wide) return rows.map(({ model }) => model.id)
  const slugs = rows.map(({ model }) => slugOf(model.id))
  return rows.map(({ model }, at) => {
    const slug = slugs[at] ?? model.id
    const once = slugs.filter((each) => each === slug).length === 1
    return once && model.kind !== 'alias' ? slug : model.id
  })
}

function footer({ found, catalog, now }: ListView, signs: ReadonlySet<Sign>): readonly string[] {
  const { rows, matched, hidden, unknown } = found
  const more = [
    rows.length < matched ? `${rows.length} of ${matched}: --limit ${matched}` : '',
    hidden.variants + hidden.retired > 0
      ? `${hiddenText(hidden)} ${hidden.variants + hidden.retired === 1 ? 'fits' : 'fit'} too: add --all`
      : '',
    unknown > 0
      ? `${unknown} more are left out, because the catalogue does not say whether they fit`
      : '',
  ].filter(Boolean)
  const host = rows.flatMap(({ marks }) => marks).find(({ kind }) => kind === 'host')
  return [
    ...more,
    ...(Object.keys(SIGNS) as Sign[])
      .filter((sign) => signs.has(sign))
      .map((sign) => `${sign} ${sign === '*' && host ? markText(host) : SIGNS[sign]}`),
    ...scoresNote(rows),
    [
      `US$ per 1M tokens · prices: ${sellerOf(catalog)} ${catalog.asOf}, ${age(catalog.asOf, now)}`,
      ...speedNote(rows),
    ].join(' · '),
  ]
}

const sellerOf = ({ sources, asOf, name }: Catalog): string => {
  const newest = sources.find((source) => source.asOf === asOf)
  return newest?.id.startsWith('openrouter') ? 'OpenRouter' : (newest?.name ?? name)
}

const hiddenText = ({ variants, retired }: Found['hidden']): string =>
  [
    variants > 0
      ? `${variants} ${variants === 1 ? 'variant or router' : 'variants or routers'}`
      : '',
    retired > 0 ? `${retired} retired ${retired === 1 ? 'model' : 'models'}` : '',
  ]
    .filter(Boolean)
    .join(' and ')

/** Which dates the scores and speeds of these rows have. */
function scoresNote(rows: readonly ModelRow[]): readonly string[] {
  const scores = rows.flatMap(({ scores: { intelligence, coding } }) => [intelligence, coding])
  const dates = datesOf(scores.map((score) => score?.asOf))
  if (dates.length === 0) return []
  return [
    `intel. and coding: Intelligence and Coding Index of Artificial Analysis, each at the highest effort, ${dates.join(' or ')}`,
  ]
}

const speedNote = (rows: readonly ModelRow[]): readonly string[] => {
  const dates = datesOf(rows.map(({ model }) => model.speed?.asOf))
  return dates.length > 0 ? [`speed: at the busiest provider, ${dates.join(' or ')}`] : []
}

const datesOf = (dates: readonly (string | undefined)[]): readonly string[] =>
  [...new Set(dates.filter((date) => date !== undefined))].sort().toReversed()
