import type { Catalog, Model } from '../catalog/model.ts'
import { resolveModel } from '../catalog/resolve.ts'
import type { Config } from '../config.ts'
import { OrxError } from '../errors.ts'
import type { PolicyName } from '../policy/routing.ts'

/** A model that may answer. */
export type Wanted =
  | {
      readonly kind: 'listed'
      readonly model: Model
      /** The id to send to OpenRouter, routing suffix included. */
      readonly id: string
      readonly policy: PolicyName
    }
  /** A model of one of the user's own providers, which no catalogue knows. */
  | { readonly kind: 'own'; readonly provider: string; readonly id: string }

/** Suffixes that change the routing and are no models of their own (openrouter.ai/docs, model variants, 2026-09). */
const SUFFIXES: Readonly<Record<string, PolicyName>> = {
  nitro: 'nitro',
  floor: 'floor',
  exacto: 'classic',
  online: 'classic',
  thinking: 'classic',
}

/**
 * The model meant by `-m`: "gpt-5.1", "deepseek-chat:nitro", or "local/llama3" where `config.toml` has a provider "local".
 * @throws OrxError MODEL_NOT_FOUND
 */
export function wantedModel(catalog: Catalog, text: string, config: Config): Wanted {
  const [, provider = '', own = ''] = /^([^/]+)\/(.+)$/.exec(text) ?? []
  if (Object.hasOwn(config.provider, provider) && !catalog.models.some(({ id }) => id === text)) {
    return { kind: 'own', provider, id: own }
  }
  const [, stem = text, suffix = ''] =
    /^(.*?)((?::(?:nitro|floor|exacto|online|thinking))*)$/.exec(text) ?? []
  const model = resolveModel(catalog, stem, config.alias)
  const sorting = suffix.split(':').findLast((each) => each === 'nitro' || each === 'floor')
  return {
    kind: 'listed',
    model,
    id: model.id + suffix,
    policy: SUFFIXES[sorting ?? ''] ?? 'classic',
  }
}

/** @throws OrxError MODEL_NOT_FOUND where nobody can serve it any more. */
export function mustBeServed(wanted: Wanted, sellers: number): void {
  if (wanted.kind === 'own' || wanted.model.status === 'current' || sellers > 0) return
  const { id, lastSeen, successor } = wanted.model
  throw new OrxError(
    'MODEL_NOT_FOUND',
    `${id} is retired; OpenRouter last listed it on ${lastSeen}`,
    successor ? `Its successor: orx chat -m ${successor}` : 'Run `orx recommend` for another.',
  )
}
