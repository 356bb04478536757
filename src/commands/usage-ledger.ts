import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { parseDuration } from '../core/amount.ts'
import { dayOf } from '../core/budget.ts'
import { OrxError } from '../core/errors.ts'
import { GROUPS, type GroupBy, type Spending } from '../core/ledger.ts'
import { compare, ZERO } from '../core/money.ts'
import { ledgerUsageJson, ledgerUsageSheet, ledgerUsageText } from '../render/ledger-usage.ts'
import { existingLedger } from '../sources/ledger/ledger.ts'
import { spending } from '../sources/ledger/spending.ts'
import { globals } from './globals.ts'
import { print } from './print.ts'

export type LedgerFlags = { readonly since?: string; readonly by?: string }

/** `orx usage` without a file: what the ledger has recorded of this user's own prompts. */
export async function usageOfLedger(
  flags: LedgerFlags,
  command: Command,
  ctx: Context,
): Promise<void> {
  const { format, quiet } = globals(command)
  const until = ctx.now()
  const since = sinceOf(flags.since ?? '30d', until)
  const by = groupBy(flags.by ?? 'model')
  const ledger = await existingLedger(ctx, (why) => {
    if (!quiet) ctx.err(`warning: ${why}\n`)
  })
  const groups = ledger?.read((database) => spending(database, by, since)) ?? []
  const [total = NOTHING] = ledger?.read((database) => spending(database, 'all', since)) ?? []
  const usage = { by, since, until, groups: inOrder(groups, by), total }
  print(ctx, format, {
    json: () => ledgerUsageJson(usage),
    sheet: () => ledgerUsageSheet(usage),
    text: () => (total.attempts === 0 ? NO_PROMPTS : ledgerUsageText(usage, ctx.width)),
  })
}

const NO_PROMPTS = ' no prompts recorded in that time\n send one: orx chat --model auto "…"\n'

const NOTHING: Spending = {
  key: null,
  prompts: 0,
  attempts: 0,
  failed: 0,
  tokens: { prompt: 0, completion: 0, cached: 0, reasoning: 0 },
  spend: ZERO,
  estimated: ZERO,
  unknown: 0,
}

/** Days as they passed, anything else the dearest first. */
const inOrder = (groups: readonly Spending[], by: GroupBy): readonly Spending[] =>
  by === 'day' ? groups : [...groups].sort((a, b) => compare(b.spend, a.spend))

function groupBy(text: string): GroupBy {
  const found = GROUPS.find((each) => each === text)
  if (found) return found
  throw new OrxError('BAD_ARGUMENT', `--by: "${text}" is not known`, `One of ${GROUPS.join(', ')}.`)
}

const DAY_MS = 86_400_000

/** "7d": the last seven days of UTC, today included; "12h": to the minute; "2026-11-01": that day on; "all". */
function sinceOf(text: string, now: Date): Date {
  if (text === 'all') return new Date(0)
  if (/^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text))) return new Date(text)
  const ms = parseDuration(text, '--since')
  if (ms % DAY_MS !== 0) return new Date(now.getTime() - ms)
  return new Date(Date.parse(dayOf(now)) - ms + DAY_MS)
}
