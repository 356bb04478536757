import type { Catalog } from '../catalog/model.ts'
import { isoDay, weekday } from './instant.ts'
import { MEASURE } from './measures.ts'
import { sumsBy } from './sums.ts'
import { type Cell, UNDATED } from './tally.ts'
import { type Reported, reportedAt, type Volume, volumeAt } from './volume.ts'

/** Requests of one model that pay the same rates at any model of the catalogue: what all repricing works on. */
export type Lot = {
  /** As the log names it. */
  readonly model: string
  /** YYYY-MM, null where the log has no times. */
  readonly month: string | null
  /** YYYY-MM-DD of one of its days: every model's price is the same on all of them. */
  readonly day: string | null
  readonly prompt: number
  readonly minute: number
  /** 0 = Sunday. */
  readonly weekday: number
  readonly kind: number
  readonly volume: Volume
  readonly reported: Reported
}

/** Gathers cells into lots: some hundred from any number of days. */
export function lotsOf(
  cells: readonly Cell[],
  values: Float64Array,
  catalog: Catalog,
): readonly Lot[] {
  const dates = [
    ...new Set(catalog.models.flatMap(({ points }) => points.map(({ asOf }) => asOf))),
  ].sort()
  const byWeekday = catalog.models.some(({ points }) =>
    points.some(({ price }) => price?.overrides?.some(({ utcDays }) => utcDays)),
  )
  const days = new Map<number, { day: string | null; month: string | null; period: number }>()
  const dayOf = (number: number) => {
    let known = days.get(number)
    if (!known) {
      const day = number === UNDATED ? null : isoDay(number)
      const period = day === null ? -1 : dates.findLastIndex((date) => date <= day)
      known = { day, month: day?.slice(0, 7) ?? null, period }
      days.set(number, known)
    }
    return known
  }
  const weekOf = (day: number): number => (byWeekday && day !== UNDATED ? weekday(day) : 0)
  const sums = sumsBy(cells, values, ({ model, day, prompt, minute, kind, base }) => {
    const { month, period } = dayOf(day)
    const reported = values[base + MEASURE.reported] !== 0
    return `${month}|${period}|${prompt}|${minute}|${weekOf(day)}|${kind}|${reported}|${model}`
  })
  return sums.flatMap(({ cell, values: sum }) => {
    const { model, day: number, prompt, minute, kind } = cell
    const volume = volumeAt(sum, 0)
    const reported = reportedAt(sum, 0)
    // Cells whose records were all replaced by later ones elsewhere.
    if (isEmpty(volume) && reported.requests === 0) return []
    const { day, month } = dayOf(number)
    return [{ model, month, day, prompt, minute, weekday: weekOf(number), kind, volume, reported }]
  })
}

const isEmpty = ({ requests, input, output }: Volume): boolean =>
  requests === 0 && input === 0 && output === 0
