import type { Paint } from '../context.ts'
import { daysBetween, type Inventory } from '../core/catalog/inventory.ts'
import { glued, paragraph } from './paragraph.ts'
import { plainColumns, type Sheet, sheetText } from './sheet.ts'
import { wrap } from './width.ts'

export type StatusView = {
  readonly today: string
  /** What `--catalog` named. */
  readonly asked: string
  readonly inForce: Inventory & { readonly asOf: string }
  readonly snapshot: { readonly asOf: string; readonly models: number }
  readonly report: { readonly asOf: string; readonly models: number }
  /** Null dates and counts: the file is there, but cannot be read. */
  readonly cache: {
    readonly path: string
    readonly asOf: string | null
    readonly models: number | null
  } | null
  readonly tables: readonly {
    readonly what: string
    readonly count: number
    readonly asOf: string | null
  }[]
}

/** Which catalogue answers: what `--catalog` names, and for "latest" the newer of cache and snapshot. */
function origin({ asked, cache, inForce, snapshot }: StatusView): string {
  if (asked !== 'latest') return asked
  return cache?.asOf === inForce.asOf && inForce.asOf >= snapshot.asOf ? 'cache' : 'snapshot'
}

export function statusJson(view: StatusView): object {
  const { inForce, today, snapshot, report, cache, tables } = view
  const { sources, asOf, ...counts } = inForce
  return {
    schema: 'orx.catalog.status/1',
    inForce: origin(view),
    asOf,
    ageDays: daysBetween(asOf, today),
    models: counts,
    snapshot,
    cache,
    report,
    sources: sources.map((source) => ({ ...source, ageDays: daysBetween(source.asOf, today) })),
    tables,
  }
}

export const statusSheet = ({ inForce, tables, today }: StatusView): Sheet => ({
  columns: plainColumns(['what', 'count', 'asOf', 'ageDays', 'source', 'url']),
  rows: [
    ...inForce.sources.map(({ name, asOf, points, url }) => [
      'price points',
      String(points),
      asOf,
      String(daysBetween(asOf, today)),
      name,
      url,
    ]),
    ...tables.map(({ what, count, asOf }) => [
      what,
      String(count),
      asOf,
      asOf === null ? null : String(daysBetween(asOf, today)),
      null,
      null,
    ]),
  ],
})

const WORDS: Readonly<Record<string, string>> = {
  cache: 'the refreshed list',
  snapshot: 'the bundled snapshot',
  report: 'the 2025 report',
}

export function statusText(view: StatusView, width: number, paint: Paint): string {
  const { inForce, today, cache, snapshot, report, tables } = view
  const from = origin(view)
  const { listed, retired, priced, free, unpriced, points, sources } = inForce
  const head = [
    `${paint.bold('In force')}: ${WORDS[from] ?? from}, ${inForce.asOf}, ${age(inForce.asOf, today)}.`,
    `${n(listed)} models listed (${n(priced)} priced, ${n(free)} free, ${n(unpriced)} without a price), ${n(retired)} retired; ${n(points)} dated prices.`,
  ].flatMap((text) => wrap(text, Math.min(width, 100)))
  const also = [
    `snapshot  ${snapshot.asOf}  ${n(snapshot.models)} models, bundled`,
    `report    ${report.asOf}  ${n(report.models)} models, bundled`,
    cacheLine(cache),
  ]
  const table: Sheet = {
    columns: [
      { key: 'source', title: 'where prices are from', flexible: true },
      { key: 'asOf', title: 'of' },
      { key: 'age', title: 'age', align: 'right' },
      { key: 'points', title: 'prices', align: 'right' },
    ],
    rows: sources.map(({ name, asOf, points: many }) => [
      ` ${name}`,
      asOf,
      age(asOf, today),
      n(many),
    ]),
  }
  const rest: Sheet = {
    columns: [
      { key: 'what', title: 'and the rest', flexible: true },
      { key: 'asOf', title: 'of' },
      { key: 'age', title: 'age', align: 'right' },
      { key: 'count', title: 'rows', align: 'right' },
    ],
    rows: tables.map(({ what, count, asOf }) => [
      ` ${what}`,
      asOf ?? '',
      asOf === null ? '' : age(asOf, today),
      n(count),
    ]),
  }
  return [
    ...head,
    '',
    ...also.map((line) => ` ${line}`),
    '',
    sheetText(table, width, paint.dim),
    sheetText(rest, width, paint.dim),
    ...paragraph(
      `Refresh: ${glued('orx catalog update')} · What changed: ${glued('orx catalog diff')}`,
      0,
      width,
    ).map((line) => paint.dim(line)),
    '',
  ].join('\n')
}

const n = (count: number): string => count.toLocaleString('en-US')

const age = (asOf: string, today: string): string => {
  const days = daysBetween(asOf, today)
  return days === 0 ? 'today' : days === 1 ? '1 day old' : `${n(days)} days old`
}

const cacheLine = (cache: StatusView['cache']): string =>
  cache === null
    ? 'cache     none yet: orx catalog update'
    : `cache     ${cache.asOf ?? 'unreadable'}  ${cache.models === null ? '' : `${n(cache.models)} models, `}${cache.path}`
