import { type Command, Option } from 'commander'
import type { Context } from '../context.ts'
import { scoresFor } from '../core/catalog/latest-scores.ts'
import type { Catalog } from '../core/catalog/model.ts'
import type { FeeSchedule } from '../core/fees.ts'
import type { Language, Playbook } from '../core/playbook/playbook.ts'
import { reportPicks } from '../core/playbook/playbook.ts'
import { todayOf } from '../core/playbook/today.ts'
import { type Advice, adviceOf } from '../core/recommend/advice.ts'
import { shortNames } from '../core/recommend/names.ts'
import { recommend } from '../core/recommend/recommend.ts'
import { findTask, knownShare, type Task, unknownTask } from '../core/recommend/task.ts'
import { grouped } from '../render/money.ts'
import { adviceJson, tasksJson } from '../render/recommend/json.ts'
import type { Look } from '../render/recommend/look.ts'
import { adviceSheet, tasksSheet, tasksText } from '../render/recommend/sheet.ts'
import { adviceText } from '../render/recommend/text.ts'
import { loadCatalog, loadEndpoints, loadQuality } from '../sources/catalog.ts'
import { loadSchedule } from '../sources/fees.ts'
import { loadPlaybook, loadTasks } from '../sources/playbook.ts'
import { globals } from './globals.ts'
import { print } from './print.ts'
import {
  addQuestionOptions,
  demandsOf,
  type Flags,
  volumeOf,
  weightsOf,
} from './recommend-question.ts'
import { openWorld, today } from './world.ts'

type AllFlags = Flags & {
  expected?: true
  list?: true
  explain?: true
  file?: string
  lang: Language
}

export function declare(command: Command, ctx: Context): void {
  addQuestionOptions(
    command
      .description(
        "Recommend models for a task: the 2025 report's picks with what became of them, and today's from the data.",
      )
      .argument('[task...]', 'a task of --list, in English or Thai, whole or in part'),
  )
    .option('--list', 'list the tasks')
    .option(
      '-f, --file <file>',
      'a workload file: the cheapest model above the floor for each, as a file to use',
    )
    .option('--expected', 'at the mean price under routing instead of the list price')
    .option('--explain', "show the arithmetic with this answer's numbers")
    .addOption(
      new Option('--lang <language>', 'language of labels').choices(['en', 'th']).default('en'),
    )
    .addHelpText(
      'after',
      [
        '',
        'Examples:',
        '  orx recommend coding',
        '  orx recommend rag --in 500M --out 5M --max-price 1/5',
        '  orx recommend พิสูจน์คณิตศาสตร์ --lang th',
        '  orx recommend chatbot --priority cost --explain',
      ].join('\n'),
    )
    .action(async (words: readonly string[], flags: AllFlags) => {
      const asked = globals(command)
      if (flags.file !== undefined) {
        const { recommendWorkloads } = await import('./recommend-workload.ts')
        await recommendWorkloads(ctx, flags.file, asked)
        return
      }
      const { format, fees } = asked
      const tasks = loadTasks(ctx)
      if (flags.list) {
        print(ctx, format, {
          json: () => tasksJson(tasks),
          text: () => tasksText(tasks, flags.lang, ctx.width, (text) => ctx.paint.bold(text)),
          sheet: () => tasksSheet(tasks),
        })
        return
      }
      const task = await taskNamed(ctx, tasks, words.join(' '))
      const { catalog: listed } = await openWorld(ctx, asked)
      const catalog = flags.expected
        ? await (await import('./expected.ts')).expectedCatalog(
            ctx,
            listed,
            volumeOf(task, flags),
            asked,
          )
        : listed
      const quality = await loadQuality(ctx, [task.metric])
      const advice = await advise(ctx, { catalog, quality, task, flags })
      const look = lookOf(ctx, catalog, loadSchedule(ctx, fees), flags.lang)
      const explained = flags.explain ? await import('../render/recommend/explain.ts') : null
      print(ctx, format, {
        json: () => adviceJson(advice),
        text: () => adviceText(advice, look) + (explained?.explainText(advice, look) ?? ''),
        sheet: () => adviceSheet(advice),
      })
    })
}

/**
 * The one place where text becomes a task: names of tasks first, then what a prompt asks for. A text too long for a name, or
 * with more words that a task does not know than it knows, is a prompt before it is a name.
 * @throws OrxError TASK_NOT_FOUND
 */
async function taskNamed(ctx: Context, tasks: readonly Task[], text: string): Promise<Task> {
  const named = findTask(tasks, text === '' ? 'default' : text)
  const fits = named !== undefined && (text === '' || knownShare(named, text) >= 0.5)
  const short = text.length <= 24
  if (fits && short) return named
  const { isPrompt, taskOfPrompt } = await import('./recommend-free-text.ts')
  if (fits && !isPrompt(text)) return named
  const task = taskOfPrompt(ctx, tasks, text) ?? named
  if (!task) throw unknownTask(tasks, text)
  return task
}

type Asked = {
  readonly catalog: Catalog
  readonly quality: Awaited<ReturnType<typeof loadQuality>>
  readonly task: Task
  readonly flags: Flags
}

async function advise(ctx: Context, { catalog, quality, task, flags }: Asked): Promise<Advice> {
  const zdr = flags.zdr ? await modelsWithoutRetention(ctx) : null
  const found = recommend(catalog, quality.scores, {
    task,
    volume: volumeOf(task, flags),
    demands: demandsOf(flags, zdr),
    weights: weightsOf(flags),
    today: today(ctx),
  })
  const playbook: Playbook = loadPlaybook(ctx)
  const report = await loadCatalog(ctx, 'report')
  const becameOf = todayOf(playbook, report, catalog)
  const judged = scoresFor(quality.scores, task.metric)
  const rows = reportPicks(playbook, task.id).map((pick) => ({
    ...pick,
    today: becameOf(pick.id),
    score: judged.get(pick.id) ?? null,
  }))
  const sources = [...catalog.sources, ...report.sources, ...quality.sources]
  return adviceOf(found, rows, sources)
}

/** Whether a model has a healthy endpoint that neither keeps prompts nor trains on them; those without endpoints are left out. */
async function modelsWithoutRetention(ctx: Context): Promise<ReadonlyMap<string, boolean>> {
  const found = new Map<string, boolean>()
  for (const { model, zdr, status } of await loadEndpoints(ctx)) {
    found.set(model, found.get(model) === true || (zdr === true && status === 0))
  }
  return found
}

function lookOf(ctx: Context, catalog: Catalog, schedule: FeeSchedule, language: Language): Look {
  const { perDay, perDayAfterPurchase, purchase } = schedule.freeModels
  const midnight = Date.parse(today(ctx))
  return {
    width: ctx.width,
    language,
    paint: ctx.paint,
    name: shortNames(catalog.models.map(({ id }) => id)),
    age: (day) => Math.max(0, Math.round((midnight - Date.parse(day)) / 86_400_000)),
    freeLimit: `${perDay} calls a day; ${grouped(String(perDayAfterPurchase))} once $${purchase} of credit has been bought`,
  }
}
