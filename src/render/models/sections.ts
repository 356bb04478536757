import type { Paint } from '../../context.ts'
import type { Endpoint } from '../../core/catalog/endpoint.ts'
import type { Source } from '../../core/catalog/model.ts'
import { type Dimension, type PricePoint, type Rates, UNIT_OF } from '../../core/catalog/price.ts'
import type { Difference, Profile, Range } from '../../core/catalog/profile.ts'
import type { Score } from '../../core/catalog/score.ts'
import { rate } from '../money.ts'
import { type Column, type Sheet, sheetText } from '../sheet.ts'
import { wrap } from '../width.ts'
import { condition, pair, size } from './cells.ts'

const right = (title: string): Column => ({ key: title, title, align: 'right' })
const left = (title: string): Column => ({ key: title, title })

const block = (title: string, lines: readonly string[], paint: Paint): readonly string[] => [
  paint.bold(title),
  ...lines.map((line) => ` ${line}`),
]

const table = (sheet: Sheet, columns: number, paint: Paint): readonly string[] =>
  sheetText(sheet, columns - 1, paint.dim)
    .trimEnd()
    .split('\n')

/** The rates that get a column of their own. */
const COLUMNS: readonly (readonly [Dimension, string])[] = [
  ['input', 'in'],
  ['output', 'out'],
  ['cacheRead', 'cache read'],
  ['cacheWrite', 'write 5 min'],
  ['cacheWrite1h', 'write 1 h'],
]
const OTHERS: Readonly<Partial<Record<Dimension, string>>> = {
  audio: 'audio',
  audioCacheRead: 'cached audio',
  audioOutput: 'audio out',
  imageToken: 'image tokens',
  imageOutput: 'image tokens out',
  image: 'image',
  request: 'request',
  webSearch: 'web search',
}

const cells = (rates: Rates): readonly string[] =>
  COLUMNS.map(([dimension]) => {
    const text = rates[dimension]
    return text === undefined ? '–' : rate(text)
  })

const others = (rates: Rates): string =>
  Object.entries(OTHERS)
    .flatMap(([key, title]) => {
      const dimension = key as Dimension
      const text = rates[dimension]
      const unit = UNIT_OF[dimension] === 'million tokens' ? '' : ` a ${UNIT_OF[dimension]}`
      return text === undefined ? [] : [`${title} ${rate(text)}${unit}`]
    })
    .join(' · ')

/** Newest first; each with its tiers and hours. */
export function priceLines({ row: { model } }: Profile, columns: number, paint: Paint) {
  const rows = model.points.toReversed().flatMap((point) => pointRows(point))
  const newest = model.points.at(-1)
  const rest = others(newest?.price ?? {})
  const lines = table(
    {
      columns: [
        left(''),
        ...COLUMNS.map(([dimension, title]) =>
          dimension.startsWith('cacheWrite')
            ? { ...right(title), optional: true as const }
            : right(title),
        ),
      ],
      rows,
    },
    columns,
    paint,
  )
  return block(
    'PRICE, US$ per 1M tokens',
    [...lines, ...(rest ? wrap(rest, columns - 2) : [])],
    paint,
  )
}

function pointRows(point: PricePoint): readonly (readonly string[])[] {
  const { asOf, source, price, unpriced, low, approximate } = point
  const from = source.startsWith('openrouter-') ? '' : ` ${source}`
  const name = `${asOf}${from}`
  if (!price) return [[`${name}  ${unpriced ?? 'unpriced'}`]]
  const upper = approximate ? `${name} ~` : name
  return [
    [upper, ...cells(price)],
    ...(low ? [['  at least', ...cells(low)]] : []),
    ...(price.overrides ?? []).map((override) => [`  ${condition(override)}`, ...cells(override)]),
  ]
}

export function directLines({ direct }: Profile, columns: number, paint: Paint) {
  if (direct.length === 0) return []
  const rows = direct.flatMap(({ provider, id, price, asOf }) => [
    [provider, id, ...(price.input === undefined ? ['unpriced'] : [pair(price)]), asOf],
    ...(price.overrides ?? []).map((override) => [
      '',
      condition(override),
      pair({ ...price, ...override }),
      '',
    ]),
  ])
  const sheet: Sheet = {
    columns: [left('provider'), { ...left('its id'), flexible: true }, right('in / out'), left('')],
    rows,
  }
  return block("DIRECT: the provider's own price", table(sheet, columns, paint), paint)
}

