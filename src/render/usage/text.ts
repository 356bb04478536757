import type { Paint } from '../../context.ts'
import { compare, isZero, subtract, toNumber, type Usd, ZERO } from '../../core/money.ts'
import type { Elsewhere } from '../../core/usage/elsewhere.ts'
import type { Skipped } from '../../core/usage/skips.ts'
import type { Volume } from '../../core/usage/volume.ts'
import { grouped, money } from '../money.ts'
import { type Sheet, sheetText } from '../sheet.ts'
import { wrap } from '../width.ts'
import { bar, sparkline } from './bars.ts'
import { allUnpriced, dearestFirst } from './data.ts'
import { regretText } from './regret.ts'
import type { UsageView } from './view.ts'

export function usageText(view: UsageView, width: number, paint: Paint): string {
  const parts = [
    heading(view, width),
    sheetText(modelSheet(view, width, paint), width, paint.bold),
    ...differenceText(view, width),
    ...dayLine(view, width),
    ...unpricedText(view, width, paint),
    ...skippedText(view.skipped, width, paint),
    ...elsewhereText(view, width, paint),
    ...(view.regret ? [regretText(view.regret, width, paint)] : []),
    ...view.notes.map((note) => paragraph(note, width)),
    paint.dim(paragraph(footer(view), width)),
  ]
  return parts.join('\n')
}

const requestsOf = (count: number): string =>
  `${grouped(String(count))} ${count === 1 ? 'request' : 'requests'}`

function heading({ files, days, repriced }: UsageView, width: number): string {
  const [first] = files
  const name = files.length === 1 && first ? first.name : `${files.length} files`
  const from = days[0]?.day
  const to = days.at(-1)?.day
  const span = from === undefined ? '' : from === to ? ` · ${from}` : ` · ${from} to ${to}`
  const line = `usage: ${name}${span} · ${requestsOf(repriced.volume.requests)}`
  return `${wrap(line, width - 1).join('\n ')}\n`
}

function modelSheet({ repriced }: UsageView, width: number, paint: Paint): Sheet {
  const models = dearestFirst(repriced.byModel)
  const most = toNumber(models[0]?.recomputed ?? ZERO)
  const showsReported = repriced.reported !== null
  const room = width === Number.POSITIVE_INFINITY ? 12 : Math.max(0, Math.min(12, width - 70))
  const row = (name: string, volume: Volume, reported: Usd | null, recomputed: string) => [
    name,
    grouped(String(volume.requests)),
    short(volume.input),
    short(volume.output),
    ...(showsReported ? [reported ? money(reported) : '–'] : []),
    recomputed,
  ]
  const columns = ['requests', 'input', 'output', ...(showsReported ? ['reported'] : [])]
  const rows = models.map((each) => [
    ...row(
      each.id,
      each.volume,
      each.reported?.total ?? null,
      allUnpriced(each) ? 'unpriced' : money(each.recomputed),
    ),
    bar(most === 0 ? 0 : toNumber(each.recomputed) / most, room),
  ])
  const atLeast = repriced.unpriced.length > 0 ? '≥ ' : ''
  const total = row(
    'total',
    repriced.volume,
    repriced.reported?.total ?? null,
    `${atLeast}${money(repriced.recomputed)}`,
  )
  return {
    columns: [
      { key: 'model', title: 'model', flexible: true },
      ...columns.map((key) => ({ key, title: key, align: 'right' as const })),
      { key: 'recomputed', title: 'by list, US$', align: 'right' },
      { key: 'bar', title: '', style: paint.green },
    ],
    rows: models.length > 1 ? [...rows, [...total, '']] : rows,
  }
}

const UNITS: readonly (readonly [number, string])[] = [
  [1e12, 'T'],
  [1e9, 'B'],
  [1e6, 'M'],
  [1e3, 'k'],
]

/** Three digits and a unit: "7.51B". Exact counts are in JSON and CSV. */
function short(count: number): string {
  const unit = UNITS.find(([size]) => count >= size)
  return unit ? `${Number((count / unit[0]).toPrecision(3))}${unit[1]}` : String(count)
}

function differenceText({ repriced }: UsageView, width: number): readonly string[] {
  const { difference, reported, early, recomputed } = repriced
  const lines: string[] = []
  if (difference && reported) {
    const named: readonly (readonly [string, Usd])[] = [
      ['web search and files', difference.extra],
      ['models without a price', difference.unpriced],
      ['requests whose charge is not in the log', difference.notReported],
      ['other hosts, discounts, prices between two captures', difference.rest],
    ]
    const parts = named.filter(([, amount]) => !isZero(amount))
    lines.push(
      paragraph(
        isZero(difference.total)
          ? `Reported and list price agree: ${money(reported.total)}`
          : `Reported ${money(reported.total)}, by list ${money(recomputed)}: ${signed(difference.total)}, of which ${parts.map(([what, amount]) => `${what} ${signed(amount)}`).join('; ')}`,
        width,
      ),
    )
    if (!isZero(reported.byok)) {
      lines.push(
        paragraph(`Of the reported, ${money(reported.byok)} went to your own keys.`, width),
      )
    }
  }
  if (early.requests > 0) {
    lines.push(
      paragraph(
        `${money(early.amount)} of ${grouped(String(early.requests))} requests is at a price first seen after their day; none of the day itself is known.`,
        width,
      ),
    )
  }
  return lines
}

