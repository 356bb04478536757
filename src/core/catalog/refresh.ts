import { merge } from './merge.ts'
import type { Catalog, Model, Source } from './model.ts'
import type { PricePoint } from './price.ts'

/** The known catalogue brought up to date with a complete list of the text models of a day not before it. */
export function refreshed(known: Catalog, fresh: readonly Model[], source: Source): Catalog {
  const covers = ({ outputs }: Model) => outputs === null || outputs.includes('text')
  const merged = merge(known, { source, models: fresh, covers })
  return { ...merged, name: 'latest', models: merged.models.map(shortened) }
}

/**
 * The list that a server confirms by "304 Not Modified": the models that this source named last, seen again on another day.
 */
export const confirmed = (known: Catalog, source: string, asOf: string): readonly Model[] =>
  known.models.flatMap((model) => {
    const point = model.points.findLast((each) => each.source === source)
    const listed = model.status === 'current' && point?.asOf === model.lastSeen
    return listed ? [{ ...model, lastSeen: asOf, points: [{ ...point, asOf }] }] : []
  })

/**
 * Lays a list of an earlier day under what is known: its prices join the history, and models that nothing newer knows come in
 * as retired. Facts, prices in force and the catalogue's date stay.
 */
export function backfilled(known: Catalog, older: readonly Model[], source: Source): Catalog {
  const old = new Map(older.map((model) => [model.id, model]))
  const models = known.models.map((model) => {
    const points = old.get(model.id)?.points ?? []
    old.delete(model.id)
    return points.length > 0 ? shortened({ ...model, points: joined(model.points, points) }) : model
  })
  const unknown = [...old.values()].map((model) => ({ ...model, status: 'retired' as const }))
  return {
    ...known,
    name: 'latest',
    sources: [...known.sources.filter(({ id }) => id !== source.id), source],
    models: [...models, ...unknown].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)),
  }
}

function joined(points: readonly PricePoint[], more: readonly PricePoint[]): readonly PricePoint[] {
  const taken = new Set(more.map(({ source, asOf }) => `${source} ${asOf}`))
  const kept = points.filter(({ source, asOf }) => !taken.has(`${source} ${asOf}`))
  return [...kept, ...more].sort((a, b) => (a.asOf < b.asOf ? -1 : a.asOf > b.asOf ? 1 : 0))
}

/**
 * A price that stays is kept as two points of a source, the first and the last day it was seen, so that daily updates do not grow
 * the file.
 */
function shortened(model: Model): Model {
  const { points } = model
  const between = (point: PricePoint, at: number) =>
    sameRun(points[at - 1], point) && sameRun(points[at + 1], point)
  return points.some(between)
    ? { ...model, points: points.filter((point, at) => !between(point, at)) }
    : model
}

function sameRun(a: PricePoint | undefined, b: PricePoint): boolean {
  return a !== undefined && a.source === b.source && seen(a) === seen(b)
}

const seen = ({ source: _, asOf: _day, price = {}, ...rest }: PricePoint): string => {
  const { overrides = [], ...rates } = price
  return JSON.stringify([Object.entries(rates).sort(), overrides, rest])
}
