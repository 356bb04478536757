import type { Catalog, Model, Source } from './model.ts'
import type { PricePoint } from './price.ts'

/** Models seen at one time at one source. */
export type Capture = {
  readonly source: Source
  readonly models: readonly Model[]
  /** Whether it would list this model if it still existed; only then does absence mean retired. */
  readonly covers: (model: Model) => boolean
}

/**
 * Lays a capture over what was known before: its facts win where it has any, its price becomes the newest point, and
 * models that it covers but does not list are retired. Captures must be laid in the order of their dates.
 */
export function merge(before: Catalog, capture: Capture): Catalog {
  const { asOf } = capture.source
  const listed = new Map(capture.models.map((model) => [model.id, model]))
  const known = new Set(before.models.map(({ id }) => id))
  const models = [
    ...before.models.map((model) => {
      const seen = listed.get(model.id)
      return seen ? newer(model, seen) : gone(model, capture)
    }),
    ...capture.models.filter(({ id }) => !known.has(id)),
  ]
  return {
    name: before.name,
    asOf: [asOf, before.asOf].sort().at(-1) ?? asOf,
    sources: [...before.sources.filter(({ id }) => id !== capture.source.id), capture.source],
    models: models.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)),
  }
}

function newer(old: Model, seen: Model): Model {
  // A capture of after the date shows that the model outlived it.
  const outlived = old.expires !== undefined && old.expires <= seen.lastSeen
  return {
    ...seen,
    slug: seen.slug.includes('/') && seen.slug !== seen.id ? seen.slug : old.slug,
    // An alias may point elsewhere by now, so only the newest word on it counts.
    base: seen.base ?? (seen.kind === 'alias' ? undefined : old.base),
    created: seen.created ?? old.created,
    context: seen.context ?? old.context,
    maxOutput: seen.maxOutput ?? old.maxOutput,
    inputs: seen.inputs ?? old.inputs,
    outputs: seen.outputs ?? old.outputs,
    parameters: seen.parameters ?? old.parameters,
    // A complete list takes the place of a partial one.
    partialParameters: seen.parameters === null ? old.partialParameters : seen.partialParameters,
    expires: seen.expires ?? (outlived ? undefined : old.expires),
    successor: seen.successor ?? old.successor,
    speed: seen.speed ?? old.speed,
    points: appended(old.points, seen.points),
  }
}

function gone(model: Model, { source, covers }: Capture): Model {
  if (model.status === 'retired' || model.lastSeen >= source.asOf) return model
  const expired = model.expires !== undefined && model.expires < source.asOf
  return expired || covers(model) ? { ...model, status: 'retired' } : model
}

/** A second look at one source on one day replaces the first. */
function appended(old: readonly PricePoint[], seen: readonly PricePoint[]): readonly PricePoint[] {
  const kept = old.filter(
    (point) => !seen.some(({ source, asOf }) => source === point.source && asOf === point.asOf),
  )
  return [...kept, ...seen]
}
