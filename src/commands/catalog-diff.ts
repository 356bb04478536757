import { type Command, Option } from 'commander'
import type { Context } from '../context.ts'
import { catalogOn } from '../core/catalog/as-of.ts'
import { diffCatalogs } from '../core/catalog/diff.ts'
import type { Catalog } from '../core/catalog/model.ts'
import { OrxError } from '../core/errors.ts'
import { CHANGES, type Change, diffJson, diffSheet, diffText } from '../render/catalog-diff.ts'
import { newsJson, newsText } from '../render/catalog-diff-usage.ts'
import { loadCatalog } from '../sources/catalog.ts'
import { globals } from './globals.ts'
import { print } from './print.ts'

export function declareDiff(command: Command, ctx: Context): void {
  command
    .summary('what changed between two catalogues')
    .description(
      'Compare two catalogues: which models are new, which are gone, which cost more or less, whose context changed.',
    )
    .argument('[from]', 'report, snapshot, latest, a file, or a day such as 2026-08-22', 'snapshot')
    .argument('[to]', 'the same', 'latest')
    .addOption(
      new Option('--only <change>', 'show only changes of this kind').choices([...CHANGES]),
    )
    .option('--usage <file>', 'what the changes mean for the requests of a log, in your money')
    .option('--author <name>', 'only models of this author, e.g. anthropic')
    .addHelpText(
      'after',
      '\nExamples:\n  orx catalog diff                        what the last update brought\n  orx catalog diff report snapshot        where the 2025 report was off\n  orx catalog diff 2025-12-02 2026-08-22  --only repriced\n  orx catalog diff 2026-08-22 latest --usage activity.csv',
    )
    .action(
      async (a: string, b: string, options: { only?: Change; author?: string; usage?: string }) => {
        const { format, quiet } = globals(command)
        const [from, to] = await Promise.all([named(ctx, a), named(ctx, b)])
        const { only, author } = options
        const [left, right] = author ? [of(from, author), of(to, author)] : [from, to]
        const view = { from: left, to: right, diff: diffCatalogs(left, right), only }
        const news = options.usage
          ? await (await import('./catalog-diff-usage.ts')).newsFor(
              ctx,
              options.usage,
              left,
              right,
              quiet,
            )
          : null
        if (!quiet && [a, b].some(isDay) && (only ?? 'context') === 'context')
          ctx.err('note: contexts of a past day are not known, so no change of context is shown\n')
        print(ctx, format, {
          json: () => ({ ...diffJson(view), ...(news && { usage: newsJson(news) }) }),
          text: () =>
            `${news ? newsText(news, ctx.width, ctx.paint) : ''}${diffText(view, ctx.width, ctx.paint)}`,
          sheet: () => diffSheet(view),
        })
      },
    )
}

const isDay = (name: string): boolean => /^\d{4}-\d\d-\d\d$/.test(name)

async function named(ctx: Context, name: string): Promise<Catalog> {
  if (!isDay(name)) return loadCatalog(ctx, name)
  const catalog = catalogOn(await loadCatalog(ctx, 'latest'), name)
  if (catalog.models.length > 0) return catalog
  throw new OrxError(
    'BAD_ARGUMENT',
    `no model is known of ${name} or before`,
    'Give a later day; `orx catalog status` lists the sources with their dates.',
  )
}

function of(catalog: Catalog, author: string): Catalog {
  const wanted = author.toLowerCase()
  return { ...catalog, models: catalog.models.filter((model) => model.author === wanted) }
}
