import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { daysBetween, inventory } from '../core/catalog/inventory.ts'
import { OrxError } from '../core/errors.ts'
import { statusJson, statusSheet, statusText } from '../render/catalog-status.ts'
import { cachedCatalog, cachedProviders } from '../sources/cache.ts'
import {
  loadCatalog,
  loadDirect,
  loadEndpoints,
  loadProviders,
  loadScores,
} from '../sources/catalog.ts'
import { globals } from './globals.ts'
import { print } from './print.ts'
import { today } from './world.ts'

/** Days after which `status` says that prices may have moved. */
const OLD = 30

export function declareStatus(command: Command, ctx: Context): void {
  command
    .summary('which catalogue is in force, where it is from, how old it is')
    .description(
      'Show which catalogue is in force, what it holds, where its figures are from and how old they are.',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  orx catalog status\n  orx catalog status --catalog report',
    )
    // As the default it also gets what was meant as another subcommand.
    .allowExcessArguments()
    .action(async () => {
      const [typed] = command.args
      if (typed !== undefined)
        throw new OrxError(
          'BAD_ARGUMENT',
          `there is no \`orx catalog ${typed}\``,
          'Use status, update, diff or import: orx catalog --help',
        )
      const { format, quiet, catalog: name } = globals(command)
      const day = today(ctx)
      const inForce = await loadCatalog(ctx, name)
      const view = {
        today: day,
        asked: name,
        inForce: { asOf: inForce.asOf, ...inventory(inForce) },
        snapshot: summary(await loadCatalog(ctx, 'snapshot')),
        report: summary(await loadCatalog(ctx, 'report')),
        cache: await cache(ctx),
        tables: await tables(ctx),
      }
      const age = daysBetween(inForce.asOf, day)
      if (!quiet && age > OLD)
        ctx.err(`note: these prices are ${age} days old; get today’s: orx catalog update\n`)
      print(ctx, format, {
        json: () => statusJson(view),
        text: () => statusText(view, ctx.width, ctx.paint),
        sheet: () => statusSheet(view),
      })
    })
}

type Loaded = Awaited<ReturnType<typeof loadCatalog>>

const summary = ({ asOf, models }: Loaded) => ({ asOf, models: models.length })

async function cache(ctx: Context) {
  const path = cachedCatalog(ctx)
  try {
    return { path, ...summary(await loadCatalog(ctx, path, () => {})) }
  } catch (error) {
    const absent = error instanceof OrxError && error.code === 'FILE_NOT_FOUND'
    return absent ? null : { path, asOf: null, models: null }
  }
}

/** What orx knows beside models and prices, counted by source and day. */
async function tables(ctx: Context) {
  const [scores, endpoints, direct, providers] = await Promise.all([
    loadScores(ctx),
    loadEndpoints(ctx),
    loadDirect(ctx),
    loadProviders(ctx),
  ])
  const fetched = cachedProviders(ctx)
  return [
    ...counted(endpoints, () => 'endpoints'),
    ...counted(direct, () => 'makers’ own prices'),
    ...counted(scores, ({ source }) => `scores: ${source}`),
    { what: 'providers', count: providers.length, asOf: fetched?.asOf ?? null },
  ]
}

function counted<Row extends { readonly asOf: string }>(
  rows: readonly Row[],
  name: (row: Row) => string,
) {
  const counts = new Map<string, { what: string; count: number; asOf: string }>()
  for (const row of rows) {
    const what = name(row)
    const { asOf } = row
    const known = counts.get(`${what} ${asOf}`)
    counts.set(`${what} ${asOf}`, { what, asOf, count: (known?.count ?? 0) + 1 })
  }
  return [...counts.values()].sort((a, b) => (a.what < b.what ? -1 : a.what > b.what ? 1 : 0))
}
