import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { budgetEntry, type Limit, limitOf, limitText, type Scope, stateOf } from '../core/budget.ts'
import { OrxError } from '../core/errors.ts'
import { ZERO } from '../core/money.ts'
import { type BudgetView, budgetJson, budgetSheet, budgetText } from '../render/budget.ts'
import { loadConfig } from '../sources/config.ts'
import { existingLedger } from '../sources/ledger/ledger.ts'
import { limitsOf } from '../sources/limits.ts'
import { globals } from './globals.ts'
import { print } from './print.ts'
import { openWorld } from './world.ts'

type Flags = { readonly model?: string; readonly session?: string }

export function declare(command: Command, ctx: Context): void {
  command
    .description(
      'What the budget leaves. Before a prompt is sent its worst case is held against every limit that applies; over ' +
        'a limit orx steps down to a cheaper model or exits with 6. Free models pass. Kept in [budget] of config.toml.',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  orx budget\n  orx budget set 5/day 50/month\n  orx budget set 1/day --model gpt-5.1\n  orx budget remove day',
    )
    .action(() => show(command, ctx))
  const setting = command
    .command('set')
    .summary('set limits: 5/day, 50/month, 200/total')
    .description('Set limits in US$. Days and months are those of UTC.')
    .argument('<limits...>', '5/day, 50/month, 200/total')
    .option('--model <name>', 'only what this model spends')
    .option('--session <name>', 'only what this session spends')
  setting.action((limits: readonly string[], flags: Flags) => set(limits, flags, setting, ctx))
  const removing = command
    .command('remove')
    .summary('remove a limit')
    .description('Remove a limit.')
    .argument('<per>', 'day, month or total')
    .option('--model <name>', 'the limit of this model')
    .option('--session <name>', 'the limit of this session')
  removing.action((per: string, flags: Flags) => remove(per, flags, removing, ctx))
}

async function show(command: Command, ctx: Context): Promise<void> {
  const { format, quiet } = globals(command)
  const view = await budgetView(ctx, limitsOf(ctx, await loadConfig(ctx)), (why) => {
    if (!quiet) ctx.err(`warning: ${why}\n`)
  })
  print(ctx, format, {
    json: () => budgetJson(view),
    sheet: () => budgetSheet(view),
    text: () => budgetText(view, ctx.width),
  })
}

/** The limits with what they leave, and what was spent with or without any. */
export async function budgetView(
  ctx: Context,
  limits: readonly Limit[],
  warn: (why: string) => void,
): Promise<BudgetView> {
  const ledger = await existingLedger(ctx, warn)
  const states = (asked: readonly Limit[]) =>
    ledger ? ledger.states(asked) : asked.map((limit) => stateOf(limit, ZERO, ZERO))
  const everything = { scope: { kind: 'all' }, amount: ZERO } as const
  const [today, thisMonth] = states([
    { ...everything, per: 'day' },
    { ...everything, per: 'month' },
  ])
  return {
    states: states(limits),
    today: today?.spent ?? ZERO,
    thisMonth: thisMonth?.spent ?? ZERO,
    now: ctx.now(),
  }
}

async function set(
  texts: readonly string[],
  flags: Flags,
  command: Command,
  ctx: Context,
): Promise<void> {
  const scope = await scopeOf(flags, command, ctx)
  const limits = texts.map((text) => limit(text, scope))
  const { saveSetting } = await import('../sources/config-edit.ts')
  for (const each of limits) {
    const { key, value } = budgetEntry(each, limitsOf(ctx, await loadConfig(ctx)))
    saveSetting(ctx, { table: ['budget'], key }, value)
  }
  await show(command, ctx)
}

async function remove(per: string, flags: Flags, command: Command, ctx: Context): Promise<void> {
  const scope = await scopeOf(flags, command, ctx)
  const gone = limit(`1/${per}`, scope)
  const all = limitsOf(ctx, await loadConfig(ctx))
  const { key, value } = budgetEntry(gone, all)
  const rest = value.split(' ').filter((text) => text !== limitText(gone))
  const had = all.some((each) => budgetEntry(each, []).key === key && each.per === gone.per)
  if (!had) {
    throw new OrxError('BAD_ARGUMENT', `no such limit: ${key}`, 'See the limits: orx budget')
  }
  const { saveSetting } = await import('../sources/config-edit.ts')
  saveSetting(
    ctx,
    { table: ['budget'], key },
    scope.kind === 'all' || rest.length === 0 ? undefined : rest.join(' '),
  )
  await show(command, ctx)
}

/** @throws OrxError MODEL_NOT_FOUND: a limit on a name with a slip in it would protect nothing. */
async function scopeOf({ model, session }: Flags, command: Command, ctx: Context): Promise<Scope> {
  if (model !== undefined && session !== undefined) {
    throw new OrxError(
      'BAD_ARGUMENT',
      '--model and --session exclude each other',
      'Set one limit for each.',
    )
  }
  if (session !== undefined) return { kind: 'session', name: session }
  if (model === undefined) return { kind: 'all' }
  const { find } = await openWorld(ctx, globals(command))
  return { kind: 'model', name: find(model).id }
}

function limit(text: string, scope: Scope): Limit {
  try {
    return limitOf(text, scope)
  } catch (cause) {
    throw new OrxError(
      'BAD_ARGUMENT',
      `"${text}" is not a limit`,
      'Write dollars above zero per day, month or total: 5/day, 2.50/month, 200/total.',
      { cause },
    )
  }
}
