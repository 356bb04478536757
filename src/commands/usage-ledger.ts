import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { parseDuration } from '../core/amount.ts'
import { dayOf } from '../core/budget.ts'
import { OrxError } from '../core/errors.ts'
import { GROUPS, type GroupBy, type Spending } from '../core/ledger.ts'
import { compare, ZERO } from '../core/money.ts'
import {
  type LedgerUsage,
  ledgerUsageJson,
  ledgerUsageSheet,
  ledgerUsageText,
} from '../render/ledger-usage.ts'
import { existingLedger } from '../sources/ledger/ledger.ts'
import { logOf } from '../sources/ledger/log.ts'
import { spending } from '../sources/ledger/spending.ts'
import { globals } from './globals.ts'
import { print } from './print.ts'
import type { UsageFlags } from './usage.ts'

/** `orx usage` without a file: what the ledger has recorded of this user's own prompts. */
export async function usageOfLedger(
  flags: UsageFlags,
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
  const { on, onRoute, regret, html, strict } = flags
  const asked = total.attempts > 0 && (on || onRoute || regret || html || strict)
  if (format === 'json' || asked) {
    const lines = ledger?.read((database) => logOf(database, since)) ?? []
    return answerPriced(usage, lines, flags, command, ctx)
  }
  print(ctx, format, {
    json: () => ledgerUsageJson(usage),
    sheet: () => ledgerUsageSheet(usage),
    text: () => (total.attempts === 0 ? NO_PROMPTS : ledgerUsageText(usage, ctx.width)),
  })
}

/** The ledger priced as any log is. */
async function answerPriced(
  usage: LedgerUsage,
  lines: readonly string[],
  flags: UsageFlags,
  command: Command,
  ctx: Context,
): Promise<void> {
  const [{ Readable }, { analyse, conclude, viewOf }, { usageJson }, { usageText }] =
    await Promise.all([
      import('node:stream'),
      import('./usage-files.ts'),
      import('../render/usage/data.ts'),
      import('../render/usage/text.ts'),
    ])
  const stdin = () => Readable.from([LOG_HEAD, ...lines])
  const analysis = await analyse({ files: ['-'], stdin }, flags, command, ctx)
  const view = {
    ...viewOf(analysis, flags),
    files: [{ name: 'ledger', format: 'SQLite' }],
  }
  const notes = [...view.notes, ...uncounted(usage.total, lines.length)]
  print(ctx, globals(command).format, {
    json: () => ({ ...usageJson({ ...view, notes }), ledger: ledgerUsageJson(usage) }),
    sheet: () => ledgerUsageSheet(usage),
    text: () => usageText({ ...view, notes }, ctx.width, ctx.paint),
  })
  await conclude(view, analysis, flags, command, ctx)
}

/** Like the first line of a session: it tells the format, also where nothing follows. */
const LOG_HEAD = '{"type":"ledger"}\n'

const uncounted = ({ attempts, failed }: Spending, counted: number): readonly string[] => {
  const rest = attempts - failed - counted
  if (rest <= 0) return []
  return [
    `${rest} ${rest === 1 ? 'attempt has' : 'attempts have'} no token counts (cut, killed or on the way) and no part in these requests; orx usage without options has what is known of their cost.`,
  ]
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
