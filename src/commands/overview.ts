import type { Context } from '../context.ts'
import { loadCatalog } from '../sources/catalog.ts'
import type { Globals } from './globals.ts'
import { today } from './world.ts'

const QUESTIONS = [
  ['Which model?', 'orx recommend coding'],
  ['What will it cost?', 'orx cost --in 100M --out 20M'],
  ['Who will serve it?', 'orx simulate deepseek-chat'],
  ['Then do it.', 'orx chat --model auto'],
] as const

/** Bare `orx`: the four questions it answers, and how old its answers are. */
export async function overview(ctx: Context, { format, catalog }: Globals): Promise<void> {
  const { paint } = ctx
  const { asOf, models } = await loadCatalog(ctx, catalog)
  const days = Math.round((Date.parse(today(ctx)) - Date.parse(asOf)) / 86_400_000)
  const text = () =>
    [
      `${paint.bold('orx')} answers four questions about language models, offline first:`,
      '',
      ...QUESTIONS.map(([question, line]) => `  ${question.padEnd(20)} ${paint.cyan(line)}`),
      '',
      paint.dim(
        `${models.length} models, prices of ${asOf}, ${days} days old · newer: orx catalog update`,
      ),
      'All commands: orx --help',
      '',
    ].join('\n')
  // The other formats are loaded for those who ask: this is what `orx` alone has to be quick at.
  if (format === 'table') return ctx.out(text())
  const { print } = await import('./print.ts')
  print(ctx, format, {
    json: () => ({
      schema: 'orx/1',
      questions: QUESTIONS.map(([question, command]) => ({ question, command })),
      catalog: { models: models.length, asOf },
    }),
    sheet: () => ({
      columns: [
        { key: 'question', title: 'question' },
        { key: 'command', title: 'command' },
      ],
      rows: QUESTIONS.map((each) => [...each]),
    }),
    text,
  })
}
