import { type Command, InvalidArgumentError } from 'commander'
import type { Context } from '../context.ts'
import { importJson, importSheet, importText, importWarnings } from '../render/catalog-import.ts'
import { loadCatalog } from '../sources/catalog.ts'
import { globals } from './globals.ts'
import { print } from './print.ts'

export function declareImport(command: Command, ctx: Context): void {
  command
    .summary('make a saved list of models the catalogue')
    .description(
      'Make a file the catalogue in force: a saved response of https://openrouter.ai/api/v1/models of any date since 2025, or a catalogue of orx. Rows that cannot be read are left out and named.',
    )
    .argument('<file>', 'the file')
    .option(
      '--as-of <day>',
      'when a response was captured (default: the date in its name, else when it was written)',
      day,
    )
    .addHelpText(
      'after',
      '\nExamples:\n  curl -s https://openrouter.ai/api/v1/models > models.json && orx catalog import models.json\n  orx catalog import models-2026-08-22.json',
    )
    .action(async (file: string, { asOf }: { asOf?: string }) => {
      const { format, quiet } = globals(command)
      const { importCatalog } = await import('../sources/catalog-import.ts')
      const known = await loadCatalog(ctx, 'latest')
      const done = await importCatalog(ctx, known, file, asOf)
      const view = { file, inForce: await loadCatalog(ctx, 'latest'), done }
      if (!quiet) for (const warning of importWarnings(done.problems)) ctx.err(`${warning}\n`)
      print(ctx, format, {
        json: () => importJson(view),
        text: () => importText(view, ctx.width),
        sheet: () => importSheet(view),
      })
    })
}

function day(text: string): string {
  const date = new Date(`${text}T00:00:00Z`)
  if (/^\d{4}-\d\d-\d\d$/.test(text) && date.toJSON()?.startsWith(text)) return text
  throw new InvalidArgumentError('Write it as 2026-08-22.')
}
