import { spendOf } from './budget.ts'
import type { Outcome, Settled } from './ledger.ts'
import { type Usd, ZERO } from './money.ts'

/**
 * What an attempt spent. The reported bill is trusted over everything; a failure before any text is not charged
 * (openrouter.ai/docs/features/zero-completion-insurance, 2026-08-22); a reply that was cut may well be charged in full, so
 * without a report it counts with its estimate, else with all that was reserved.
 */
export function settlementOf(outcome: Outcome, worst: Usd | undefined): Settled {
  const { status, bill, estimate } = outcome
  if (bill) return { spend: spendOf(bill), by: 'reported' }
  if (estimate) return { spend: estimate, by: 'estimate' }
  if (status === 'failed') return { spend: ZERO, by: 'nothing' }
  return worst ? { spend: worst, by: 'worst-case' } : { spend: undefined, by: 'unknown' }
}