const signed = (amount: Usd): string => (amount.units > 0n ? `+${money(amount)}` : money(amount))

const paragraph = (text: string, width: number): string =>
  `${wrap(text, Math.min(width, 100) - 1)
    .map((line) => ` ${line}`)
    .join('\n')}\n`

function dayLine({ days }: UsageView, width: number): readonly string[] {
  if (days.length < 2) return []
  const room = Math.min(width, 80) - 16
  const most = days.reduce((best, day) =>
    compare(day.recomputed, best.recomputed) > 0 ? day : best,
  )
  const line = sparkline(
    days.map(({ recomputed }) => toNumber(recomputed)),
    room,
  )
  return [` by day  ${line}\n         most ${money(most.recomputed)} on ${most.day}\n`]
}

function unpricedText({ repriced }: UsageView, width: number, paint: Paint): readonly string[] {
  if (repriced.unpriced.length === 0) return []
  const lines = repriced.unpriced.map(({ model, why, volume }) =>
    paragraph(
      `${model}: ${requestsOf(volume.requests)}, ${short(volume.input)} in, ${short(volume.output)} out: ${why}`,
      width,
    ),
  )
  return [`${paint.yellow('unpriced, not in the total')}\n${lines.join('')}`]
}

function skippedText(skipped: readonly Skipped[], width: number, paint: Paint): readonly string[] {
  if (skipped.length === 0) return []
  const total = skipped.reduce((sum, { count }) => sum + count, 0)
  const lines = skipped.map(({ reason, count, first, sample }) =>
    paragraph(
      `${grouped(String(count))} × ${reason}, first ${first}${sample ? `: ${sample}` : ''}`,
      width,
    ),
  )
  return [
    `${paint.yellow(`skipped ${grouped(String(total))} bad ${total === 1 ? 'record' : 'records'}`)}\n${lines.join('')}`,
  ]
}

function elsewhereText(
  { elsewhere, repriced }: UsageView,
  width: number,
  paint: Paint,
): readonly string[] {
  if (elsewhere.length === 0) return []
  const sheet: Sheet = {
    columns: [
      { key: 'where', title: 'the same requests', flexible: true },
      { key: 'tokens', title: 'tokens', align: 'right' },
      { key: 'fee', title: 'fees', align: 'right' },
      { key: 'total', title: 'total', align: 'right' },
      { key: 'saved', title: 'saves', align: 'right' },
    ],
    rows: elsewhere.map((each) => [
      nameOf(each),
      money(each.tokens),
      isZero(each.fee) ? '–' : money(each.fee),
      `${each.unpriced.length > 0 ? '≥ ' : ''}${money(each.total)}`,
      each.unpriced.length > 0 ? '?' : money(subtract(repriced.recomputed, each.total)),
    ]),
  }
  const warnings = elsewhere.flatMap((each) => [
    ...(each.overflow > 0
      ? [
          `${each.model?.id ?? 'its own model'}: ${requestsOf(each.overflow)} ${each.overflow === 1 ? 'is' : 'are'} longer than its context of ${short(each.model?.context ?? 0)} tokens and could not be sent.`,
        ]
      : []),
    ...each.unpriced.map(
      ({ why, requests }) => `${why}${requests > 0 ? ` (${requestsOf(requests)})` : ''}`,
    ),
  ])
  return [
    `${sheetText(sheet, width, paint.bold)}${[...new Set(warnings)].map((text) => paragraph(`! ${text}`, width)).join('')}`,
  ]
}

export const nameOf = ({ model, route }: Elsewhere): string =>
  [model?.id ?? 'same models', ...(route ? [`by ${route}`] : [])].join(' ')

function footer({ repriced, catalog, asOf, fees, replaced }: UsageView): string {
  const span = repriced.prices
    ? `prices of ${repriced.prices.from}${repriced.prices.from === repriced.prices.to ? '' : ` to ${repriced.prices.to}`}`
    : 'no price used'
  const again =
    replaced > 0
      ? ` · ${grouped(String(replaced))} replayed ${replaced === 1 ? 'record' : 'records'} counted once`
      : ''
  return `${span}, catalogue ${catalog} of ${asOf} · fees ${fees}${again}`
}
