import type { Command } from 'commander'
import type { Context } from '../context.ts'
import type { DirectOffer } from '../core/catalog/direct.ts'
import type { Model } from '../core/catalog/model.ts'
import { OrxError } from '../core/errors.ts'
import { cutsFor } from '../core/usage/cuts.ts'
import { daysOf } from '../core/usage/days.ts'
import { type Elsewhere, elsewhere, type Route, type Terms } from '../core/usage/elsewhere.ts'
import { type Joined, joiner } from '../core/usage/join.ts'
import { type Lot, lotsOf } from '../core/usage/lots.ts'
import type { Regret } from '../core/usage/regret.ts'
import { reprice } from '../core/usage/reprice.ts'
import { usageJson, usageSheet } from '../render/usage/data.ts'
import { usageText } from '../render/usage/text.ts'
import type { UsageView } from '../render/usage/view.ts'
import { loadDirect } from '../sources/catalog.ts'
import { loadSchedule } from '../sources/fees.ts'
import { type Reading, type ReadOptions, readLogs } from '../sources/logs/read.ts'
import { parseMap } from '../sources/logs/roles.ts'
import { planFees, purchaseTerms } from './billing.ts'
import { type Globals, globals } from './globals.ts'
import { print } from './print.ts'
import type { UsageFlags } from './usage.ts'
import { progressOf } from './usage-progress.ts'
import { classesFor, questionFor } from './usage-regret.ts'
import { openWorld, type World } from './world.ts'

/** `orx usage FILE…` */
export async function usageOfFiles(
  files: readonly string[],
  flags: UsageFlags,
  command: Command,
  ctx: Context,
): Promise<void> {
  const stdin = () => ctx.stdin.stream
  const analysis = await analyse({ files, stdin }, flags, command, ctx)
  const view = viewOf(analysis, flags)
  const { format } = globals(command)
  print(ctx, format, {
    json: () => usageJson(view),
    text: () => usageText(view, ctx.width, ctx.paint),
    sheet: () => usageSheet(view),
  })
  await conclude(view, analysis, flags, command, ctx)
}

/** What was read, and all that is needed to price it anywhere. */
export type Analysis = {
  readonly world: World
  readonly join: (name: string) => Joined
  readonly reading: Reading
  readonly lots: readonly Lot[]
  readonly terms: Terms
  readonly fees: string
  readonly models: readonly Model[]
  readonly regret: Regret | null
  /** The same requests at another model, by another route, or both. */
  readonly at: (place: Place) => Elsewhere
}

/** @throws OrxError */
export async function analyse(
  logs: Pick<ReadOptions, 'files' | 'stdin'>,
  flags: UsageFlags,
  command: Command,
  ctx: Context,
): Promise<Analysis> {
  const options = globals(command)
  const judged = flags.regret === true || flags.html !== undefined
  const classes = judged ? await classesFor(ctx) : null
  const progress = progressOf(ctx, options.quiet)
  let loading: Promise<Prices> | undefined
  const prices = () => {
    loading ??= openPrices(ctx, options, flags.on ?? [])
    return loading
  }
  const reading = await readLogs({
    ...logs,
    mapping: parseMap(flags.map),
    cuts: async () => {
      const { world, join, offers, models } = await prices()
      return cutsFor(join, offers, judged ? world.catalog.models : models)
    },
    signal: ctx.signal,
    classify: classes?.classify ?? null,
    onProgress: progress.step,
  }).finally(progress.end)
  const { world, join, offers, models } = await prices()
  const { tally } = reading
  const lots = lotsOf(tally.cells(), tally.values(), world.catalog)
  const schedule = loadSchedule(ctx, options.fees)
  const terms = {
    purchase: purchaseTerms(schedule, flags.plan, flags.pay),
    plan: planFees(schedule, flags.plan),
    topUp: flags.topUp ?? null,
  }
  const regret = classes
    ? (await import('../core/usage/regret.ts')).regretOf(
        lots,
        join,
        await questionFor(ctx, world.catalog, classes, tally.over),
      )
    : null
  const at = (place: Place) =>
    elsewhere(lots, join, offers, place, terms, overflowOf(lots, reading, place.model))
  return { world, join, reading, lots, terms, fees: schedule.id, models, regret, at }
}

type Prices = Pick<Analysis, 'world' | 'join' | 'models'> & {
  readonly offers: readonly DirectOffer[]
}

