import { usd } from '../money.ts'
import type { Catalog, Model, Source } from './model.ts'

/** How much a catalogue holds. */
export type Inventory = {
  readonly listed: number
  readonly retired: number
  /** Of the listed: with a price above zero, free, and without a known price. */
  readonly priced: number
  readonly free: number
  readonly unpriced: number
  readonly points: number
  readonly sources: readonly (Source & { readonly points: number })[]
}

export function inventory({ models, sources }: Catalog): Inventory {
  const listed = models.filter(({ status }) => status === 'current')
  const points = models.flatMap((model) => model.points)
  const of = (kind: ReturnType<typeof standing>) =>
    listed.filter((model) => standing(model) === kind).length
  return {
    listed: listed.length,
    retired: models.length - listed.length,
    priced: of('priced'),
    free: of('free'),
    unpriced: of('unpriced'),
    points: points.length,
    sources: sources
      .map((source) => ({
        ...source,
        points: points.filter(({ source: id }) => id === source.id).length,
      }))
      .sort((a, b) => (a.asOf < b.asOf ? 1 : a.asOf > b.asOf ? -1 : 0)),
  }
}

function standing({ points }: Model): 'priced' | 'free' | 'unpriced' {
  const { input, output } = points.at(-1)?.price ?? {}
  if (input === undefined || output === undefined) return 'unpriced'
  return usd(input).units === 0n && usd(output).units === 0n ? 'free' : 'priced'
}

/** Whole days between two days (YYYY-MM-DD); never negative, as a capture may carry tomorrow's date in another zone. */
export const daysBetween = (earlier: string, later: string): number =>
  Math.max(0, Math.round((Date.parse(later) - Date.parse(earlier)) / 86_400_000))
