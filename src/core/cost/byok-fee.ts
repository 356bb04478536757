import { formatDollars } from '../amount.ts'
import { allowanceText, byokFee, share } from '../fees.ts'
import { add, compare, divide, isZero, multiply, subtract, times, type Usd, usd } from '../money.ts'
import type { Billing, Period, Volume } from './route.ts'

const PER_MONTH: Readonly<Record<Period, number>> = { request: 1, day: 30, month: 1, year: 1 }
const MONTHS: Readonly<Record<Period, number>> = { request: 1, day: 1, month: 1, year: 12 }

/** What BYOK costs beside the tokens for a period, by the allowance of its months. */
export function monthlyByokFee(
  list: Usd,
  { period, requests }: Volume,
  { byok: terms, byokUsed }: Billing,
): Usd {
  const months = MONTHS[period]
  const perMonth = PER_MONTH[period]
  const scaled = {
    ...terms,
    allowance: {
      ...terms.allowance,
      amount: String(BigInt(terms.allowance.amount) * BigInt(months)),
    },
  }
  const used =
    terms.allowance.unit === 'usd'
      ? byokUsed && times(byokUsed, months)
      : requests === null
        ? null
        : usd(String(requests * perMonth))
  const fee = byokFee(times(list, perMonth), scaled, used)
  return perMonth === 1 ? fee : divide(fee, usd(String(perMonth)), 24)
}

/** What BYOK costs on the other side of its allowance, so that neither reading surprises. */
export function otherSide(
  list: Usd,
  discount: Usd,
  volume: Volume,
  billing: Billing,
): readonly string[] {
  const { percent, allowance } = billing.byok
  const fee = monthlyByokFee(list, volume, billing)
  const full = multiply(list, share(percent))
  if (isZero(list)) return []
  const limit = allowanceText(allowance)
  const tokens = multiply(list, subtract(usd('1'), discount))
  return isZero(fee)
    ? [`within the first ${limit} a month; once they are used: ${formatDollars(add(tokens, full))}`]
    : compare(fee, full) === 0
      ? [`${percent} % fee in full; within the first ${limit} a month: ${formatDollars(tokens)}`]
      : [`${percent} % of what lies beyond the first ${limit} a month`]
}
