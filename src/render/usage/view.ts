import type { DayUsage } from '../../core/usage/days.ts'
import type { Elsewhere } from '../../core/usage/elsewhere.ts'
import type { Regret } from '../../core/usage/regret.ts'
import type { Repriced } from '../../core/usage/reprice.ts'
import type { Skipped } from '../../core/usage/skips.ts'

/** Everything that `orx usage FILE…` has found out. */
export type UsageView = {
  readonly files: readonly { readonly name: string; readonly format: string }[]
  readonly catalog: string
  /** YYYY-MM-DD of the newest price in the catalogue. */
  readonly asOf: string
  readonly fees: string
  readonly repriced: Repriced
  readonly days: readonly DayUsage[]
  readonly skipped: readonly Skipped[]
  /** Earlier records of an id that came again. */
  readonly replaced: number
  /** Records that stand for several requests each. */
  readonly aggregated: number
  readonly roundedAmounts: number
  readonly elsewhere: readonly Elsewhere[]
  readonly regret: Regret | null
  readonly notes: readonly string[]
}
