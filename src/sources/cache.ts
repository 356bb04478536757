import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Context } from '../context.ts'
import { toDiskText } from '../core/catalog/codec.ts'
import type { Endpoint } from '../core/catalog/endpoint.ts'
import type { Catalog } from '../core/catalog/model.ts'
import type { ProviderRow } from '../core/catalog/tables.ts'
import { paths } from './paths.ts'

type Ctx = Pick<Context, 'env'>

/** Where `orx catalog update` keeps the refreshed catalogue, in our own schema. */
export const cachedCatalog = (ctx: Ctx): string => join(paths(ctx).cache, 'catalog.json')

/** What it keeps beside: in our own shapes too, so no wire shape is on disk. */
export type CachedProviders = {
  readonly schema: 'orx.providers/1'
  /** YYYY-MM-DD. */
  readonly asOf: string
  readonly providers: readonly ProviderRow[]
}
export type CachedEndpoints = {
  readonly schema: 'orx.endpoints.live/1'
  readonly model: string
  readonly asOf: string
  readonly endpoints: readonly Endpoint[]
}

const providersFile = (ctx: Ctx): string => join(paths(ctx).cache, 'providers.json')
const endpointsFolder = (ctx: Ctx): string => join(paths(ctx).cache, 'endpoints')

/** "endpoints/deepseek%2Fdeepseek-chat.json": one flat file a model, under any id. */
const endpointsFile = (ctx: Ctx, model: string): string =>
  join(endpointsFolder(ctx), `${encodeURIComponent(model)}.json`)

export const keepCatalog = (ctx: Ctx, catalog: Catalog): Promise<void> =>
  keep(cachedCatalog(ctx), toDiskText(catalog))

export const keepProviders = (ctx: Ctx, kept: CachedProviders): Promise<void> =>
  keep(providersFile(ctx), `${JSON.stringify(kept)}\n`)

export const keepEndpoints = (ctx: Ctx, kept: CachedEndpoints): Promise<void> =>
  keep(endpointsFile(ctx, kept.model), `${JSON.stringify(kept)}\n`)

/** Loaded here only: every command reads the cache, hardly any writes it. */
const keep = async (file: string, text: string): Promise<void> =>
  (await import('./atomic.ts')).replaceFile(file, text)

/** Null where there is none, or a damaged one. */
export const cachedProviders = (ctx: Ctx): CachedProviders | null =>
  readJson(providersFile(ctx), 'orx.providers/1')

export const cachedEndpoints = (ctx: Ctx, model: string): CachedEndpoints | null =>
  readJson(endpointsFile(ctx, model), 'orx.endpoints.live/1')

/** Endpoints of all models that were asked for so far. */
export function allCachedEndpoints(ctx: Ctx): readonly CachedEndpoints[] {
  let names: string[]
  try {
    names = readdirSync(endpointsFolder(ctx)).sort()
  } catch {
    return []
  }
  return names
    .filter((name) => name.endsWith('.json'))
    .map((name) =>
      readJson<CachedEndpoints>(join(endpointsFolder(ctx), name), 'orx.endpoints.live/1'),
    )
    .filter((each) => each !== null)
}

function readJson<T extends { readonly schema: string }>(
  file: string,
  schema: T['schema'],
): T | null {
  try {
    const read = JSON.parse(readFileSync(file, 'utf8')) as T
    return read.schema === schema ? read : null
  } catch {
    return null
  }
}
