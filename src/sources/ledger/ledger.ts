import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Context } from '../../context.ts'
import type { Limit, LimitState } from '../../core/budget.ts'
import { type FreeQuota, type FreeReport, freeQuota } from '../../core/free-limit.ts'
import type { NewAttempt, Outcome, Reservation, Settled } from '../../core/ledger.ts'
import type { Usd } from '../../core/money.ts'
import type { Fit } from '../../core/worst-case.ts'
import { paths } from '../paths.ts'
import { LedgerUnavailable } from './database.ts'
import { freeUse, keepFreeReport, limitStates, reserve } from './reserve.ts'
import { settle } from './settle.ts'
import { openStore, type Store } from './store.ts'
import { unrecorded } from './unrecorded.ts'

/**
 * The record of every attempt, and the guard of the budget. All calls are synchronous; each write is one transaction, alone
 * among all processes, and on the disk when it returns.
 */
export type Ledger = {
  /**
   * Holds an attempt's worst case before it is sent. `fitTo` is told what the tightest limit leaves (undefined without a
   * limit) and answers with the tokens to ask for; it runs within the transaction, so it must be quick, and may run twice.
   */
  readonly reserve: (
    attempt: NewAttempt,
    limits: readonly Limit[],
    fitTo: (left: Usd | undefined) => Fit,
  ) => Reservation
  /** Ends an attempt with what it cost. May be called again when the bill comes late. */
  readonly settle: (attempt: number, outcome: Outcome) => Settled
  /** What each limit has left. */
  readonly states: (limits: readonly Limit[]) => readonly LimitState[]
  readonly freeQuota: () => FreeQuota
  /** Remembers what `/key` reports about free requests. */
  readonly keepFreeReport: (report: FreeReport) => void
  /** The database behind it, for the questions of `orx usage` and `orx receipt`. */
  readonly read: Store['read']
  readonly close: () => void
}

export const ledgerFile = (ctx: Pick<Context, 'env'>): string =>
  join(paths(ctx).data, 'ledger.sqlite')

/**
 * Opens the ledger, making it where there is none. Where its file cannot be used, now or later, it goes on in memory and
 * `warn` is told once why. Never throws, so that no fault of the ledger stands between a prompt and its answer.
 */
export async function openLedger(
  ctx: Pick<Context, 'env' | 'now'>,
  warn: (why: string) => void,
): Promise<Ledger> {
  try {
    return ledgerOn(await openStore(ledgerFile(ctx), warn), ctx)
  } catch (error) {
    if (!(error instanceof LedgerUnavailable)) throw error
    warn(error.message)
    return unrecorded(ctx.now, error.message)
  }
}

/** The ledger where there is one: for commands that only ask, so that they leave no file behind. */
export async function existingLedger(
  ctx: Pick<Context, 'env' | 'now'>,
  warn: (why: string) => void,
): Promise<Ledger | undefined> {
  return existsSync(ledgerFile(ctx)) ? openLedger(ctx, warn) : undefined
}

function ledgerOn(store: Store, ctx: Pick<Context, 'now'>): Ledger {
  return {
    reserve: (attempt, limits, fitTo) =>
      store.write((database) => reserve(database, attempt, limits, fitTo, ctx.now())),
    settle: (attempt, outcome) => store.write((database) => settle(database, attempt, outcome)),
    states: (limits) => store.read((database) => limitStates(database, limits, ctx.now())),
    freeQuota: () =>
      freeQuota(
        store.read((database) => freeUse(database, ctx.now())),
        ctx.now(),
      ),
    keepFreeReport: (report) => store.write((database) => keepFreeReport(database, report)),
    read: store.read,
    close: store.close,
  }
}
