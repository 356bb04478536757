import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { diffCatalogs } from '../core/catalog/diff.ts'
import { OrxError } from '../core/errors.ts'
import { importWarnings } from '../render/catalog-import.ts'
import {
  endpointsJson,
  endpointsSheet,
  endpointsText,
  updateJson,
  updateSheet,
  updateText,
} from '../render/catalog-update.ts'
import { loadCatalog } from '../sources/catalog.ts'
import { OPENROUTER, resolveKey } from '../sources/keys.ts'
import { type Globals, globals } from './globals.ts'
import { network } from './network.ts'
import { print } from './print.ts'
import { progress } from './progress.ts'
import { openWorld, today } from './world.ts'

type Flags = { endpoints?: string; force?: true }

export function declareUpdate(command: Command, ctx: Context): void {
  command
    .summary('fetch today’s models, prices and providers')
    .description(
      'Fetch today’s list of models with their prices, and of providers, from OpenRouter. No key is needed. An answer that fails, is cut off or cannot be true changes nothing.',
    )
    .option('--endpoints <model>', 'fetch who serves this model, and at what price, instead')
    .option('--force', 'take a list that looks wrong (never an empty one)')
    .addHelpText(
      'after',
      '\nExamples:\n  orx catalog update\n  orx catalog update --endpoints deepseek-chat\n  OPENROUTER_BASE_URL=https://eu.openrouter.ai/api/v1 orx catalog update',
    )
    .action(async ({ endpoints, force }: Flags) => {
      const options = globals(command)
      if (endpoints === undefined) await updateAll(ctx, options, force === true)
      else await updateOne(ctx, options, endpoints)
    })
}

async function updateAll(ctx: Context, options: Globals, force: boolean): Promise<void> {
  const known = await loadCatalog(ctx, 'latest')
  const { updateModels, updateProviders } = await import('../sources/catalog-update.ts')
  const ask = { ctx, network: network(ctx, options), today: today(ctx) }
  const { models, providers, failed } = await progress(
    ctx,
    options,
    'asking OpenRouter …',
    async (say) => {
      const models = await updateModels(ask, known, force)
      say('asking for providers …')
      return { models, ...(await outcome(updateProviders(ask))) }
    },
  )
  const view = { models, diff: diffCatalogs(known, models.catalog), providers }
  if (!options.quiet) for (const warning of importWarnings(models.problems)) ctx.err(`${warning}\n`)
  print(ctx, options.format, {
    json: () => updateJson(view),
    text: () => updateText(view, ctx.width),
    sheet: () => updateSheet(view),
  })
  if (failed)
    throw new OrxError(
      failed.code,
      `models are up to date, providers are not: ${failed.message}`,
      failed.remedy,
      { cause: failed },
    )
}

/** Models that are in place already must not be reported as failed because providers are. */
async function outcome(work: Promise<number | null>) {
  try {
    return { providers: await work, failed: undefined }
  } catch (error) {
    if (error instanceof OrxError) return { providers: null, failed: error }
    throw error
  }
}

async function updateOne(ctx: Context, options: Globals, text: string): Promise<void> {
  const { find } = await openWorld(ctx, { catalog: 'latest' })
  const { updateEndpoints } = await import('../sources/catalog-update.ts')
  const { id } = find(text)
  const ask = { ctx, network: network(ctx, options), today: today(ctx) }
  const key = (await resolveKey(ctx, OPENROUTER))?.reveal()
  const done = await progress(ctx, options, `asking who serves ${id} …`, () =>
    updateEndpoints(ask, id, key),
  )
  if (!options.quiet) {
    for (const warning of importWarnings(done.problems)) ctx.err(`${warning}\n`)
    if (!done.measured)
      ctx.err(
        'note: no latency or throughput came with it; OpenRouter gives them with a key: orx keys\n',
      )
  }
  print(ctx, options.format, {
    json: () => endpointsJson(done),
    text: () => endpointsText(done),
    sheet: () => endpointsSheet(done),
  })
}
