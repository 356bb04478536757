import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { OrxError } from '../core/errors.ts'
import type { Columns } from '../core/usage/sql/cells.ts'
import { usageStatement } from '../core/usage/sql/statement.ts'
import { loadDirect } from '../sources/catalog.ts'
import { loadSchedule } from '../sources/fees.ts'
import { parseMap, ROLE } from '../sources/logs/roles.ts'
import { planFees, purchaseTerms } from './billing.ts'
import { globals } from './globals.ts'
import type { UsageFlags } from './usage.ts'
import { openWorld } from './world.ts'

/** `orx usage --print-sql DIALECT`: the statement and nothing else. */
export async function printUsageSql(
  flags: UsageFlags,
  command: Command,
  ctx: Context,
): Promise<void> {
  const { fees, ...options } = globals(command)
  const { catalog, config, find } = await openWorld(ctx, options)
  const schedule = loadSchedule(ctx, fees)
  const statement = usageStatement(
    flags.printSql ?? 'duckdb',
    flags.table ?? 'requests',
    columnsOf(flags.map),
    catalog,
    await loadDirect(ctx),
    new Map(Object.keys(config.alias).map((name) => [name, find(name)])),
    {
      plan: planFees(schedule, flags.plan),
      purchase: purchaseTerms(schedule, flags.plan, flags.pay),
    },
  )
  ctx.out(
    `-- orx usage: list prices of ${catalog.asOf}, fees ${schedule.id}, one purchase of credits a month\n${statement}`,
  )
}

/** Named by `--map`; the usual names where it is silent. Cache columns only where they are named. */
function columnsOf(map: string | undefined): Columns {
  const mapping = parseMap(map)
  const known = new Set<number>(Object.values(COLUMN_ROLES))
  for (const [role, column] of mapping) {
    if (known.has(role)) continue
    throw new OrxError(
      'BAD_ARGUMENT',
      `--map: the statement has no use for ${column}`,
      'It takes id, model, time, input, output, cacheRead, cacheWrite, cacheWrite1h and requests.',
    )
  }
  const named = Object.entries(COLUMN_ROLES).flatMap(([key, role]) => {
    const column = mapping.get(role)
    return column === undefined ? [] : [[key, column]]
  })
  return { ...USUAL, ...Object.fromEntries(named) }
}

const USUAL: Columns = {
  model: 'model',
  time: 'created_at',
  input: 'input_tokens',
  output: 'output_tokens',
}

const COLUMN_ROLES = {
  model: ROLE.model,
  time: ROLE.time,
  input: ROLE.prompt,
  output: ROLE.output,
  cacheRead: ROLE.cached,
  cacheWrite: ROLE.written,
  cacheWrite1h: ROLE.cacheWrite1h,
  requests: ROLE.requests,
  id: ROLE.id,
} as const satisfies Record<keyof Columns, number>
