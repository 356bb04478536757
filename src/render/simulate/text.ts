import type { Paint } from '../../context.ts'
import { formatCount } from '../../core/amount.ts'
import { times, type Usd } from '../../core/money.ts'
import type { Figure, MoneyFigure } from '../../core/simulate/result.ts'
import { availability } from '../../core/simulate/scene.ts'
import { type Simulation, seenShares } from '../../core/simulate/simulation.ts'
import { fixed, grouped } from '../money.ts'
import { type Column, sheetText } from '../sheet.ts'
import { columnsOf, wrap } from '../width.ts'
import { bar } from './bars.ts'
import { histogramText, timelineText } from './charts.ts'
import { shortNames } from './names.ts'
import { notes } from './notes.ts'
import { drillText, policiesText } from './tables.ts'
import { duration, ms, percent } from './units.ts'

/** The whole answer for a terminal of `width` columns; wider than 140 gains nothing. */
export function simulateText(
  simulation: Simulation,
  width: number,
  paint: Paint,
  now: Date,
): string {
  const columns = Math.min(width, 140)
  const parts = [
    heading(simulation, columns, paint),
    endpointsText(simulation, columns, width, paint),
    figuresText(simulation),
    histogramText(simulation, columns, paint),
    timelineText(simulation, columns, paint),
    policiesText(simulation, columns, paint),
    drillText(simulation, columns, paint),
    notes(simulation, now)
      .flatMap((note) => paragraph(note, columns))
      .map((line) => ` ${paint.dim(line)}\n`)
      .join(''),
  ]
  return parts.filter(Boolean).join('\n')
}

/** Lines of a note, later ones indented; a figure keeps its unit. */
const paragraph = (note: string, columns: number): readonly string[] =>
  wrap(note.replaceAll(/(\d) (?=%|s\b|ms\b|h\b|min\b)/g, '$1\u00a0'), columns - 4).map(
    (line, at) => `${at === 0 ? '' : '  '}${line.replaceAll('\u00a0', ' ')}`,
  )

function heading(
  { models, setup, result, partial, cast, policy }: Simulation,
  columns: number,
  paint: Paint,
) {
  const title = models
    .map(({ id, name }) => (models.length > 1 ? id : `${id} (${plainName(name)})`))
    .join(' → ')
  const volume = `${formatCount(setup.requests)} requests over ${duration(setup.overMs)}, ${result.runs} ${result.runs === 1 ? 'run' : 'runs'}`
  const gap = columns - columnsOf(title) - columnsOf(volume)
  const first =
    gap >= 2 && Number.isFinite(gap)
      ? `${paint.bold(title)}${' '.repeat(gap)}${volume}`
      : `${paint.bold(title)}\n${volume}`
  const sizes = setup.sizes
    .slice(0, 3)
    .map(({ input, output, share }) =>
      setup.sizes.length === 1
        ? `${grouped(String(input))} tokens in, ${grouped(String(output))} out`
        : `${percent(share, 0)} ${formatCount(input)}/${formatCount(output)}`,
    )
    .join(', ')
  const routing = cast.plan.routing
  const how =
    routing.policy === 'classic'
      ? `classic: share by 1/price${routing.exponent === 2 ? '²' : `^${routing.exponent}`}`
      : policy
  const fallback = cast.plan.tries === 1 ? 'no fallback' : `${cast.plan.tries} tries`
  const lines = [
    first,
    ...wrap(`${sizes}${setup.sizes.length > 3 ? ' …' : ''} · ${how} · ${fallback}`, columns),
    ...(partial
      ? [paint.yellow(`PARTIAL: interrupted after ${formatCount(result.requests)} requests`)]
      : []),
    ...(cast.endpoints.length === 1 ? ['One endpoint: there is nothing to route.'] : []),
  ]
  return `${lines.join('\n')}\n`
}

/** "DeepSeek: DeepSeek V3" says its maker twice. */
const plainName = (name: string): string => name.slice(name.indexOf(': ') + 1).trim() || name

const BAR = 14

/** From here on there is room for what each endpoint was asked and how it failed. */
const ROOMY = 132