async function openPrices(ctx: Context, options: Globals, on: readonly string[]): Promise<Prices> {
  const world = await openWorld(ctx, options)
  const offers = await loadDirect(ctx)
  return { world, offers, join: joinWithAliases(world, offers), models: on.map(world.find) }
}

/** The user's aliases and own prices hold for names in logs too. */
function joinWithAliases(
  { catalog, config, find }: World,
  offers: readonly DirectOffer[],
): (name: string) => Joined {
  const join = joiner(catalog, offers)
  const known = new Map<string, Joined>()
  return (name) => {
    const before = known.get(name)
    if (before) return before
    const joined = Object.hasOwn(config.alias, name) ? { model: find(name) } : join(name)
    known.set(name, joined)
    return joined
  }
}

export function viewOf(analysis: Analysis, flags: UsageFlags): UsageView {
  const { world, join, reading, lots, models } = analysis
  const { tally } = reading
  const others = placesOf(models, flags.onRoute ?? []).map(analysis.at)
  return {
    files: reading.files,
    catalog: world.catalog.name,
    asOf: world.catalog.asOf,
    fees: analysis.fees,
    repriced: reprice(lots, join),
    days: daysOf(tally.cells(), tally.values(), join),
    skipped: reading.skips.all(),
    replaced: tally.replaced(),
    aggregated: reading.aggregated,
    roundedAmounts: reading.roundedAmounts,
    elsewhere: others,
    regret: flags.regret ? analysis.regret : null,
    notes: notesOf(reading, others, flags.regret === true),
  }
}

export type Place = { readonly model: Model | null; readonly route: Route | null }

function placesOf(models: readonly Model[], routes: readonly Route[]): readonly Place[] {
  const on: readonly (Model | null)[] = models.length > 0 ? models : [null]
  if (routes.length === 0) return models.map((model) => ({ model, route: null }))
  return on.flatMap((model) => routes.map((route) => ({ model, route })))
}

function overflowOf(lots: readonly Lot[], { tally }: Reading, model: Model | null): number {
  if (!model?.context) return 0
  const { context } = model
  const names = new Set(lots.map((lot) => lot.model))
  return [...names].reduce((sum, name) => sum + tally.over(name, context), 0)
}

function notesOf(
  reading: Reading,
  others: readonly Elsewhere[],
  regret: boolean,
): readonly string[] {
  const notes: string[] = []
  if (others.some(({ model }) => model) || regret) {
    notes.push(
      'Another model counts the same text in other tokens (up to some 20 % either way), and writes more or less of it; the tokens here are those of the log.',
    )
  }
  if (reading.aggregated > 0) {
    notes.push(
      `${reading.aggregated} ${reading.aggregated === 1 ? 'record stands' : 'records stand'} for several requests each: tiers are taken by the size of the whole record.`,
    )
  }
  if (reading.roundedAmounts > 0) {
    notes.push(
      `${reading.roundedAmounts} ${reading.roundedAmounts === 1 ? 'amount in the log has' : 'amounts in the log have'} more than 24 decimals; each was rounded at the 24th, so the reported sum is exact to ${reading.roundedAmounts} × 5e-25.`,
    )
  }
  return notes
}

/** Writes the page where one is wanted. Bad rows are in the answer, and fatal only where asked. @throws OrxError with --strict */
export async function conclude(
  view: UsageView,
  analysis: Analysis,
  { html, strict }: UsageFlags,
  command: Command,
  ctx: Context,
): Promise<void> {
  if (html) await (await import('./usage-html.ts')).writeUsageHtml(html, view, analysis, ctx)
  const bad = view.skipped.reduce((sum, { count }) => sum + count, 0)
  const unpriced = view.repriced.unpriced.length
  if (bad > 0) {
    const what = `${bad} bad ${bad === 1 ? 'record was' : 'records were'} skipped`
    if (strict) throw new OrxError('BAD_ROWS', what, 'The rest is counted; mend or drop them.')
    if (!globals(command).quiet) ctx.err(`warning: ${what}; see "skipped"\n`)
  }
  if (strict && unpriced > 0) {
    throw new OrxError(
      'PRICE_UNKNOWN',
      `${unpriced} of the models ${unpriced === 1 ? 'has' : 'have'} no price`,
      'Give one in config.toml, table [price], or leave out --strict.',
    )
  }
}
