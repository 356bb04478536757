import { add, type Usd, ZERO } from '../money.ts'
import { isoDay } from './instant.ts'
import type { Joined } from './join.ts'
import { chargeLot } from './priced.ts'
import { type Cell, UNDATED } from './tally.ts'
import { reportedAt, type Volume, volumeAt } from './volume.ts'

export type DayUsage = {
  /** YYYY-MM-DD. */
  readonly day: string
  readonly requests: number
  readonly reported: Usd
  /** What could be priced; models without a price are not in it. */
  readonly recomputed: Usd
  /** Recomputed by model id. */
  readonly byModel: ReadonlyMap<string, Usd>
}

/** Usage day by day, the days in order. Records without a day are left out. */
export function daysOf(
  cells: readonly Cell[],
  values: Float64Array,
  join: (name: string) => Joined,
): readonly DayUsage[] {
  const days = new Map<number, { requests: number; reported: Usd; byModel: Map<string, Usd> }>()
  for (const cell of cells) {
    const { base, day } = cell
    const volume = volumeAt(values, base)
    const reported = reportedAt(values, base)
    if (day === UNDATED || (volume.requests === 0 && reported.requests === 0)) continue
    const before = days.get(day) ?? { requests: 0, reported: ZERO, byModel: new Map() }
    const priced = amountOf(cell, volume, join)
    if (priced) {
      before.byModel.set(priced.id, add(before.byModel.get(priced.id) ?? ZERO, priced.amount))
    }
    days.set(day, {
      requests: before.requests + volume.requests,
      reported: add(before.reported, reported.total),
      byModel: before.byModel,
    })
  }
  return [...days]
    .sort(([a], [b]) => a - b)
    .map(([day, { byModel, ...rest }]) => ({
      day: isoDay(day),
      ...rest,
      recomputed: add(...byModel.values()),
      byModel,
    }))
}

function amountOf(
  { model, day, prompt, minute, kind }: Cell,
  volume: Volume,
  join: (name: string) => Joined,
): { readonly id: string; readonly amount: Usd } | null {
  const joined = join(model)
  if ('unknown' in joined) return null
  const date = isoDay(day)
  const lot = {
    model,
    month: null,
    day: date,
    prompt,
    minute,
    weekday: new Date(date).getUTCDay(),
    kind,
    volume,
    reported: NOTHING,
  }
  const charge = chargeLot(lot, joined.model)
  return charge.kind === 'priced' ? { id: joined.model.id, amount: charge.total } : null
}

const NOTHING = { requests: 0, total: ZERO, extra: ZERO, byok: ZERO }
