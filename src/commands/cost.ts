import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { parseMoney, parsePositiveMoney, parseShare } from '../core/amount.ts'
import { resolveModel } from '../core/catalog/resolve.ts'
import { breakEven } from '../core/cost/breakeven.ts'
import { isUnpriced, quote } from '../core/cost/quote.ts'
import type { Billing, Offer, Volume } from '../core/cost/route.ts'
import { concerns } from '../core/cost/route-costs.ts'
import { OrxError } from '../core/errors.ts'
import type { FeeSchedule, Payment, Plan } from '../core/fees.ts'
import { compare, type Usd, usd } from '../core/money.ts'
import { costJson, costSheet } from '../render/cost/data.ts'
import { explainText } from '../render/cost/explain.ts'
import { costManyText } from '../render/cost/many.ts'
import { costOneText } from '../render/cost/one.ts'
import type { CostView } from '../render/cost/view.ts'
import { money } from '../render/money.ts'
import { loadSchedule } from '../sources/fees.ts'
import { addBillingOptions, planFees, purchaseTerms } from './billing.ts'
import { openOffers, relatedQuotes } from './cost-offers.ts'
import { usualModels } from './cost-usual.ts'
import { addVolumeOptions, type VolumeFlags, volumesOf } from './cost-volume.ts'
import { type Globals, globals } from './globals.ts'
import { print } from './print.ts'
import { openWorld, type World } from './world.ts'

type Flags = VolumeFlags & {
  model?: string[]
  plan: Plan
  pay: Payment
  topUp?: Usd
  byokUsed?: Usd
  discount?: Record<string, Usd>
  batch?: true
  expected?: true
  opsCost?: Usd
  strict?: true
  failAbove?: Usd
  explain?: true
  file?: string
}

const dollars = (flag: string) => (text: string) => parseMoney(text, flag)

/** @throws OrxError BAD_ARGUMENT where nothing is named */
function collect(text: string, before: string[] = []): string[] {
  const named = text.split(',').flatMap((each) => each.trim() || [])
  if (named.length > 0) return [...before, ...named]
  throw new OrxError('BAD_ARGUMENT', '--model names no model', 'Try -m gpt-5.1.')
}

export function declare(command: Command, ctx: Context): void {
  command.description(
    'Price a volume of tokens to the cent by every route: direct from the provider, by OpenRouter credits, by your own keys at OpenRouter (BYOK).',
  )
  addVolumeOptions(command).option(
    '-m, --model <id>',
    'a model; repeat it or separate by commas',
    collect,
  )
  addBillingOptions(command)
    .option('--top-up <usd>', 'credits bought at a time (default: all at once)', (text) =>
      parsePositiveMoney(text, '--top-up'),
    )
    .option(
      '--byok-used <usd>',
      "list-price dollars of the month's BYOK allowance already used",
      dollars('--byok-used'),
    )
    .option(
      '--discount <share>',
      'contract discount: 20% or openai=20%,anthropic=12%',
      parseDiscounts,
    )
    .option('--batch', 'at the price of the batch variant')
    .option('--expected', 'at the mean price under routing instead of the list price')
    .option(
      '--ops-cost <usd>',
      'what retries, fallback and a second bill cost you a month',
      dollars('--ops-cost'),
    )
    .option('--strict', 'exit 8 if anything has no price')
    .option(
      '--fail-above <usd>',
      'exit 6 if the cheapest route of any model costs more',
      dollars('--fail-above'),
    )
    .option('--explain', 'print the arithmetic line by line')
    .option('-f, --file <file>', 'a file of workloads instead (docs/workloads.md)')
    .addHelpText(
      'after',
      `
Examples:
  orx cost --in 100M --out 20M
  orx cost --in 100M --out 20M -m gpt-5.1 --discount 20%
  orx cost --in 2k --out 500 --per request --requests 1M -m gemini-2.5-pro
  orx cost --in 100M --out 20M -m claude-3.5-sonnet --catalog report --fees 2025-11`,
    )
    .action(async (flags: Flags) => {
      const options = globals(command)
      const { format, quiet } = options
      if (flags.file !== undefined) {
        const { costWorkloads } = await import('./cost-workload.ts')
        await costWorkloads(ctx, flags.file, options, flags)
        return
      }
      const view = await priced(ctx, flags, options)
      if (!quiet)
        for (const warning of warningsOf(view, flags))
          ctx.err(`${ctx.paint.yellow('!')} ${warning}\n`)
      print(ctx, format, {
        json: () => costJson(view),
        sheet: () => costSheet(view),
        text: () => text(view, flags, ctx),
      })
      gate(view, flags)
    })
}

