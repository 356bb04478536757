import { stateOf, tightest } from '../../core/budget.ts'
import { freeQuota } from '../../core/free-limit.ts'
import { ZERO } from '../../core/money.ts'
import { settlementOf } from '../../core/settle.ts'
import { LedgerUnavailable } from './database.ts'
import type { Ledger } from './ledger.ts'

/** A ledger that keeps nothing, for platforms without SQLite: every prompt has all of its budget before it. */
export function unrecorded(now: () => Date, why: string): Ledger {
  return {
    reserve: (_attempt, limits, fitTo) => {
      const state = tightest(limits.map((limit) => stateOf(limit, ZERO, ZERO)))
      const fit = fitTo(state?.left)
      if (fit.kind === 'fits') return { ...fit, kind: 'held', request: 0, attempt: 0 }
      if (!state) throw new TypeError('a request was refused though there is no budget')
      const needed = fit.kind === 'short' ? fit.worst : undefined
      return { kind: 'over-budget', why: fit.kind, state, needed, resets: undefined }
    },
    settle: (_attempt, outcome) => settlementOf(outcome, undefined),
    states: (limits) => limits.map((limit) => stateOf(limit, ZERO, ZERO)),
    freeQuota: () => freeQuota({ starts: [], report: undefined }, now()),
    keepFreeReport: () => {},
    read: () => {
      throw new LedgerUnavailable(why)
    },
    close: () => {},
  }
}
