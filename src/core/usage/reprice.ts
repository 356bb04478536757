import type { Model } from '../catalog/model.ts'
import { add, subtract, type Usd, ZERO } from '../money.ts'
import type { Charge } from '../price.ts'
import type { Joined } from './join.ts'
import type { Lot } from './lots.ts'
import { chargeLot } from './priced.ts'
import {
  addReported,
  addVolumes,
  NO_VOLUME,
  NOT_REPORTED,
  type Reported,
  type Volume,
} from './volume.ts'

/** One model's usage: as billed and as it would be by the list. */
export type ModelUsage = {
  /** The catalogue's id, or the log's name where the catalogue has none. */
  readonly id: string
  readonly model: Model | null
  readonly volume: Volume
  /** Null where the log says nothing about charges. */
  readonly reported: Reported | null
  readonly recomputed: Usd
  /** Why parts of it, or all, could not be priced. */
  readonly unpriced: string | null
  /** Volume that could not be priced; not in `recomputed`. */
  readonly unpricedVolume: Volume
}

export type Unpriced = {
  readonly model: string
  readonly why: string
  readonly volume: Volume
  readonly reported: Usd | null
}

/** Why what was reported and what was recomputed differ; the parts add up to the difference exactly. */
export type Difference = {
  readonly total: Usd
  /** Charged for web search and file parsing, which the token price does not cover. */
  readonly extra: Usd
  /** Charged for models that could not be repriced. */
  readonly unpriced: Usd
  /** Minus what was recomputed for requests whose charge the log does not say. */
  readonly notReported: Usd
  /** The rest: other hosts than the listed one, discounts, prices that changed between two captures. */
  readonly rest: Usd
}

export type Repriced = {
  readonly volume: Volume
  readonly reported: Reported | null
  readonly recomputed: Usd
  readonly byModel: readonly ModelUsage[]
  readonly unpriced: readonly Unpriced[]
  readonly difference: Difference | null
  /** Recomputed with a price of a later day, because none is known of the day itself. */
  readonly early: { readonly amount: Usd; readonly requests: number }
  /** YYYY-MM-DD of the oldest and the newest price that was used. */
  readonly prices: { readonly from: string; readonly to: string } | null
}

const NO_TOKENS = 'the log gives no token counts'

/** Prices all lots at the price of their day. */
export function reprice(lots: readonly Lot[], join: (name: string) => Joined): Repriced {
  const models = new Map<string, ModelUsage>()
  const unpriced = new Map<string, Unpriced>()
  const settled = lots.map((lot) => settle(lot, join))
  for (const each of settled) {
    models.set(each.id, withLot(models.get(each.id) ?? emptyUsage(each), each))
    if (each.charge.kind === 'unpriced') addUnpriced(unpriced, each.id, each.charge.why, each.lot)
  }
  const byModel = [...models.values()]
  const recomputed = add(...byModel.map((each) => each.recomputed))
  const reports = byModel.flatMap((each) => (each.reported ? [each.reported] : []))
  const reported = reports.length > 0 ? reports.reduce(addReported) : null
  const dates = settled.flatMap(({ date }) => date ?? []).sort()
  const [from] = dates
  const to = dates.at(-1)
  return {
    volume: byModel.reduce((sum, each) => addVolumes(sum, each.volume), NO_VOLUME),
    reported,
    recomputed,
    byModel,
    unpriced: [...unpriced.values()],
    difference: reported && differenceOf(settled, subtract(reported.total, recomputed)),
    early: earlyOf(settled),
    prices: from && to ? { from, to } : null,
  }
}

type Settled = {
  readonly lot: Lot
  readonly id: string
  readonly model: Model | null
  readonly charge: Charge
  /** YYYY-MM-DD of the price. */
  readonly date: string | null
  readonly early: boolean
}

function settle(lot: Lot, join: (name: string) => Joined): Settled {
  const joined = join(lot.model)
  const none = { lot, date: null, early: false }
  if ('unknown' in joined) {
    return {
      ...none,
      id: lot.model,
      model: null,
      charge: { kind: 'unpriced', why: joined.unknown },
    }
  }
  const { model } = joined
  if (!hasTokens(lot)) {
    return { ...none, id: model.id, model, charge: { kind: 'unpriced', why: NO_TOKENS } }
  }
  const { point, early, ...charge } = chargeLot(lot, model)
  const date = charge.kind === 'priced' ? (point?.asOf ?? null) : null
  return { lot, id: model.id, model, charge, date, early }
}

function withLot(before: ModelUsage, { lot, charge }: Settled): ModelUsage {
  const { reported, volume } = lot
  const priced = charge.kind === 'priced'
  return {
    ...before,
    volume: addVolumes(before.volume, volume),
    reported:
      reported.requests > 0
        ? addReported(before.reported ?? NOT_REPORTED, reported)
        : before.reported,
    recomputed: priced ? add(before.recomputed, charge.total) : before.recomputed,
    unpriced: priced ? before.unpriced : charge.why,
    unpricedVolume: priced ? before.unpricedVolume : addVolumes(before.unpricedVolume, volume),
  }
}

function differenceOf(settled: readonly Settled[], total: Usd): Difference {
  let [extra, unpriced, notReported] = [ZERO, ZERO, ZERO]
  for (const { lot, charge } of settled) {
    if (charge.kind === 'unpriced') unpriced = add(unpriced, lot.reported.total)
    else if (lot.reported.requests > 0) extra = add(extra, lot.reported.extra)
    else notReported = subtract(notReported, charge.total)
  }
  const rest = subtract(total, add(extra, unpriced, notReported))
  return { total, extra, unpriced, notReported, rest }
}

function earlyOf(settled: readonly Settled[]): Repriced['early'] {
  let amount = ZERO
  let requests = 0
  for (const { lot, charge, early } of settled) {
    if (!early || charge.kind === 'unpriced') continue
    amount = add(amount, charge.total)
    requests += lot.volume.requests
  }
  return { amount, requests }
}

const hasTokens = ({ volume, reported }: Lot): boolean =>
  volume.input > 0 || volume.output > 0 || (volume.requests > 0 && reported.requests === 0)

const emptyUsage = ({ id, model }: Settled): ModelUsage => ({
  id,
  model,
  volume: NO_VOLUME,
  reported: null,
  recomputed: ZERO,
  unpriced: null,
  unpricedVolume: NO_VOLUME,
})

function addUnpriced(into: Map<string, Unpriced>, id: string, why: string, lot: Lot): void {
  const key = `${id}|${why}`
  const before = into.get(key)
  const has = lot.reported.requests > 0
  into.set(key, {
    model: id,
    why,
    volume: addVolumes(before?.volume ?? NO_VOLUME, lot.volume),
    reported: has ? add(before?.reported ?? ZERO, lot.reported.total) : (before?.reported ?? null),
  })
}
