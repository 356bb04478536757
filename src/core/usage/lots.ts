import type { Catalog } from '../catalog/model.ts'
import { isoDay, weekday } from './instant.ts'
import { type Cell, UNDATED } from './tally.ts'
import {
  addReported,
  addVolumes,
  type Reported,
  reportedAt,
  type Volume,
  volumeAt,
} from './volume.ts'

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
  const lots = new Map<string, Lot>()
  for (const { model, day: number, prompt, minute, kind, base } of cells) {
    const volume = volumeAt(values, base)
    const reported = reportedAt(values, base)
    // A cell whose records were all replaced by later ones elsewhere.
    if (isEmpty(volume) && reported.requests === 0) continue
    const { day, month, period } = dayOf(number)
    const week = byWeekday && day !== null ? weekday(number) : 0
    const key = `${month}|${period}|${prompt}|${minute}|${week}|${kind}|${reported.requests > 0}|${model}`
    const before = lots.get(key)
    lots.set(key, {
      model,
      month,
      day,
      prompt,
      minute,
      weekday: week,
      kind,
      volume: before ? addVolumes(before.volume, volume) : volume,
      reported: before ? addReported(before.reported, reported) : reported,
    })
  }
  return [...lots.values()]
}

const isEmpty = ({ requests, input, output }: Volume): boolean =>
  requests === 0 && input === 0 && output === 0
