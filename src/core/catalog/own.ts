import type { Catalog, Model } from './model.ts'
import type { Price, Rates } from './price.ts'

/** Where the user's own prices are from. */
export const OWN_SOURCE = 'config'

/**
 * The catalogue with the user's own prices as the newest price points. Keys that an own price leaves out keep the listed
 * rate; tiers and hours no longer apply. A model that no catalogue knows is added.
 * @param today YYYY-MM-DD.
 */
export function withOwnPrices(
  catalog: Catalog,
  own: Readonly<Record<string, Rates>>,
  today: string,
): Catalog {
  const ids = Object.keys(own)
  if (ids.length === 0) return catalog
  const known = new Set(catalog.models.map(({ id }) => id))
  const repriced = catalog.models.map((model) => {
    const rates = own[model.id]
    return rates ? withPrice(model, rates, today) : model
  })
  const added = ids.filter((id) => !known.has(id)).map((id) => ownModel(id, own[id] ?? {}, today))
  return {
    ...catalog,
    sources: [
      ...catalog.sources,
      { id: OWN_SOURCE, name: 'your config.toml', url: '', asOf: today, terms: 'your own' },
    ],
    models: [...repriced, ...added],
  }
}

function withPrice(model: Model, rates: Rates, today: string): Model {
  const { overrides: _, ...listed }: Price = model.points.at(-1)?.price ?? {}
  return {
    ...model,
    points: [...model.points, { source: OWN_SOURCE, asOf: today, price: { ...listed, ...rates } }],
  }
}

const ownModel = (id: string, rates: Rates, today: string): Model => ({
  ...bareModel(id, today),
  points: [{ source: OWN_SOURCE, asOf: today, price: rates }],
})

/** A model of which nothing is known but its name. */
export const bareModel = (id: string, lastSeen: string): Model => ({
  id,
  slug: id,
  name: id,
  author: id.split('/')[0] ?? id,
  kind: 'base',
  created: null,
  context: null,
  maxOutput: null,
  inputs: null,
  outputs: null,
  parameters: null,
  status: 'current',
  lastSeen,
  points: [],
})