function endpointsText(
  { models, cast, result }: Simulation,
  columns: number,
  width: number,
  paint: Paint,
): string {
  const names = shortNames(cast.endpoints)
  const seen = seenShares(cast)
  const anySeen = cast.endpoints.length > 1 && seen.some((share) => share !== null)
  const barWidth = columns >= 100 ? BAR * 2 : BAR
  const most = Math.max(
    ...result.endpoints.map(({ share }) => share.simulated ?? share.exact ?? 0),
    0.01,
  )
  const heads: readonly Column[] = [
    {
      key: 'provider',
      title: ' provider',
      flexible: true,
      least: models.length > 1 ? 24 : 12,
      style: paint.bold,
    },
    { key: 'price', title: '$ per 1M', align: 'right' },
    { key: 'up', title: 'up', align: 'right' },
    { key: 'bar', title: '', style: paint.cyan, optional: true },
    { key: 'share', title: 'share', align: 'right' },
    ...(columns >= 76 ? [{ key: 'half', title: '± 95 %', align: 'right' as const }] : []),
    { key: 'exact', title: 'exact', align: 'right' },
    ...(anySeen ? [{ key: 'seen', title: 'seen [1]', align: 'right' as const }] : []),
    ...(columns >= ROOMY
      ? [
          { key: 'attempts', title: 'attempts', align: 'right' as const },
          { key: 'failures', title: 'failing', align: 'right' as const },
          { key: 'ttft', title: 'first token p50', align: 'right' as const },
        ]
      : []),
  ]
  const order = cast.endpoints
    .map((_, player) => player)
    .sort((a, b) => shareOf(result.endpoints[b]) - shareOf(result.endpoints[a]))
  const rows = order.map((player) => {
    const its = result.endpoints[player]
    const up = availability(cast.scene.players[player]?.churn ?? null)
    const own = !cast.assumed.outages.includes(cast.endpoints[player]?.tag ?? '')
    const share = its?.share.simulated ?? its?.share.exact ?? null
    const cells: Record<string, string> = {
      provider: ` ${names[player] ?? ''}`,
      price: dollarsPerMillion(cast.prices[player] ?? null),
      up: `${percent(up, 1)}${own ? '' : '*'}`,
      bar: bar((share ?? 0) / most, barWidth),
      share: percent(share, 1),
      half: percent(its?.share.half ?? null, 1),
      exact: percent(its?.share.exact ?? null, 1),
      seen: percent(seen[player] ?? null, 1),
      attempts: percent(its?.attempts.simulated ?? null, 1),
      failures: percent(its?.failures.simulated ?? null, 2),
      ttft: ms(cast.scene.players[player]?.ttftMs.p50 ?? null),
    }
    return heads.map(({ key }) => cells[key] ?? '')
  })
  return sheetText({ columns: heads, rows }, width, paint.dim)
}

const shareOf = (its: { share: Figure } | undefined): number =>
  its?.share.simulated ?? its?.share.exact ?? 0

const MILLION = 1_000_000
const dollarsPerMillion = (price: Usd | null): string =>
  price ? grouped(fixed(times(price, MILLION), 2)) : '–'

function figuresText({ result, setup }: Simulation): string {
  const usdRow = (label: string, { simulated, half, exact }: MoneyFigure) => [
    label,
    amount(simulated),
    amount(half),
    amount(exact),
  ]
  const share = (label: string, { simulated, half, exact }: Figure) => [
    label,
    percent(simulated, 3),
    percent(half, 3),
    percent(exact, 3),
  ]
  const time = (label: string, { simulated, half }: Figure) => [label, ms(simulated), ms(half), '–']
  const { p50, p95, p99 } = result.ttftMs
  return sheetText(
    {
      columns: [
        { key: 'figure', title: '' },
        { key: 'simulated', title: 'simulated', align: 'right' },
        { key: 'half', title: '± 95 %', align: 'right' },
        { key: 'exact', title: 'exact', align: 'right' },
      ],
      rows: [
        usdRow(' $ per 1M answered      ', result.cost),
        share(' answered', result.answered),
        share(' failed over', result.failedOver),
        ...(setup.incidents.some(({ strikes }) => strikes === 'gateway')
          ? [share(' gateway out', result.gatewayOut)]
          : []),
        ...(setup.assumptions.cut > 0 ? [usdRow(' wasted on cut streams', result.wasted)] : []),
        time(' first token p50', p50),
        time('             p95', p95),
        time('             p99', p99),
      ],
    },
    Number.POSITIVE_INFINITY,
  )
}

const amount = (value: Usd | null): string => (value ? grouped(fixed(value, 2)) : '–')
