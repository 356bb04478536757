import type { Context } from '../context.ts'
import type { Catalog } from '../core/catalog/model.ts'
import { priceCuts } from '../core/usage/cuts.ts'
import { joiner } from '../core/usage/join.ts'
import { lotsOf } from '../core/usage/lots.ts'
import { type PriceNews, priceNews } from '../core/usage/news.ts'
import { loadDirect } from '../sources/catalog.ts'
import { readLogs } from '../sources/logs/read.ts'
import { parseMap } from '../sources/logs/roles.ts'
import { progressOf } from './usage-progress.ts'

/** `orx catalog diff … --usage FILE`: what the changes mean for the requests of a log. */
export async function newsFor(
  ctx: Context,
  file: string,
  from: Catalog,
  to: Catalog,
  quiet: boolean,
): Promise<PriceNews> {
  const offers = await loadDirect(ctx)
  // Names are looked up in both; a model that only one of them knows cannot be compared and is named.
  const known = new Set(to.models.map(({ id }) => id))
  const both = { ...to, models: [...to.models, ...from.models.filter(({ id }) => !known.has(id))] }
  const join = joiner(both, offers)
  const anywhere = priceCuts([...from.models, ...to.models], offers)
  const progress = progressOf(ctx, quiet)
  const { tally, skips } = await readLogs({
    files: [file],
    mapping: parseMap(undefined),
    cuts: async () => ({ ofModel: () => anywhere, contexts: [] }),
    stdin: () => ctx.stdin.stream,
    signal: ctx.signal,
    classify: null,
    onProgress: progress.step,
  }).finally(progress.end)
  if (skips.total() > 0 && !quiet)
    ctx.err(`warning: ${skips.total()} bad records skipped; orx usage ${file} shows them\n`)
  return priceNews(lotsOf(tally.cells(), tally.values(), both), join, from, to)
}
