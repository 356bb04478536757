import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { parseMoney, parseRate } from '../core/amount.ts'
import { OrxError } from '../core/errors.ts'
import { add, compare, multiply, type Usd, usd } from '../core/money.ts'
import { type Difference, differenceOf } from '../core/workload/difference.ts'
import { money } from '../render/money.ts'
import {
  type DiffView,
  diffJson,
  diffMarkdown,
  diffSheet,
  diffText,
} from '../render/workload/diff.ts'
import { planFile } from './cost-workload.ts'
import { type Globals, globals } from './globals.ts'
import { print } from './print.ts'

type Flags = { failAbove?: Usd; failIncrease?: Usd }

export function declare(command: Command, ctx: Context): void {
  command
    .description(
      'Compare two workload files, or one file under two catalogues (--catalog A --catalog B): what changes, in money.',
    )
    .argument('<old>', 'workload file')
    .argument('[new]', 'workload file')
    .option('--fail-above <usd>', 'exit 6 if the new cheapest mix costs more', (text) =>
      parseMoney(text, '--fail-above'),
    )
    .option(
      '--fail-increase <rate>',
      'exit 6 if the cheapest mix grows by more, e.g. 10%',
      (text) => parseRate(text, '--fail-increase'),
    )
    .addHelpText(
      'after',
      '\nExamples:\n  orx diff main.yaml branch.yaml --format md\n  orx diff workload.yaml --catalog report --catalog latest\n  orx diff main.yaml branch.yaml --fail-increase 10%',
    )
    .action(async (old: string, next: string | undefined, flags: Flags) => {
      const options = globals(command)
      const view = await compared(ctx, old, next, options)
      if (options.format === 'md') ctx.out(diffMarkdown(view))
      else {
        print(ctx, options.format, {
          json: () => diffJson(view),
          sheet: () => diffSheet(view),
          text: () => diffText(view, ctx.width, ctx.paint),
        })
      }
      gate(view.difference, flags)
    })
}

async function compared(
  ctx: Context,
  old: string,
  next: string | undefined,
  options: Globals,
): Promise<DiffView> {
  const { catalogs } = options
  const [first = options.catalog, second = first] = catalogs
  if (next === undefined && catalogs.length !== 2) {
    throw new OrxError(
      'BAD_ARGUMENT',
      'there is nothing to compare with',
      'Give a second file, or two catalogues: --catalog report --catalog latest.',
    )
  }
  const before = await planFile(ctx, old, options, first)
  const after = await planFile(ctx, next ?? old, options, second)
  const sameFile = next === undefined
  return {
    difference: differenceOf(before.plan, after.plan),
    before: sameFile ? `${old} at ${first} prices` : old,
    after: sameFile ? `${old} at ${second} prices` : (next ?? old),
    months: after.file.months,
  }
}

function gate({ before, after }: Difference, { failAbove, failIncrease }: Flags): void {
  if (failAbove && after && compare(after, failAbove) > 0) {
    throw tripped(`the new cost $${money(after)} is more than $${money(failAbove)}`)
  }
  if (!failIncrease || !before || !after) return
  const most = multiply(before, add(usd('1'), failIncrease))
  if (compare(after, most) > 0) {
    throw tripped(
      `the cost grows from $${money(before)} to $${money(after)}, by more than --fail-increase`,
    )
  }
}

const tripped = (message: string): OrxError =>
  new OrxError('GATE_TRIPPED', message, 'Review the change, or raise the gate.')
