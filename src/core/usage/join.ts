import type { DirectOffer } from '../catalog/direct.ts'
import type { Catalog, Model } from '../catalog/model.ts'
import { baseOf, slugOf, variantOf } from '../catalog/names.ts'

/** A model of the catalogue, or why a name in a log is none. */
export type Joined = { readonly model: Model } | { readonly unknown: string }

/**
 * Finds the catalogue's model for a name as logs write it: an id, a dated canonical slug, a provider's own id, a name with
 * a router's or cloud's prefix or a date behind. Tried in that order; what remains is unknown, never guessed by likeness.
 */
export function joiner(catalog: Catalog, offers: readonly DirectOffer[]): (name: string) => Joined {
  const byId = new Map(catalog.models.map((model) => [model.id.toLowerCase(), model]))
  const byName = new Map<string, Model | 'several'>()
  const add = (name: string, model: Model) => {
    const key = name.toLowerCase()
    const known = byName.get(key)
    byName.set(key, known && known !== model ? 'several' : model)
  }
  for (const model of catalog.models) {
    if (model.kind === 'base') add(model.slug, model)
  }
  for (const model of catalog.models) {
    if (model.kind !== 'base') continue
    if (!byName.has(slugOf(model.id).toLowerCase())) add(slugOf(model.id), model)
    add(plainName(slugOf(model.id)), model)
  }
  for (const { id, model } of offers) {
    const known = byId.get(model.toLowerCase())
    if (known && !byName.has(id.toLowerCase())) byName.set(id.toLowerCase(), known)
  }
  const base = (name: string): Model | undefined => {
    for (const spelling of spellings(name.toLowerCase())) {
      const found = byId.get(spelling) ?? byName.get(spelling)
      if (found && found !== 'several') return found
    }
    return undefined
  }
  return (name) => {
    const exact = byId.get(name.toLowerCase()) ?? base(name)
    if (exact) return { model: exact }
    const variant = variantOf(name)
    const model = variant && base(baseOf(name))
    if (!model) return { unknown: 'not in the catalogue' }
    return ofVariant(model, variant, byId.get(`${model.id}:${variant}`.toLowerCase()))
  }
}

/** Variants that only steer routing pay the model's own price: openrouter.ai/docs, model variants, 2026-08-22. */
const ROUTING_ONLY = new Set(['nitro', 'floor', 'exacto', 'online', 'standard'])

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
