import type { Paint } from '../../context.ts'
import { edgeMs } from '../../core/simulate/histogram.ts'
import { lanes, type Simulation } from '../../core/simulate/simulation.ts'
import { columnsOf, padEnd, padStart, truncate } from '../width.ts'
import { bar, level } from './bars.ts'
import { shortNames } from './names.ts'
import { duration, percent } from './units.ts'

/** Milliseconds: a doubling a line. */
const EDGES = [0, 125, 250, 500, 1000, 2000, 4000, 8000, 16_000, 32_000, Number.POSITIVE_INFINITY]

export function histogramText({ result }: Simulation, columns: number, paint: Paint): string {
  const total = result.histogram.reduce((sum, count) => sum + count, 0)
  if (total === 0) return ''
  const shares = EDGES.slice(1).map((to, at) => {
    const from = EDGES[at] ?? 0
    let count = 0
    for (const [cell, here] of result.histogram.entries()) {
      const middle = (edgeMs(cell) + edgeMs(cell + 1)) / 2
      if (middle >= from && middle < to) count += here
    }
    return { from, to, share: count / total }
  })
  const shown = trimmed(shares)
  const most = Math.max(...shown.map(({ share }) => share))
  const room = Math.min(columns - 30, 46)
  const lines = shown.map(
    ({ from, to, share }) =>
      ` ${padStart(band(from, to), 12)}  ${paint.cyan(padEnd(bar(share / most, room), room))} ${padStart(percent(share, share < 0.001 ? 3 : 1), 8)}`,
  )
  return `${paint.dim(' first token, seconds')}\n${lines.join('\n')}\n`
}

/** Without empty lines at either end. */
function trimmed<T extends { readonly share: number }>(list: readonly T[]): readonly T[] {
  const first = list.findIndex(({ share }) => share > 0)
  const last = list.findLastIndex(({ share }) => share > 0)
  return list.slice(first, last + 1)
}

const seconds = (value: number): string => String(value / 1000)
const band = (from: number, to: number): string =>
  from === 0
    ? `under ${seconds(to)}`
    : to === Number.POSITIVE_INFINITY
      ? `over ${seconds(from)}`
      : `${seconds(from)} – ${seconds(to)}`

const MOST_LANES = 8

/** The first run's outages; the higher the block, the more of its stretch was degraded. */
export function timelineText(
  { cast, result, setup }: Simulation,
  columns: number,
  paint: Paint,
): string {
  if (result.runs === 0) return ''
  const names = shortNames(cast.endpoints)
  const order = cast.endpoints
    .map((_, player) => player)
    .sort((a, b) => (result.endpoints[b]?.answered ?? 0) - (result.endpoints[a]?.answered ?? 0))
    .slice(0, MOST_LANES)
  const label = Math.min(18, Math.max(...order.map((player) => columnsOf(names[player] ?? ''))))
  const cells = Math.min(60, columns - label - 4)
  const { players, gateway } = lanes(cast.scene, 0, cells)
  const rows = order.map((player) => ({ name: names[player] ?? '', lane: players[player] }))
  if (gateway.down.some((share) => share > 0)) rows.unshift({ name: 'openrouter', lane: gateway })
  const lines = rows.map(({ name, lane }) => {
    const drawn = (lane?.down ?? []).map((share, at) => {
      const text = level(share)
      return lane?.dead[at] ? paint.red(text) : share > 0 ? paint.yellow(text) : paint.dim(text)
    })
    return ` ${padEnd(truncate(name, label), label)}  ${drawn.join('')}`
  })
  const rest = cast.endpoints.length - order.length
  const title = ` outages in run 1, ${duration(Math.round(setup.overMs / cells / 60e3) * 60e3 || setup.overMs / cells)} a cell, height: share of it degraded${rest > 0 ? `; ${rest} more not shown` : ''}`
  return `${paint.dim(truncate(title, columns))}\n${lines.join('\n')}\n`
}
