import type { Context } from '../context.ts'
import type { Catalog, Model } from '../core/catalog/model.ts'
import { withOwnPrices } from '../core/catalog/own.ts'
import { resolveModel } from '../core/catalog/resolve.ts'
import type { Config } from '../core/config.ts'
import { utcDay } from '../core/day.ts'
import { loadCatalog } from '../sources/catalog.ts'
import { loadConfig } from '../sources/config.ts'
import type { Globals } from './globals.ts'

/** The catalogue in force with the user's own prices, and names resolved with the user's aliases. */
export type World = {
  readonly catalog: Catalog
  readonly config: Config
  /** @throws OrxError MODEL_NOT_FOUND with suggestions. */
  readonly find: (text: string) => Model
}

/** Every command that names models or prices starts here, so that `[alias]` and `[price]` hold everywhere. */
export async function openWorld(
  ctx: Context,
  { catalog: name }: Pick<Globals, 'catalog'>,
): Promise<World> {
  const config = await loadConfig(ctx)
  const loaded = await loadCatalog(ctx, name)
  const catalog = withOwnPrices(loaded, config.price, today(ctx))
  return { catalog, config, find: (text) => resolveModel(catalog, text, config.alias) }
}

export const today = ({ now }: Pick<Context, 'now'>): string => utcDay(now())
