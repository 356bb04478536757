import { type Command, Option } from 'commander'
import type { Context } from '../context.ts'
import { OrxError } from '../core/errors.ts'
import { nearest } from '../core/nearest.ts'
import { figuresOf } from '../core/playbook/figures.ts'
import type { Language, Playbook, PlaybookSection } from '../core/playbook/playbook.ts'
import { todayOf } from '../core/playbook/today.ts'
import { shortNames } from '../core/recommend/names.ts'
import { todayFacts } from '../render/playbook/facts.ts'
import { playbookJson } from '../render/playbook/json.ts'
import { playbookMarkdown, playbookSheet } from '../render/playbook/sheet.ts'
import type { PlaybookView } from '../render/playbook/view.ts'
import { loadCatalog, loadProviders } from '../sources/catalog.ts'
import { loadSchedule } from '../sources/fees.ts'
import { loadPlaybook, loadTasks } from '../sources/playbook.ts'
import { type Globals, globals } from './globals.ts'
import { print } from './print.ts'
import { openWorld } from './world.ts'

const SECTIONS = 'prices, tasks, decision, ranking, strategy, fees, limits, risks, sources'

export function declare(command: Command, ctx: Context): void {
  command
    .description(
      "Show the 2025 report's own tables, in our own words, each beside what is true today.",
    )
    .argument('[section]', `one of ${SECTIONS}; all of them without it`)
    .addOption(
      new Option('--lang <language>', 'language of labels').choices(['en', 'th']).default('en'),
    )
    .addHelpText(
      'after',
      '\nExamples:\n  orx playbook prices\n  orx playbook tasks --lang th\n  orx playbook fees --fees 2025-11\n  orx playbook --json',
    )
    .action(async (section: string | undefined, { lang }: { lang: Language }) => {
      const asked = globals(command)
      const view = await viewOf(ctx, asked, section, lang)
      if (asked.format === 'md') return ctx.out(playbookMarkdown(view))
      // The table library is needed for no other format.
      const text = asked.format === 'table' ? await import('../render/playbook/text.ts') : null
      print(ctx, asked.format, {
        json: () => playbookJson(view),
        text: () => text?.playbookText(view, ctx.width, ctx.paint) ?? '',
        sheet: () => playbookSheet(view),
      })
    })
}

/** The model of the report's worked scenario. */
const SCENARIO = 'anthropic/claude-3.5-sonnet'

async function viewOf(
  ctx: Context,
  asked: Globals,
  section: string | undefined,
  language: Language,
): Promise<PlaybookView> {
  const playbook = loadPlaybook(ctx)
  const sections = sectionsNamed(playbook, section)
  const { catalog } = await openWorld(ctx, asked)
  const schedule = loadSchedule(ctx, asked.fees)
  const becameOf = todayOf(playbook, await loadCatalog(ctx, 'report'), catalog)
  const name = shortNames(catalog.models.map(({ id }) => id))
  const providers = (await loadProviders(ctx)).length
  const figures = figuresOf(schedule, catalog, providers, becameOf(SCENARIO))
  return {
    playbook,
    sections,
    becameOf,
    facts: figures ? todayFacts(figures, name) : {},
    tasks: new Map(
      loadTasks(ctx).map(({ id, label, labelTh }) => [id, { en: label, th: labelTh }]),
    ),
    name,
    language,
    catalog: { name: catalog.name, asOf: catalog.asOf },
    fees: schedule.id,
  }
}

/** @throws OrxError BAD_ARGUMENT */
function sectionsNamed(
  { sections }: Playbook,
  typed: string | undefined,
): readonly PlaybookSection[] {
  if (typed === undefined) return sections
  const text = typed.toLowerCase()
  const found = sections.filter(({ id, title }) => id === text || title.th === text)
  if (found.length > 0) return found
  const [guess] = nearest(
    typed,
    sections.map(({ id }) => id),
  )
  throw new OrxError(
    'BAD_ARGUMENT',
    `the playbook has no section "${typed}"`,
    guess ? `Did you mean \`orx playbook ${guess}\`?` : `Give one of ${SECTIONS}.`,
  )
}
