import type { Context } from '../context.ts'
import type { Need } from '../core/catalog/needs.ts'
import { compare, type Usd } from '../core/money.ts'
import type { PickRequest } from '../core/pick/request.ts'
import type { Priority } from '../core/recommend/weights.ts'
import type { Attached, AttachedFlags } from './pick-attached.ts'
import { budgetLeft } from './pick-world.ts'
import type { World } from './world.ts'

/** What may be typed after the prompt. */
export type PickFlags = AttachedFlags & {
  readonly needs?: readonly Need[]
  readonly maxTokens?: number
  readonly maxPrice?: { readonly input: Usd; readonly output: Usd }
  readonly minContext?: number
  readonly budget?: Usd
  readonly zdr?: true
  readonly priority?: Priority
  readonly allowPricier?: true
  readonly playbook: 'today' | 'report'
  readonly explain?: true
  readonly as?: 'openrouter'
  readonly batch?: string
}

/** The hard limits of the flags, what goes along, and the budget in force, the tighter of the two. */
export async function requestOf(
  ctx: Context,
  prompt: string,
  flags: PickFlags,
  along: Attached,
  world: World,
): Promise<PickRequest> {
  const { left, spike } = await budgetLeft(ctx, world)
  const { budget } = flags
  const least = left && budget ? (compare(left, budget) < 0 ? left : budget) : (left ?? budget)
  return {
    prompt,
    needs: [...new Set([...(flags.needs ?? []), ...along.needs])],
    besides: [along.schema?.schema, along.tools].flatMap((shape) =>
      shape ? [JSON.stringify(shape)] : [],
    ),
    attached: along.size,
    maxTokens: flags.maxTokens,
    maxPrice: flags.maxPrice,
    minContext: flags.minContext,
    left: least,
    ...(spike !== undefined && { spike }),
    ...(flags.priority && { priority: flags.priority }),
    allowPricier: flags.allowPricier === true,
  }
}
