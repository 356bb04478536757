import type { Context } from '../context.ts'
import { tightest } from '../core/budget.ts'
import type { Model } from '../core/catalog/model.ts'
import { type Classification, classify } from '../core/classify/classify.ts'
import { LANES, type Lane } from '../core/classify/task.ts'
import { OrxError } from '../core/errors.ts'
import { compare, divide, subtract, type Usd, usd } from '../core/money.ts'
import { choose } from '../core/pick/choose.ts'
import type { PickWorld } from '../core/pick/field.ts'
import type { Choice, PickRequest } from '../core/pick/request.ts'
import { loadDirect, loadEndpoints, loadScores } from '../sources/catalog.ts'
import { heldKeys, OPENROUTER } from '../sources/keys.ts'
import { limitsOf } from '../sources/limits.ts'
import { loadPlaybook } from '../sources/playbook.ts'
import { loadRouter } from '../sources/router.ts'
import type { Globals } from './globals.ts'
import { openWorld, today, type World } from './world.ts'

export type PickOptions = {
  /** Whose ordered lists: today's data, or the 2025 report's router strategy. */
  readonly playbook?: 'today' | 'report'
  /** Only models with a host that neither keeps nor trains on prompts. */
  readonly zdr?: boolean
}

/** Everything that picking needs, loaded once for any number of prompts. */
export type Picker = {
  readonly world: World
  readonly classify: (prompt: string) => Classification
  /** @throws OrxError NOTHING_LEFT or OVER_BUDGET */
  readonly pick: (request: PickRequest) => Choice
}

export async function openPicker(
  ctx: Context,
  options: Pick<Globals, 'catalog'>,
  { playbook = 'today', zdr = false }: PickOptions = {},
): Promise<Picker> {
  const weights = loadRouter(ctx)
  const world = await openWorld(ctx, options)
  const own = playbook === 'today' ? configuredLanes(world) : reportLanes(ctx, world)
  const choosing: PickWorld = {
    catalog: world.catalog,
    scores: await loadScores(ctx, ['intelligence', 'coding']),
    lists: own,
    listsOf: playbook === 'today' ? 'config.toml' : 'the 2025 report',
    reachable: await reachableModels(ctx),
    zdr: zdr ? await modelsWithoutRetention(ctx) : null,
    today: today(ctx),
  }
  const classified = (prompt: string) => classify(prompt, weights)
  return {
    world,
    classify: classified,
    pick: (request) => choose(request, classified(request.prompt), choosing),
  }
}

/** `[lanes]` of config.toml. @throws OrxError BAD_CONFIG for a lane that there is not, MODEL_NOT_FOUND */
function configuredLanes({ config, find }: World): PickWorld['lists'] {
  const lists: Partial<Record<Lane, readonly Model[]>> = {}
  for (const [name, models] of Object.entries(config.lanes)) {
    const lane = LANES.find((each) => each === name)
    if (!lane) {
      throw new OrxError(
        'BAD_CONFIG',
        `[lanes] ${name}: there is no such lane`,
        `The lanes are ${LANES.join(', ')}.`,
      )
    }
    if (models.length > 0) lists[lane] = models.map(find)
  }
  return lists
}

/** The rows of the report's router table, in the order in which it has them. */
const REPORT_ROWS: readonly Lane[] = ['default', 'complex', 'code', 'research', 'free']

function reportLanes(ctx: Context, { catalog }: World): PickWorld['lists'] {
  const { sections, renamed } = loadPlaybook(ctx)
  const table = sections.flatMap(({ tables }) => tables).find(({ id }) => id === 'router')
  const models = new Map(catalog.models.map((model) => [model.id, model]))
  const lists: Partial<Record<Lane, readonly Model[]>> = {}
  for (const [at, lane] of REPORT_ROWS.entries()) {
    const ids = table?.rows[at]?.models ?? []
    lists[lane] = ids.flatMap((id) => models.get(renamed[id] ?? id) ?? [])
  }
  return lists
}

/** An OpenRouter key reaches all it lists; a provider's own key the models of its price list. */
async function reachableModels(ctx: Context): Promise<ReadonlySet<string> | null> {
  const held = await heldKeys(ctx)
  if (held.size === 0 || held.has(OPENROUTER)) return null
  const offers = await loadDirect(ctx)
  return new Set(offers.filter(({ provider }) => held.has(provider)).map(({ model }) => model))
}

async function modelsWithoutRetention(ctx: Context): Promise<ReadonlySet<string>> {
  const endpoints = await loadEndpoints(ctx)
  return new Set(
    endpoints.filter(({ zdr, status }) => zdr === true && status === 0).map(({ model }) => model),
  )
}

/** From this share of a limit on, spending counts as a spike. */
const SPIKE = usd('0.9')

/** What the budget of config.toml leaves; nothing is opened where none is set. */
export async function budgetLeft(
  ctx: Context,
  { config }: World,
): Promise<{ readonly left?: Usd; readonly spike?: boolean }> {
  const limits = limitsOf(ctx, config).filter(({ scope }) => scope.kind === 'all')
  if (limits.length === 0) return {}
  const { existingLedger } = await import('../sources/ledger/ledger.ts')
  const ledger = await existingLedger(ctx, (why) => ctx.err(`${why}\n`))
  if (!ledger) return { left: limits.map(({ amount }) => amount).sort(compare)[0] as Usd }
  try {
    const states = ledger.states(limits)
    const least = tightest(states)
    const spike = states.some(
      ({ limit, left }) =>
        compare(divide(subtract(limit.amount, left), limit.amount, 4), SPIKE) >= 0,
    )
    return least ? { left: least.left, spike } : {}
  } finally {
    ledger.close()
  }
}
