import type { Model } from '../catalog/model.ts'
import { add, subtract, type Usd, ZERO } from '../money.ts'
import type { Joined } from './join.ts'
import type { Lot } from './lots.ts'
import { chargeLot } from './priced.ts'
import { addReported, addVolumes, NO_VOLUME, NOT_REPORTED, type Reported, type Volume } from './volume.ts'

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
  const dates: string[] = []
  let early = { amount: ZERO, requests: 0 }
  let extra = ZERO
  let chargedUnpriced = ZERO
  let notReported = ZERO
  for (const lot of lots) {
    const joined = join(lot.model)
    const id = 'model' in joined ? joined.model.id : lot.model
    const charge =
      'unknown' in joined
        ? { kind: 'unpriced' as const, why: joined.unknown, point: undefined, early: false }
        : hasTokens(lot)
          ? chargeLot(lot, joined.model)
          : { kind: 'unpriced' as const, why: NO_TOKENS, point: undefined, early: false }
    const before = models.get(id) ?? emptyUsage(id, 'model' in joined ? joined.model : null)
    const { reported, volume } = lot
    const has = reported.requests > 0
    const priced = charge.kind === 'priced'
    models.set(id, {
      ...before,
      volume: addVolumes(before.volume, volume),
      reported: has ? addReported(before.reported ?? NOT_REPORTED, reported) : before.reported,
      recomputed: priced ? add(before.recomputed, charge.total) : before.recomputed,
      unpriced: priced ? before.unpriced : charge.why,
      unpricedVolume: priced ? before.unpricedVolume : addVolumes(before.unpricedVolume, volume),
    })
    if (priced) {
      if (charge.point) dates.push(charge.point.asOf)
      if (charge.early) {
        early = {
          amount: add(early.amount, charge.total),
          requests: early.requests + volume.requests,
        }
      }
      if (has) extra = add(extra, reported.extra)
      else notReported = subtract(notReported, charge.total)
    } else {
      chargedUnpriced = add(chargedUnpriced, reported.total)
      addUnpriced(unpriced, id, charge.why, lot)
    }
  }
  const byModel = [...models.values()]
  const recomputed = add(...byModel.map((each) => each.recomputed))
  const reports = byModel.flatMap(({ reported }) => (reported ? [reported] : []))
  const reported = reports.length > 0 ? reports.reduce(addReported) : null
  const total = reported ? subtract(reported.total, recomputed) : ZERO
  const known = add(extra, chargedUnpriced, notReported)
  return {
    volume: byModel.reduce((sum, each) => addVolumes(sum, each.volume), NO_VOLUME),
    reported,
    recomputed,
    byModel,
    unpriced: [...unpriced.values()],
    difference: reported && {
      total,
      extra,
      unpriced: chargedUnpriced,
      notReported,
      rest: subtract(total, known),
    },
    early,
    prices:
      dates.length > 0
        ? { from: dates.reduce(earlier), to: dates.reduce((a, b) => (a > b ? a : b)) }
        : null,
  }
}

const earlier = (a: string, b: string): string => (a < b ? a : b)

const hasTokens = ({ volume, reported }: Lot): boolean =>
  volume.input > 0 || volume.output > 0 || (volume.requests > 0 && reported.requests === 0)

const emptyUsage = (id: string, model: Model | null): ModelUsage => ({
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
