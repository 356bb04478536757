import { type ByokFee, cheapestTopUp, type PurchaseFee, purchaseFee, share } from '../fees.ts'
import { divide, multiply, type Usd, usd } from '../money.ts'

/** Where one route starts to beat another, from the fee schedule alone. */
export type BreakEven = {
  /** Contract discount from which BYOK beats Direct at list price, in percent; once the allowance is spent. */
  readonly byokDiscountPercent: string
  readonly byokAllowance: ByokFee['allowance']
  /** Monthly spend on credits from which their fee exceeds `opsCost`; null without it. */
  readonly creditsFeeExceedsOps: { readonly opsCost: Usd; readonly spend: Usd } | null
  /** The report's rule of thumb, with what the fee then comes to: $5,000 to $10,000 a month. */
  readonly ruleOfThumb: readonly { readonly spend: Usd; readonly fee: Usd }[]
  /** Smallest purchase on which the percentage, not the minimum, decides; null without a minimum. */
  readonly cheapestTopUp: Usd | null
  /** What a small purchase costs. */
  readonly smallTopUp: { readonly credits: Usd; readonly fee: Usd }
}

const SMALLEST_PURCHASE = usd('5')

export function breakEven(purchase: PurchaseFee, byok: ByokFee, opsCost: Usd | null): BreakEven {
  const rate = share(purchase.percent)
  return {
    byokDiscountPercent: byok.percent,
    byokAllowance: byok.allowance,
    creditsFeeExceedsOps: opsCost && { opsCost, spend: divide(opsCost, rate, 2) },
    ruleOfThumb: ['5000', '10000'].map((text) => ({
      spend: usd(text),
      fee: multiply(usd(text), rate),
    })),
    cheapestTopUp: cheapestTopUp(purchase),
    smallTopUp: { credits: SMALLEST_PURCHASE, fee: purchaseFee(SMALLEST_PURCHASE, purchase) },
  }
}
