import type { Context } from '../context.ts'
import { OrxError } from '../core/errors.ts'
import { nearest } from '../core/nearest.ts'
import { loadDirect, loadEndpoints } from '../sources/catalog.ts'

/**
 * Ids of the models that a provider serves, through OpenRouter or by itself.
 * @param provider its slug ("amazon-bedrock") or name ("Amazon Bedrock")
 * @throws OrxError ENDPOINT_NOT_FOUND with suggestions
 */
export async function servedBy(ctx: Context, provider: string): Promise<ReadonlySet<string>> {
  const [endpoints, direct] = await Promise.all([loadEndpoints(ctx), loadDirect(ctx)])
  const typed = provider.toLowerCase()
  const names = new Set<string>()
  const ids = new Set<string>()
  for (const each of endpoints) {
    const slug = each.tag.split('/')[0] ?? each.tag
    names.add(slug)
    if (slug === typed || each.provider.toLowerCase() === typed) ids.add(each.model)
  }
  for (const offer of direct) {
    names.add(offer.provider)
    if (offer.provider === typed) ids.add(offer.model)
  }
  if (ids.size > 0) return ids
  const [guess] = nearest(provider, names)
  throw new OrxError(
    'ENDPOINT_NOT_FOUND',
    `no provider "${provider}" serves a model of the catalogue`,
    guess ? `Did you mean ${guess}?` : `Known ones: ${[...names].sort().slice(0, 8).join(', ')} …`,
  )
}
