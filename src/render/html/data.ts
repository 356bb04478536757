import { toDecimal, toNumber, type Usd } from '../../core/money.ts'
import type { FeePoint } from '../../core/usage/breakeven.ts'
import type { Elsewhere } from '../../core/usage/elsewhere.ts'
import type { Regret } from '../../core/usage/regret.ts'
import { money } from '../money.ts'
import { nameOf } from '../usage/text.ts'
import type { UsageView } from '../usage/view.ts'

/** What the page shows beside the answer itself. */
export type PageExtras = {
  /** The same models by each route. */
  readonly routes: readonly Elsewhere[]
  readonly others: readonly Elsewhere[]
  readonly regret: Regret
  readonly fees: readonly FeePoint[]
  readonly sources: readonly {
    readonly name: string
    readonly asOf: string
    readonly url: string
  }[]
  readonly made: string
}

/** An amount for a chart and for people; charts are drawn from the nearest float, texts from the exact amount. */
export type Amount = { readonly value: number; readonly text: string }
const amount = (usd: Usd): Amount => ({ value: toNumber(usd), text: money(usd) })

/** What the page's script draws. */
export type PageData = {
  readonly days: readonly string[]
  /** Spend by model along the days, the dearest first, the small ones together. */
  readonly series: readonly { readonly name: string; readonly values: readonly number[] }[]
  readonly routes: readonly (Amount & { readonly name: string; readonly partial: boolean })[]
  readonly others: readonly (Amount & { readonly name: string; readonly partial: boolean })[]
  readonly field: readonly (Amount & {
    readonly name: string
    readonly score: number
    readonly front: boolean
    readonly used: boolean
  })[]
  readonly metric: string
  readonly fees: readonly {
    readonly volume: number
    readonly credits: number | null
    readonly byok: number
  }[]
}

const SHOWN = 7

export function pageData({ days, repriced }: UsageView, extras: PageExtras): PageData {
  const place = (each: Elsewhere) => ({
    name: nameOf(each).replace('same models by ', ''),
    partial: each.unpriced.length > 0,
    ...amount(each.total),
  })
  const totals = repriced.byModel
    .map(({ id, recomputed }) => ({ id, total: toNumber(recomputed) }))
    .filter(({ total }) => total > 0)
    .sort((a, b) => b.total - a.total)
  const named = totals.slice(0, totals.length > SHOWN + 1 ? SHOWN : SHOWN + 1).map(({ id }) => id)
  const rest = totals.slice(named.length).map(({ id }) => id)
  const along = (ids: readonly string[]) =>
    days.map(({ byModel }) =>
      ids.reduce((sum, id) => sum + toNumber(byModel.get(id) ?? NOTHING), 0),
    )
  const front = new Set(extras.regret.front.map(({ model }) => model))
  const used = new Set(repriced.byModel.map(({ id }) => id))
  return {
    days: days.map(({ day }) => day),
    series: [
      ...named.map((id) => ({ name: id, values: along([id]) })),
      ...(rest.length > 0 ? [{ name: `${rest.length} others`, values: along(rest) }] : []),
    ],
    routes: extras.routes.map(place),
    others: extras.others.map(place),
    field: extras.regret.field.map(({ model, score, total }) => ({
      name: model,
      score,
      front: front.has(model),
      used: used.has(model),
      ...amount(total),
    })),
    metric: extras.regret.metric,
    fees: extras.fees.map(({ volume, credits, byok }) => ({
      volume: toNumber(volume),
      credits: credits && toNumber(credits),
      byok: toNumber(byok),
    })),
  }
}

const NOTHING: Usd = { units: 0n, scale: 0 }

export const exact = toDecimal
