import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { latestScores } from '../core/catalog/latest-scores.ts'
import { INDICES, rowOf } from '../core/catalog/query.ts'
import { OrxError } from '../core/errors.ts'
import { compareJson, compareSheet, compareText } from '../render/models/compare.ts'
import { loadDirect, loadEndpoints, loadQuality } from '../sources/catalog.ts'
import { globals } from './globals.ts'
import { print } from './print.ts'
import { openWorld } from './world.ts'

export function declareCompare(command: Command, ctx: Context): void {
  command
    .summary('several models side by side')
    .description('Compare models side by side: price, context, abilities, scores, speed, sellers.')
    .argument('<models...>', 'two or more ids, names or aliases')
    .addHelpText('after', '\nExample:\n  orx models compare gpt-5.1 claude-sonnet-5.5 glm-5.3')
    .action(async (names: readonly string[]) => {
      const options = globals(command)
      const { catalog, find } = await openWorld(ctx, options)
      const models = [...new Set(names.map(find))]
      if (models.length < 2)
        throw new OrxError(
          'BAD_ARGUMENT',
          'one model cannot be compared',
          `Name another one, or run \`orx models show ${names[0]}\`.`,
        )
      const quality = await loadQuality(ctx, INDICES)
      const scores = latestScores(quality.scores)
      const direct = await loadDirect(ctx)
      const columns = await Promise.all(
        models.map(async (model) => ({
          row: rowOf(model, scores),
          endpoints: await loadEndpoints(ctx, model.id),
          direct: direct.filter((offer) => offer.model === model.id),
        })),
      )
      const { sources: scoreSources } = quality
      const view = { catalog, scoreSources, columns, now: ctx.now() }
      print(ctx, options.format, {
        json: () => compareJson(view),
        text: () => compareText(view, ctx.width, ctx.paint),
        sheet: () => compareSheet(view),
      })
    })
}
