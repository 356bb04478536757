import { byokFee, purchasesFee } from '../fees.ts'
import { type Usd, usd, ZERO } from '../money.ts'
import type { Terms } from './elsewhere.ts'

/** What the routes cost on top of the list price at a monthly volume of list price. */
export type FeePoint = {
  readonly volume: Usd
  /** Null where the fee is not known. */
  readonly credits: Usd | null
  readonly byok: Usd
}

const VOLUMES = [
  '0',
  '10',
  '50',
  '100',
  '500',
  '1000',
  '2500',
  '5000',
  '10000',
  '15000',
  '20000',
  '25000',
  '30000',
  '40000',
  '50000',
  '75000',
  '100000',
]

/** The fees of a month along its volume; with an allowance in requests, as if every request cost one cent. */
export function feeCurve({ purchase, plan, topUp }: Terms): readonly FeePoint[] {
  return VOLUMES.map((text) => {
    const volume = usd(text)
    const requests = plan.byok.allowance.unit === 'requests' ? usd(`${text}00`) : null
    return {
      volume,
      credits: 'unknown' in purchase ? null : purchasesFee(volume, topUp, purchase).fee,
      byok: text === '0' ? ZERO : byokFee(volume, plan.byok, requests),
    }
  })
}
