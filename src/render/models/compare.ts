import type { Paint } from '../../context.ts'
import type { DirectOffer } from '../../core/catalog/direct.ts'
import type { Endpoint } from '../../core/catalog/endpoint.ts'
import { markText } from '../../core/catalog/marks.ts'
import { slugOf } from '../../core/catalog/names.ts'
import { meets, NEEDS } from '../../core/catalog/needs.ts'
import type { Index, ModelRow } from '../../core/catalog/query.ts'
import { age } from '../cost/view.ts'
import { rate } from '../money.ts'
import { type Sheet, sheetText } from '../sheet.ts'
import { wrap } from '../width.ts'
import { condition, pair, size } from './cells.ts'
import { type CatalogView, modelJson, sourcesOf } from './json.ts'

export type Compared = {
  readonly row: ModelRow
  readonly endpoints: readonly Endpoint[]
  readonly direct: readonly DirectOffer[]
}
export type CompareView = CatalogView & { readonly columns: readonly Compared[] }

export const compareJson = ({ catalog, scoreSources, columns }: CompareView): object => ({
  schema: 'orx.models.compare/1',
  catalog: { name: catalog.name, asOf: catalog.asOf },
  models: columns.map(({ row, endpoints, direct }) => ({
    ...modelJson(row),
    endpoints: endpoints.length,
    direct: direct.map(({ model: _, ...offer }) => offer),
  })),
  sources: sourcesOf(
    catalog,
    scoreSources,
    columns.map(({ row }) => row),
  ),
})

type Line = readonly [label: string, cell: (model: Compared) => string | null]

const ratesOf = (key: 'input' | 'output' | 'cacheRead' | 'cacheWrite'): Line[1] => {
  return ({ row }) => {
    const text = row.point.price?.[key]
    return text === undefined ? null : rate(text)
  }
}
const score = (index: Index): Line[1] => {
  return ({ row }) => {
    const found = row.scores[index]
    return found && `${found.value.toFixed(1)}${found.effort ? ` (${found.effort})` : ''}`
  }
}

const LINES: readonly Line[] = [
  ['status', ({ row: { model } }) => model.status],
  ['in, per 1M', ratesOf('input')],
  ['out, per 1M', ratesOf('output')],
  ['cache read', ratesOf('cacheRead')],
  ['cache write', ratesOf('cacheWrite')],
  ['tiers, hours', ({ row }) => row.point.price?.overrides?.map(condition).join('; ') ?? null],
  ['price of', ({ row }) => row.point.asOf],
  ['context', ({ row: { model } }) => (model.context === null ? null : size(model.context))],
  ['output cap', ({ row: { model } }) => (model.maxOutput === null ? null : size(model.maxOutput))],
  ['takes', ({ row: { model } }) => model.inputs?.join(' ') ?? null],
  ['can', ({ row: { model } }) => NEEDS.filter((need) => meets(model, need)).join(' ') || null],
  ['intelligence', score('intelligence')],
  ['coding', score('coding')],
  ['agentic', score('agentic')],
  [
    'first token',
    ({ row: { model } }) => (model.speed ? `${(model.speed.ttftMs / 1000).toFixed(1)} s` : null),
  ],
  ['tokens a second', ({ row: { model } }) => model.speed?.throughput.toFixed(0) ?? null],
  [
    'measured at',
    ({ row: { model } }) => (model.speed ? `${model.speed.provider} ${model.speed.asOf}` : null),
  ],
  ['endpoints', ({ endpoints }) => (endpoints.length > 0 ? String(endpoints.length) : null)],
  [
    'sold direct by',
    ({ direct }) =>
      direct.map(({ provider, price }) => `${provider} ${pair(price)}`).join('; ') || null,
  ],
  ['since', ({ row: { model } }) => model.created],
  ['successor', ({ row: { model } }) => model.successor ?? null],
]

/** Facts down, models across, with full ids. */
export const compareSheet = ({ columns }: CompareView): Sheet => ({
  columns: [
    { key: 'fact', title: 'fact' },
    ...columns.map(({ row: { model } }) => ({ key: model.id, title: model.id })),
  ],
  rows: LINES.map(([label, cell]) => [label, ...columns.map(cell)]),
})

/** As many models side by side as fit; the rest follow below. */
export function compareText(view: CompareView, width: number, paint: Paint): string {
  const { columns, catalog, now } = view
  const across = Math.max(1, Math.floor((Math.min(width, 10_000) - 17) / 24))
  const groups = Array.from({ length: Math.ceil(columns.length / across) }, (_, at) =>
    columns.slice(at * across, (at + 1) * across),
  )
  const marks = columns.flatMap(({ row }) =>
    row.marks.map((mark) => `${slugOf(row.model.id)}: ${markText(mark)}`),
  )
  const dates = columns.flatMap(({ row }) =>
    Object.values(row.scores).flatMap((each) => (each ? [each.asOf] : [])),
  )
  const notes = [
    ...marks,
    ...(dates.length > 0
      ? [`scores: Artificial Analysis, highest effort, ${[...new Set(dates)].sort().join(' or ')}`]
      : []),
    `US$ · catalogue ${catalog.name}, ${catalog.asOf}, ${age(catalog.asOf, now)} · – is not known`,
  ]
  return [
    ...groups.map((group) => groupText(group, width, paint)),
    ...notes.flatMap((note) =>
      wrap(note, Math.min(width, 100) - 1).map((line) => paint.dim(` ${line}`)),
    ),
    '',
  ].join('\n')
}

function groupText(group: readonly Compared[], width: number, paint: Paint): string {
  const rows = LINES.map(([label, cell]) => [` ${label}`, ...group.map(cell)])
  return sheetText(
    {
      columns: [
        { key: 'fact', title: '' },
        ...group.map(({ row: { model } }) => ({
          key: model.id,
          title: slugOf(model.id),
          flexible: true as const,
        })),
      ],
      rows: rows
        .filter((row) => row.slice(1).some((cell) => cell !== null))
        .map((row) => row.map((cell) => cell ?? '–')),
    },
    width,
    paint.bold,
  )
}
