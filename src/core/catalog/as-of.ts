import type { Catalog, Model } from './model.ts'

/**
 * The catalogue as it stood on a day (YYYY-MM-DD), from the dated price points. A model counts as listed from its creation, or
 * its first price, until it was last seen. Contexts of another day are not known and come as null.
 */
export function catalogOn(catalog: Catalog, day: string): Catalog {
  const models = catalog.models.flatMap((model) => modelOn(model, day))
  const newest = models.flatMap(({ points }) => points.map(({ asOf }) => asOf)).reduce(later, '')
  return { ...catalog, name: day, asOf: newest || day, models }
}

function modelOn(model: Model, day: string): readonly Model[] {
  const { points, created, status, lastSeen, expires: _, ...rest } = model
  const known = points.filter(({ asOf }) => asOf <= day)
  if (known.length === 0 && (created === null || created > day)) return []
  const why = `no price is known of ${day} or before`
  const source = points[0]?.source ?? ''
  return [
    {
      ...rest,
      created,
      context: null,
      status: status === 'retired' && lastSeen < day ? 'retired' : 'current',
      lastSeen: lastSeen < day ? lastSeen : day,
      points: known.length > 0 ? known : [{ source, asOf: day, unpriced: why }],
    },
  ]
}

const later = (a: string, b: string): string => (a > b ? a : b)