function warningsOf({ quotes }: CostView, { discount = {} }: Flags): readonly string[] {
  const idle = Object.keys(discount).filter(
    (name) => name !== '*' && !quotes.some(({ offer }) => concerns(name, offer)),
  )
  return [
    ...idle.map(
      (name) => `--discount: nobody called "${name}" is known to sell what is priced here`,
    ),
    ...quotes.flatMap(({ offer, warnings }) =>
      warnings.map((warning) => `${offer.model.id}: ${warning}`),
    ),
  ]
}

const text = (view: CostView, { explain }: Flags, { width, paint }: Context): string =>
  [
    view.quotes.length === 1 ? costOneText(view, width, paint) : costManyText(view, width, paint),
    explain ? explainText(view, width, paint) : '',
  ].join('')

async function priced(ctx: Context, flags: Flags, options: Globals): Promise<CostView> {
  const { months, counted } = await volumesOf(flags, ctx.now().getUTCDay())
  const [first] = months
  const fees = loadSchedule(ctx, options.fees)
  const world = await worldOf(ctx, flags, options, first)
  const billing = billingOf(flags, fees, world)
  const offerOf = await openOffers(ctx, world.catalog, flags.batch === true)
  const groups = flags.model
    ? [{ title: '', models: flags.model.map(world.find) }]
    : await usualModels(ctx, world, first)
  const models = [...new Set(groups.flatMap((group) => group.models))]
  const quotes = (await Promise.all(models.map(offerOf))).map((offer) =>
    quote(offer, months, billing),
  )
  const [only] = quotes.length === 1 ? quotes : []
  const priceUnder = (offer: Offer, schedule = options.fees) =>
    quote(offer, months, billingOf(flags, loadSchedule(ctx, schedule), world))
  return {
    quotes,
    groups: groups.map((group) => ({ title: group.title, ids: group.models.map(({ id }) => id) })),
    months,
    counted,
    fees,
    billing,
    plan: flags.plan,
    pay: flags.pay,
    catalog: world.catalog,
    breakEven:
      'unknown' in billing.purchase
        ? null
        : breakEven(billing.purchase, billing.byok, flags.opsCost ?? null),
    now: ctx.now(),
    related: only ? await relatedQuotes(ctx, only, world, offerOf, priceUnder) : [],
  }
}

/** The world as it is, or with prices as expected under routing. */
async function worldOf(
  ctx: Context,
  flags: Flags,
  options: Globals,
  { quantities: { input, output }, requests }: Volume,
): Promise<World> {
  const world = await openWorld(ctx, options)
  if (!flags.expected) return world
  const { expectedCatalog } = await import('./expected.ts')
  const asked = flags.model?.map((text) => world.find(text))
  const ids = asked && new Set(asked.flatMap(({ id, successor }) => [id, successor]))
  const catalog = await expectedCatalog(
    ctx,
    world.catalog,
    { input, output, requests },
    options,
    ({ id }) => !ids || ids.has(id),
  )
  return { ...world, catalog, find: (text) => resolveModel(catalog, text, world.config.alias) }
}

function billingOf(flags: Flags, fees: FeeSchedule, { config }: World): Billing {
  const contract = Object.entries(config.discount).map(([slug, text]) => [slug, usd(text)] as const)
  return {
    purchase: purchaseTerms(fees, flags.plan, flags.pay),
    byok: planFees(fees, flags.plan).byok,
    topUp: flags.topUp ?? null,
    byokUsed: flags.byokUsed ?? null,
    discounts: { ...Object.fromEntries(contract), ...flags.discount },
  }
}

/** "20%" for every provider, or "openai=20%,anthropic=12%". */
function parseDiscounts(text: string): Record<string, Usd> {
  return Object.fromEntries(
    text.split(',').map((part) => {
      const [slug, value] = part.includes('=') ? part.split('=') : ['*', part]
      return [slug?.trim() ?? '*', parseShare(value ?? '', '--discount')]
    }),
  )
}

/** The exit statuses that follow a printed answer. */
function gate({ quotes }: CostView, { strict, failAbove }: Flags): void {
  const unpriced = quotes.filter(isUnpriced)
  if (strict && unpriced.length > 0) {
    throw new OrxError(
      'PRICE_UNKNOWN',
      `no price is known for ${unpriced.map(({ offer }) => offer.model.id).join(', ')}`,
      'Set one under [price] in config.toml, or leave out --strict.',
    )
  }
  const over = quotes.filter(
    ({ cheapest }) => failAbove && cheapest?.total && compare(cheapest.total, failAbove) > 0,
  )
  if (failAbove && over.length > 0) {
    throw new OrxError(
      'GATE_TRIPPED',
      `${over.map(({ offer, cheapest }) => `${offer.model.id} costs $${money(cheapest?.total ?? failAbove)}`).join(', ')}: more than $${money(failAbove)}`,
      'Lower the volume, choose a cheaper model, or raise --fail-above.',
    )
  }
}
