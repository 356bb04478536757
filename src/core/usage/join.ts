import type { DirectOffer } from '../catalog/direct.ts'
import type { Catalog, Model } from '../catalog/model.ts'
import { baseOf, slugOf, variantOf } from '../catalog/names.ts'

/** A model of the catalogue, or why a name in a log is none. */
export type Joined = { readonly model: Model } | { readonly unknown: string }

/**
 * Every name under which a model is known as it stands, in lower case: ids, canonical slugs, names after the author, and
 * providers' own ids. A name that could be several models is none.
 */
export function exactNames(
  catalog: Catalog,
  offers: readonly DirectOffer[],
): ReadonlyMap<string, Model> {
  const names = new Map<string, Model | 'several'>()
  const base = catalog.models.filter(({ kind }) => kind === 'base')
  const add = (name: string, model: Model) => {
    const key = name.toLowerCase()
    const known = names.get(key)
    names.set(key, known && known !== model ? 'several' : model)
  }
  const addNew = (found: readonly (readonly [string, Model])[]) => {
    const fresh = found.filter(([name]) => !names.has(name.toLowerCase()))
    for (const [name, model] of fresh) add(name, model)
  }
  for (const model of catalog.models) names.set(model.id.toLowerCase(), model)
  addNew(base.map((model) => [model.slug, model]))
  addNew(base.map((model) => [slugOf(model.id), model]))
  addNew(base.map((model) => [plainName(slugOf(model.id)), model]))
  const byId = new Map(catalog.models.map((model) => [model.id, model]))
  addNew(
    offers.flatMap(({ id, model }) => {
      const known = byId.get(model)
      return known ? [[id, known] as const] : []
    }),
  )
  return new Map([...names].filter((entry): entry is [string, Model] => entry[1] !== 'several'))
}

/**
 * Finds the catalogue's model for a name as logs write it: an id, a dated canonical slug, a provider's own id, a name with
 * a router's or cloud's prefix or a date behind. Tried in that order; what remains is unknown, never guessed by likeness.
 */
export function joiner(catalog: Catalog, offers: readonly DirectOffer[]): (name: string) => Joined {
  const names = exactNames(catalog, offers)
  const base = (name: string): Model | undefined => {
    for (const spelling of spellings(name.toLowerCase())) {
      const found = names.get(spelling)
      if (found) return found
    }
    return undefined
  }
  return (name) => {
    const exact = base(name)
    if (exact) return { model: exact }
    const variant = variantOf(name.toLowerCase())
    const model = variant && base(baseOf(name))
    if (!model) return { unknown: 'not in the catalogue' }
    return ofVariant(model, variant, names.get(`${model.id}:${variant}`.toLowerCase()))
  }
}

/** Variants that only steer routing pay the model's own price: openrouter.ai/docs, model variants, 2026-08-22. */
export const ROUTING_ONLY: ReadonlySet<string> = new Set([
  'nitro',
  'floor',
  'exacto',
  'online',
  'standard',
])

function ofVariant(model: Model, variant: string, known: Model | undefined): Joined {
  if (known) return { model: known }
  if (ROUTING_ONLY.has(variant)) return { model }
  if (variant === 'free') return { model: freeOf(model) }
  return { unknown: `no price is known of its variant :${variant}` }
}

/** A free variant costs nothing by definition, also one that was never captured. */
const freeOf = (model: Model): Model => ({
  ...model,
  id: `${model.id}:free`,
  kind: 'variant',
  base: model.id,
  points: model.points
    .slice(0, 1)
    .map(({ source, asOf }) => ({ source, asOf, price: { input: '0', output: '0' } })),
})

/** From the name as written to plainer ones, each tried as an id and as a name. */
function spellings(name: string): readonly string[] {
  const bare = name.replace(/^(openrouter|litellm)\//, '')
  const tail = bare.slice(bare.lastIndexOf('/') + 1)
  // Clouds write "us.anthropic.claude-sonnet-4-5-20250929-v1:0" and "claude-sonnet-4-5@20250929".
  const ofCloud = tail.replace(
    /^([a-z]{2,6}\.)?(anthropic|meta|mistral|amazon|cohere|deepseek)\./,
    '',
  )
  const undated = ofCloud.replace(/[-@](\d{8}|\d{4}-\d\d-\d\d)(-v\d+(:\d+)?)?$/, '')
  return [...new Set([name, bare, tail, ofCloud, undated, plainName(undated)])]
}

/** "claude-4.5-sonnet" and "claude-sonnet-4-5" differ in more than punctuation; only punctuation is made one here. */
const plainName = (name: string): string => name.replaceAll(/[._]/g, '-').replace(/-latest$/, '')
