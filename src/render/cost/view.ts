import type { Catalog } from '../../core/catalog/model.ts'
import type { BreakEven } from '../../core/cost/breakeven.ts'
import type { Quote } from '../../core/cost/quote.ts'
import type { Billing, Volume } from '../../core/cost/route.ts'
import type { FeeSchedule, Payment, Plan } from '../../core/fees.ts'

/** A quote beside the one that was asked for. */
export type RelatedQuote = {
  readonly kind: 'report' | 'successor'
  /** Its fee schedule where it is another one. */
  readonly fees: string | null
  readonly quote: Quote
}

/** All that `orx cost` answers, in whatever format. */
export type CostView = {
  readonly quotes: readonly Quote[]
  /** The quotes in groups with headings; one group without a title where models were named. */
  readonly groups: readonly { readonly title: string; readonly ids: readonly string[] }[]
  readonly months: readonly Volume[]
  /** Tokens counted in --prompt. */
  readonly counted: number | null
  readonly fees: FeeSchedule
  readonly billing: Billing
  readonly plan: Plan
  readonly pay: Payment
  readonly catalog: Catalog
  readonly breakEven: BreakEven | null
  readonly now: Date
  readonly related: readonly RelatedQuote[]
}

/** "12 days old", for footers. */
export function age(asOf: string, now: Date): string {
  const days = Math.floor((now.getTime() - Date.parse(`${asOf}T00:00:00Z`)) / 86_400_000)
  if (!Number.isFinite(days) || days < 0) return asOf
  return days === 0 ? 'of today' : days === 1 ? '1 day old' : `${days} days old`
}
