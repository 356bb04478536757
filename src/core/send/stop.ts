import type { Price } from '../catalog/price.ts'
import type { Route } from '../ledger.ts'
import type { Usd } from '../money.ts'
import type { DearestPrice } from '../worst-case.ts'
import type { StopFacts } from './policy.ts'
import type { Target } from './prompt.ts'

/** One request to one place that a prompt may go to; a plan has several, best first. */
export type Stop = StopFacts & {
  readonly target: Target
  readonly route: Route
  /** Whose account: "OpenRouter", "Mistral". */
  readonly name: string
  /** OpenRouter ids of the models that may answer, the first one first. */
  readonly models: readonly string[]
  /** What bounds its cost; undefined where a price is unknown. */
  readonly dearest: DearestPrice | undefined
  /** The same with one model less, the one that may cost most, where a budget is too short for all of them. */
  readonly narrower?: () => Stop | undefined
  /** The smallest cap on a reply among its models, where known. */
  readonly cap: number | null
  /** What it will probably cost; undefined without a price. */
  readonly estimate: Usd | undefined
  /** By which a reply is priced where its sender reports no bill. */
  readonly price: Price | undefined
}

/** Why a prompt went on from one attempt to the next. */
export type Hop = {
  readonly route: Route
  /** The account's name. */
  readonly from: string
  readonly provider?: string
  readonly status?: number
  readonly reason: string
  readonly next: /** `maxTokens`: where it asks for a shorter reply. */
    | { readonly kind: 'retry'; readonly waitMs: number; readonly maxTokens?: number }
    | { readonly kind: 'next'; readonly to: string }
    | { readonly kind: 'end' }
}
