import { OrxError } from '../errors.ts'
import { nearest } from '../nearest.ts'
import type { Catalog, Model } from './model.ts'
import { baseOf, slugOf } from './names.ts'

/**
 * The model meant by what somebody typed: their alias, an exact id, an exact slug (after the author, or dated), or the
 * only model whose id contains the text, where a base model stands for its variants. Case does not matter.
 * @throws OrxError MODEL_NOT_FOUND with suggestions
 */
export function resolveModel(
  catalog: Pick<Catalog, 'models' | 'name'>,
  text: string,
  aliases: Readonly<Record<string, string>> = {},
): Model {
  const meant = Object.hasOwn(aliases, text) ? (aliases[text] ?? text) : text
  const typed = meant.trim().toLowerCase()
  if (typed === '') throw notFound(catalog, text, [])
  const { models } = catalog
  const exact =
    models.find(({ id }) => id.toLowerCase() === typed) ??
    only(models.filter(({ id }) => slugOf(id).toLowerCase() === typed)) ??
    only(withoutVariants(models.filter(({ slug }) => slug.toLowerCase() === typed)))
  if (exact) return exact
  const containing = withoutVariants(models.filter(({ id }) => id.toLowerCase().includes(typed)))
  const found = only(containing)
  if (found) return found
  throw notFound(catalog, meant, containing)
}

const only = (models: readonly Model[]): Model | undefined =>
  models.length === 1 ? models[0] : undefined

/** Leaves out variants whose base is there too. */
function withoutVariants(models: readonly Model[]): readonly Model[] {
  const ids = new Set(models.map(({ id }) => id))
  return models.filter(({ id }) => baseOf(id) === id || !ids.has(baseOf(id)))
}

/** The newest models have no known date yet. */
const newestFirst = (a: Model, b: Model): number =>
  (a.created ?? '9') > (b.created ?? '9') ? -1 : a.created === b.created ? 0 : 1

function notFound(
  { models, name }: Pick<Catalog, 'models' | 'name'>,
  text: string,
  containing: readonly Model[],
): OrxError {
  if (containing.length > 1) {
    const current = containing.filter(({ status }) => status === 'current')
    const shown = (current.length > 0 ? current : containing)
      .toSorted((a, b) => newestFirst(a, b))
      .slice(0, 5)
      .map(({ id }) => id)
    const more = containing.length - shown.length
    return new OrxError(
      'MODEL_NOT_FOUND',
      `"${text}" could be ${containing.length} models`,
      `Name one: ${shown.join(', ')}${more > 0 ? `, and ${more} more: orx models ${text}` : ''}`,
    )
  }
  const guesses = nearest(
    text,
    models.filter(({ kind }) => kind === 'base').map(({ id }) => id),
  )
  return new OrxError(
    'MODEL_NOT_FOUND',
    `no model "${text}" in the catalogue "${name}"`,
    guesses.length > 0
      ? `Did you mean ${guesses.join(', ')}?`
      : 'Run `orx models` for the list, or `orx models TEXT` to search it.',
  )
}
