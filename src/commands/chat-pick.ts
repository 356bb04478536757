import type { Context } from '../context.ts'
import type { Need } from '../core/catalog/needs.ts'
import type { Usd } from '../core/money.ts'
import type { PickRequest } from '../core/pick/request.ts'
import type { ChatFlags } from './chat-options.ts'
import type { Picked } from './chat-plan.ts'
import type { Globals } from './globals.ts'
import { budgetLeft, openPicker } from './pick-world.ts'

export type PickInput = {
  readonly flags: ChatFlags
  readonly options: Globals
  /** The prompt itself, and every other text that is sent along. */
  readonly prompt: string
  readonly besides: readonly string[]
  readonly needs: readonly Need[]
  readonly attached: NonNullable<PickRequest['attached']>
  readonly maxPrice: { readonly input: Usd; readonly output: Usd } | undefined
}

/** What `auto` stands for: the local router's model and those that stand in for it. */
export async function pickModels(ctx: Context, input: PickInput): Promise<Picked> {
  const { flags, options, prompt, besides, needs, attached, maxPrice } = input
  const picker = await openPicker(ctx, options, { zdr: flags.zdr === true })
  const { left, spike } = await budgetLeft(ctx, picker.world)
  const choice = picker.pick({
    prompt,
    besides,
    needs,
    attached,
    maxTokens: flags.maxTokens,
    maxPrice,
    left,
    ...(spike !== undefined && { spike }),
    allowPricier: flags.allowPricier === true,
  })
  return {
    models: [choice.model, ...choice.fallbacks],
    lane: { task: choice.classification.task, lane: choice.lane },
    reasons: choice.reasons,
  }
}