export function endpointLines(profile: Profile, columns: number, paint: Paint) {
  const { endpoints, shares, spread } = profile
  const [first] = endpoints
  if (!first || !spread) return []
  const seen = endpoints.reduce((sum, { requests30m }) => sum + (requests30m ?? 0), 0)
  const withShares = shares.some((share) => share !== null)
  const rows = endpoints.map((each, at) => [
    each.tag,
    each.status === 0 ? '' : 'down',
    ...(each.price.input === undefined || each.price.output === undefined
      ? ['–', 'unpriced']
      : [rate(each.price.input), rate(each.price.output)]),
    each.ttftMs ? `${(each.ttftMs.p50 / 1000).toFixed(1)} s` : '–',
    each.throughput ? each.throughput.p50.toFixed(0) : '–',
    each.context === null ? '–' : size(each.context),
    policy(each),
    seen > 0 ? portion((each.requests30m ?? 0) / seen) : '–',
    ...(withShares ? [portion(shares[at] ?? null)] : []),
  ])
  const sheet: Sheet = {
    columns: [
      { ...left('endpoint'), flexible: true },
      { ...left(''), style: paint.yellow },
      right('in'),
      right('out'),
      right('TTFT'),
      right('tok/s'),
      { ...right('context'), optional: true },
      left('data'),
      right('seen'),
      ...(withShares ? [{ ...right('rule'), optional: true as const }] : []),
    ],
    rows,
  }
  const notes = [
    `${spread.healthy} of ${spread.endpoints} healthy${spreadText(spread.input, 'in')}${spreadText(spread.output, 'out')}`,
    'data: ZDR neither keeps nor trains (derived), keeps prompts, or trains on them · TTFT, tok/s: medians · seen: share of half an hour of real traffic',
    ...(withShares ? ["rule: expected share by 1/price², OpenRouter's documented default"] : []),
  ]
  return block(
    `ENDPOINTS, ${first.asOf}`,
    [
      ...table(sheet, columns, paint),
      ...notes.flatMap((note) => wrap(note, columns - 2).map((line) => paint.dim(line))),
    ],
    paint,
  )
}

const spreadText = (range: Range<string> | null, what: string): string =>
  range && range.low !== range.high ? `, ${what} ${rate(range.low)} to ${rate(range.high)}` : ''

const policy = ({ zdr, trains, retains }: Endpoint): string =>
  zdr ? 'ZDR' : trains ? 'trains' : retains ? 'keeps' : '?'

const portion = (share: number | null): string =>
  share === null ? '–' : `${(share * 100).toFixed(1)} %`

export function scoreLines(
  { scores }: Profile,
  sources: readonly Source[],
  columns: number,
  paint: Paint,
) {
  if (scores.length === 0)
    return block('SCORES', ['Not yet scored by any source that orx knows.'], paint)
  const nameOf = new Map(sources.map(({ id, name }) => [id, name]))
  const groups = new Map<string, string[]>()
  for (const score of scores) {
    const { source, asOf, effort } = score
    const title = `${nameOf.get(source) ?? source}, ${asOf}${effort ? `, effort: ${effort}` : ''}`
    groups.set(title, [...(groups.get(title) ?? []), scoreText(score)])
  }
  const lines = [...groups].flatMap(([title, each]) => [
    ...wrap(title, columns - 2).map((line) => paint.dim(line)),
    ...wrap(each.join(' · '), columns - 3).map((line) => ` ${line}`),
  ])
  return block('SCORES', lines, paint)
}

const scoreText = ({ metric, value, unit, estimated }: Score): string =>
  `${metric.replace(/^arena-/, '')} ${value.toFixed(1)}${unit === 'percent' ? ' %' : ''}${estimated ? ' (estimate)' : ''}`

export function reportLines({ report, row }: Profile, columns: number, paint: Paint) {
  if (!report) return []
  const point = report.model.points.at(-1)
  const said = point?.price
    ? `${point.approximate ? '~' : ''}${point.low ? `${pair(point.low)} to ` : ''}${pair(point.price)}`
    : `no price: ${point?.unpriced ?? 'not given'}`
  const lines = [
    `${report.model.name}: ${said}${report.model.context === null ? '' : `, context ${size(report.model.context)}`}`,
    ...report.differences.map((each) => differenceText(each, row.model.status)),
    ...(report.differences.length === 0 && point?.price ? ['As the catalogue has it.'] : []),
  ]
  return block(
    'THE 2025 REPORT',
    lines.flatMap((line) => wrap(line, columns - 2)),
    paint,
  )
}

const WHAT = { input: 'in', output: 'out', context: 'context' } as const

function differenceText({ what, said, now, percent }: Difference, status: string): string {
  const figure = (text: string) => (what === 'context' ? size(Number(text)) : rate(text))
  const then = status === 'retired' ? 'at the last' : 'today'
  if (now === null) return `${WHAT[what]}: it said ${figure(said)}, ${then} not known`
  const moved =
    percent === null ? '' : `, ${percent.startsWith('-') ? '−' : '+'}${percent.replace('-', '')} %`
  return `${WHAT[what]}: it said ${figure(said)}, ${then} ${figure(now)}${moved}`
}
