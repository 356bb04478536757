import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Context } from '../context.ts'
import { parseCount, parsePricePair } from '../core/amount.ts'
import { latestScores } from '../core/catalog/latest-scores.ts'
import { MODALITIES, type Modality } from '../core/catalog/model.ts'
import { parseNeeds } from '../core/catalog/needs.ts'
import { find, INDICES, type Query } from '../core/catalog/query.ts'
import { SORTS, type SortKey } from '../core/catalog/sort.ts'
import { OrxError } from '../core/errors.ts'
import { listJson, listSheet, listText } from '../render/models/list.ts'
import { loadQuality } from '../sources/catalog.ts'
import { type Globals, globals } from './globals.ts'
import { declareCompare } from './models-compare.ts'
import { servedBy } from './models-provider.ts'
import { declareShow } from './models-show.ts'
import { print } from './print.ts'
import { openWorld } from './world.ts'

type Flags = {
  readonly author?: string
  readonly provider?: string
  readonly modality?: readonly Modality[]
  readonly needs?: Query['needs']
  readonly minContext?: number
  readonly maxPrice?: Query['maxPrice']
  readonly free?: true
  readonly retired?: true
  readonly unscored?: true
  readonly all?: true
  readonly sort: SortKey
  readonly limit?: number
}

/** Rows on a terminal, where nobody asked for a number. */
const SCREENFUL = 30

export function declare(command: Command, ctx: Context): void {
  command
    .description('List the models of the catalogue with price, context, scores and speed.')
    .argument('[text...]', 'words in the id or the name')
    .option('--author <author>', 'who made it: openai, anthropic, z-ai …')
    .option('--provider <provider>', 'who serves it: deepinfra, groq, azure …')
    .option(
      '--modality <list>',
      `takes or gives: ${MODALITIES.slice(0, 5).join(',')} …`,
      modalities,
    )
    .option('--needs <list>', 'vision,audio,video,files,tools,json,reasoning', parseNeeds)
    .option('--min-context <tokens>', 'context of at least, e.g. 200k', (text) =>
      parseCount(text, '--min-context'),
    )
    .option('--max-price <in/out>', 'US$ per 1M tokens at most, e.g. 1/5', (text) =>
      parsePricePair(text, '--max-price'),
    )
    .option('--free', 'free models, variants included')
    .option('--retired', 'models that OpenRouter no longer lists')
    .option('--unscored', 'models without a score yet')
    .option('--all', 'variants, aliases, routers and retired models too')
    .addOption(new Option('--sort <key>', 'what comes first').choices(SORTS).default('newest'))
    .option('--limit <n>', `rows at most (${SCREENFUL} on a terminal, all in a pipe)`, (text) =>
      parseCount(text, '--limit'),
    )
    .addHelpText(
      'after',
      '\nExamples:\n  orx models --needs vision,tools --max-price 1/5 --sort intelligence\n  orx models glm\n  orx models show gpt-5.1\n  orx models compare gpt-5.1 claude-sonnet-5.5',
    )
    .action(async (words: readonly string[], flags: Flags) => {
      await listModels(ctx, globals(command), words.join(' '), flags)
    })
  declareShow(command.command('show'), ctx)
  declareCompare(command.command('compare'), ctx)
}

async function listModels(
  ctx: Context,
  options: Globals,
  text: string,
  { provider, modality, limit, ...flags }: Flags,
): Promise<void> {
  const { catalog } = await openWorld(ctx, options)
  const quality = await loadQuality(ctx, INDICES)
  const scores = latestScores(quality.scores)
  const screen = ctx.tty.out && options.format === 'table' ? SCREENFUL : undefined
  const found = find(
    catalog.models,
    {
      ...flags,
      text,
      modalities: modality,
      servedBy: provider === undefined ? undefined : await servedBy(ctx, provider),
      limit: limit ?? screen,
    },
    scores,
  )
  if (found.matched === 0) throw nothing(text, found.hidden, found.unknown)
  const { sources: scoreSources } = quality
  const view = { catalog, scoreSources, found, now: ctx.now() }
  print(ctx, options.format, {
    json: () => listJson(view),
    text: () => listText(view, ctx.width, ctx.paint),
    sheet: () => listSheet(view),
  })
}

function nothing(
  text: string,
  { retired, variants }: { readonly retired: number; readonly variants: number },
  unknown: number,
): OrxError {
  const others = [
    retired > 0 ? `${retired} retired` : '',
    variants > 0 ? `${variants} variants` : '',
  ].filter(Boolean)
  const remedy =
    others.length > 0
      ? `${others.join(' and ')} would: add --all.`
      : unknown > 0
        ? `Of ${unknown} models the catalogue does not say whether they fit. Loosen a filter.`
        : 'Loosen a filter, or run `orx models` for the whole list.'
  const named = text ? ` for "${text}"` : ' with these filters'
  return new OrxError('NOTHING_LEFT', `no current model is left${named}`, remedy)
}

function modalities(text: string): readonly Modality[] {
  return text.split(',').map((each) => {
    const known = MODALITIES.find((modality) => modality === each.trim().toLowerCase())
    if (known) return known
    throw new InvalidArgumentError(`Give some of ${MODALITIES.join(',')}.`)
  })
}
