import type { Context } from '../context.ts'
import type { Billing } from '../core/cost/route.ts'
import { OrxError } from '../core/errors.ts'
import { compare, type Usd, usd } from '../core/money.ts'
import { planWorkloads, type Staffed } from '../core/workload/plan.ts'
import type { WorkloadFile } from '../core/workload/workload.ts'
import { money } from '../render/money.ts'
import { type PlanView, planJson, planSheet, planText } from '../render/workload/plan.ts'
import { loadSchedule } from '../sources/fees.ts'
import { loadWorkloads } from '../sources/workload.ts'
import { planFees, purchaseTerms } from './billing.ts'
import { openOffers } from './cost-offers.ts'
import type { Globals } from './globals.ts'
import { print } from './print.ts'
import { openChooser, placed } from './workload-models.ts'
import { openWorld, type World } from './world.ts'

type Gates = { readonly failAbove?: Usd; readonly strict?: true }

/** `orx cost -f FILE`: what a file of workloads costs, and the mix of routes that costs least. */
export async function costWorkloads(
  ctx: Context,
  path: string,
  options: Globals,
  gates: Gates,
): Promise<void> {
  const view = await planFile(ctx, path, options, options.catalog)
  if (!options.quiet) {
    for (const { staffed, notes } of view.plan.workloads) {
      for (const note of notes)
        ctx.err(`${ctx.paint.yellow('!')} ${staffed.workload.name}: ${note}\n`)
    }
  }
  print(ctx, options.format, {
    json: () => planJson(view),
    sheet: () => planSheet(view),
    text: () => planText(view, ctx.width, ctx.paint),
  })
  gate(view, gates)
}

/** @throws OrxError FILE_NOT_FOUND, BAD_INPUT, MODEL_NOT_FOUND, TASK_NOT_FOUND, NOTHING_LEFT */
export async function planFile(
  ctx: Context,
  path: string,
  options: Globals,
  catalog: string,
): Promise<PlanView> {
  const file = await loadWorkloads(path)
  const world = await openWorld(ctx, { catalog })
  const fees = loadSchedule(ctx, options.fees)
  const staffed = await staff(ctx, file, world)
  const plan = planWorkloads(file, staffed, billingOf(file, fees, world))
  return { path, file, plan, fees, catalog: world.catalog, now: ctx.now() }
}

async function staff(ctx: Context, file: WorkloadFile, world: World): Promise<readonly Staffed[]> {
  const offerOf = await openOffers(ctx, world.catalog, false)
  const batchOf = await openOffers(ctx, world.catalog, true)
  const choose = file.workloads.some(({ model }) => model === null)
    ? await openChooser(ctx, world)
    : null
  return Promise.all(
    file.workloads.map(async (workload): Promise<Staffed> => {
      const { model: name } = workload
      const model =
        name === null ? choose?.(workload).model : placed(workload, () => world.find(name))
      if (!model) throw new TypeError(`workload ${workload.name} has neither model nor task`)
      return {
        workload,
        offer: await offerOf(model),
        batch: workload.batch ? await batchOf(model) : null,
        chosen: workload.model === null ? 'picked' : 'named',
      }
    }),
  )
}

function billingOf(
  file: WorkloadFile,
  fees: ReturnType<typeof loadSchedule>,
  { config }: World,
): Billing {
  const contract = Object.entries(config.discount).map(([slug, text]) => [slug, usd(text)] as const)
  return {
    purchase: purchaseTerms(fees, file.plan, file.pay),
    byok: planFees(fees, file.plan).byok,
    topUp: file.topUp,
    byokUsed: null,
    discounts: { ...Object.fromEntries(contract), ...file.discount },
  }
}

function gate({ plan, path }: PlanView, { failAbove, strict }: Gates): void {
  const unpriced = plan.workloads.filter(({ route }) => route === null)
  if (strict && unpriced.length > 0) {
    throw new OrxError(
      'PRICE_UNKNOWN',
      `no price is known for ${unpriced.map(({ staffed }) => staffed.workload.name).join(', ')}`,
      'Name another model there, or set a price under [price] in config.toml.',
    )
  }
  if (failAbove && plan.hybrid && compare(plan.hybrid.total, failAbove) > 0) {
    throw new OrxError(
      'GATE_TRIPPED',
      `${path} costs $${money(plan.hybrid.total)} at best: more than $${money(failAbove)}`,
      'Lower the volumes, choose cheaper models, or raise --fail-above.',
    )
  }
}
