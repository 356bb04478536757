import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { parseCount } from '../core/amount.ts'
import { OrxError } from '../core/errors.ts'
import type { Receipt } from '../core/ledger.ts'
import { comparison, repriced } from '../core/receipt.ts'
import { receiptJson, receiptSheet, receiptText } from '../render/receipt.ts'
import { existingLedger } from '../sources/ledger/ledger.ts'
import { receipt } from '../sources/ledger/receipts.ts'
import { globals } from './globals.ts'
import { print } from './print.ts'
import { openWorld } from './world.ts'

export function declare(command: Command, ctx: Context): void {
  command
    .description(
      'The receipt of a prompt: who could have answered and with what odds, who did, every hop on the way, what it was ' +
        'estimated to cost and what it did.',
    )
    .argument('[id]', 'its number (default: the last prompt)')
    .option('--on <model>', 'the same tokens on another model (repeatable)', collect, [])
    .addHelpText(
      'after',
      '\nExamples:\n  orx receipt\n  orx receipt 41 --json\n  orx receipt --on deepseek-chat --on gpt-5.1',
    )
    .action((id: string | undefined, flags: { readonly on: readonly string[] }) =>
      show(id, flags.on, command, ctx),
    )
}

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value]

async function show(
  id: string | undefined,
  names: readonly string[],
  command: Command,
  ctx: Context,
): Promise<void> {
  const options = globals(command)
  const number = id === undefined ? 'last' : parseCount(id.replace(/^#/, ''), 'the receipt')
  const found = await find(number, ctx, (why) => {
    if (!options.quiet) ctx.err(`warning: ${why}\n`)
  })
  const world = names.length > 0 ? await openWorld(ctx, options) : undefined
  const models = names.flatMap((name) => world?.find(name) ?? [])
  const view = {
    receipt: found,
    comparison: comparison(found),
    on: models.map((model) => ({ model, charge: repriced(found, model) })),
    pricesAsOf: world?.catalog.asOf ?? null,
  }
  print(ctx, options.format, {
    json: () => receiptJson(view),
    sheet: () => receiptSheet(view),
    text: () => receiptText(view, ctx.width),
  })
}

async function find(
  id: number | 'last',
  ctx: Context,
  warn: (why: string) => void,
): Promise<Receipt> {
  const ledger = await existingLedger(ctx, warn)
  const found = ledger?.read((database) => receipt(database, id, ctx.now()))
  if (found) return found
  throw new OrxError(
    'FILE_NOT_FOUND',
    id === 'last' ? 'no prompt has been recorded yet' : `there is no receipt ${id}`,
    id === 'last' ? 'Send one: orx chat --model auto "…"' : 'The last one: orx receipt',
  )
}
