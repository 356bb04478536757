import { formatCount, formatDollars } from './amount.ts'
import {
  add,
  compare,
  divide,
  isZero,
  max,
  multiply,
  round,
  subtract,
  times,
  type Usd,
  usd,
  ZERO,
} from './money.ts'

export type Plan = 'standard' | 'business' | 'enterprise'
export type Payment = 'card' | 'crypto'

/** What buying credits costs. A null minimum is one that exists perhaps but is not known. */
export type PurchaseFee = { readonly percent: string; readonly minimum: string | null }

export type ByokFee = {
  readonly percent: string
  /** Free of the fee each month: so many requests, or so many dollars at OpenRouter's list price. */
  readonly allowance: { readonly unit: 'requests' | 'usd'; readonly amount: string }
}

export type PlanFees = {
  readonly card: PurchaseFee | null
  readonly crypto: PurchaseFee | null
  readonly byok: ByokFee
}

/** "$25,000 of list price" or "1,000,000 requests". */
export const allowanceText = ({ unit, amount }: ByokFee['allowance']): string =>
  unit === 'usd'
    ? `${formatDollars(usd(amount)).replace(/\.00$/, '')} of list price`
    : `${formatCount(Number(amount), 'digits')} requests`

/** OpenRouter's fees as they stood at one time. */
export type FeeSchedule = {
  readonly id: string
  readonly asOf: string
  readonly source: string
  readonly url: string
  readonly plans: Readonly<Partial<Record<Plan, PlanFees>>>
  readonly freeModels: {
    readonly perMinute: number
    readonly perDay: number
    readonly perDayAfterPurchase: number
    /** Dollars of credit ever bought from which the larger limit holds. */
    readonly purchase: string
  }
  readonly expiry: string
}

const HUNDRED = usd('100')

export const share = (percent: string): Usd => divide(usd(percent), HUNDRED, percent.length + 2)

/**
 * The fee on one purchase of credits: added on top, at least the minimum, rounded half up to the cent. $5 by card costs
 * $5.80, $25 $26.38, $100 $105.50 (openrouter.ai/docs/faq, 2026-08-22).
 */
export const purchaseFee = (credits: Usd, { percent, minimum }: PurchaseFee): Usd =>
  isZero(credits) ? ZERO : max(round(multiply(credits, share(percent)), 2), usd(minimum ?? '0'))

/**
 * The fee on buying `spend` of credits in purchases of `topUp` each, the last one no smaller than the others; without
 * `topUp` in one purchase.
 */
export function purchasesFee(
  spend: Usd,
  topUp: Usd | null,
  terms: PurchaseFee,
): { readonly fee: Usd; readonly purchases: number } {
  if (isZero(spend)) return { fee: ZERO, purchases: 0 }
  if (!topUp) return { fee: purchaseFee(spend, terms), purchases: 1 }
  const purchases = wholeQuotient(spend, topUp)
  return { fee: times(purchaseFee(topUp, terms), purchases), purchases }
}

/** a ÷ b, rounded up. */
function wholeQuotient(a: Usd, b: Usd): number {
  const down = divide(a, b, 0)
  const enough = compare(multiply(down, b), a) >= 0
  return Number((enough ? down : add(down, usd('1'))).units)
}

/**
 * The credits that a cash budget buys: the largest whole-cent amount that, with its fee, does not exceed the cash.
 * $100 by card buys $94.79.
 */
export function creditsFor(cash: Usd, terms: PurchaseFee): Usd {
  const cent = usd('0.01')
  let credits = round(divide(cash, add(usd('1'), share(terms.percent)), 6), 2)
  credits = add(credits, usd('0.02'))
  while (credits.units > 0n && compare(add(credits, purchaseFee(credits, terms)), cash) > 0) {
    credits = subtract(credits, cent)
    const gap = subtract(add(credits, purchaseFee(credits, terms)), cash)
    // The minimum fee can leave a gap of most of a dollar: one jump instead of eighty steps.
    if (compare(gap, usd('0.05')) > 0) credits = subtract(credits, round(gap, 2))
  }
  return credits.units > 0n ? credits : ZERO
}

/** The report's other reading: the fee is taken out of the cash, so that $100 leaves $94.50. */
export const creditsDeducted = (cash: Usd, terms: PurchaseFee): Usd => {
  const left = subtract(cash, purchaseFee(cash, terms))
  return left.units > 0n ? left : ZERO
}

/** The purchase from which the percentage exceeds the minimum: $14.55 by card. Null where there is no minimum. */
export function cheapestTopUp({ percent, minimum }: PurchaseFee): Usd | null {
  if (!minimum || isZero(usd(minimum))) return null
  const cents = divide(usd(minimum), share(percent), 6)
  const down = round(cents, 2)
  return compare(down, cents) < 0 ? add(down, usd('0.01')) : down
}

/**
 * The BYOK fee of a month: `percent` of the list price beyond the allowance.
 * @param list what the month costs at OpenRouter's list price.
 * @param used for an allowance in dollars: list-price dollars of it already used; for one in requests: the month's
 *   requests, or null where they are not known, and then the fee is charged in full.
 */
export function byokFee(list: Usd, { percent, allowance }: ByokFee, used: Usd | null): Usd {
  const fee = multiply(list, share(percent))
  if (allowance.unit === 'usd') {
    const left = max(ZERO, subtract(usd(allowance.amount), used ?? ZERO))
    return multiply(max(ZERO, subtract(list, left)), share(percent))
  }
  if (!used) return fee
  const beyond = max(ZERO, subtract(used, usd(allowance.amount)))
  return isZero(beyond) ? ZERO : divide(multiply(fee, beyond), used, 24)
}
