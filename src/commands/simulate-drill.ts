import type { Context } from '../context.ts'
import type { Catalog, Model } from '../core/catalog/model.ts'
import { compare, multiply, type Usd, usd } from '../core/money.ts'
import { CLASSIC } from '../core/policy/routing.ts'
import { type Cast, cast, type Setup } from '../core/simulate/cast.ts'
import { bestFallback, drills } from '../core/simulate/drill.ts'
import { exact } from '../core/simulate/exact.ts'
import { exactView } from '../core/simulate/result.ts'
import type { DrillReport } from '../core/simulate/simulation.ts'
import { loadEndpoints, loadScores } from '../sources/catalog.ts'
import { groupedByModel } from './expected.ts'
import type { Flags } from './simulate-flags.ts'

/** Single outages always; pairs and the best fallback on request. */
export async function drillReport(
  ctx: Context,
  flags: Flags,
  setup: Setup,
  made: Cast,
  catalog: Catalog,
): Promise<DrillReport> {
  const { singles, pairs } = drills(made)
  if (!flags.drill) return { singles, pairs: [], survive: flags.survive, fallback: null }
  const all = [...singles, ...pairs]
  const others = await candidates(ctx, setup, made, catalog)
  return { singles, pairs, survive: flags.survive, fallback: bestFallback(all, others) }
}

/** A second model may cost at most twice as much, … */
const DEARER = usd('2')
/** … and, where both are scored, must keep this share of the first one's Intelligence Index. */
const QUALITY = 0.85

/** Current base models that could stand in, those of nearest price first. */
async function candidates(ctx: Context, setup: Setup, made: Cast, catalog: Catalog) {
  const first = setup.routing.models[0] ?? ''
  const mine = priceOf(made)
  const scores = await intelligence(ctx)
  const floor = (scores.get(first) ?? 0) * QUALITY
  const endpoints = groupedByModel(await loadEndpoints(ctx))
  const limit = multiply(mine, DEARER)
  const fits = (model: Model) =>
    model.kind === 'base' &&
    model.status === 'current' &&
    !setup.routing.models.includes(model.id) &&
    (scores.get(model.id) ?? (floor > 0 ? 0 : 1)) >= floor
  return catalog.models
    .filter(fits)
    .flatMap((model) => {
      const its = endpoints.get(model.id)
      const other =
        its &&
        cast({
          ...setup,
          endpoints: its,
          routing: { ...CLASSIC, models: [model.id] },
        })
      if (!other) return []
      const price = priceOf(other)
      return compare(price, limit) > 0 || price.units === 0n
        ? []
        : [{ model: model.id, cast: other, price }]
    })
    .sort((a, b) => compare(b.price, a.price))
}

/** Expected price of an answered request, at nine decimals per million. */
function priceOf(made: Cast): Usd {
  const sums = exact(made.scene)
  const cost = sums && exactView(made, sums).cost
  return usd((cost ?? 0).toFixed(9))
}

async function intelligence(ctx: Context): Promise<ReadonlyMap<string, number>> {
  const best = new Map<string, number>()
  for (const { model, metric, value } of await loadScores(ctx)) {
    if (metric === 'intelligence') best.set(model, Math.max(value, best.get(model) ?? 0))
  }
  return best
}
