import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { declareDiff } from './catalog-diff.ts'
import { declareImport } from './catalog-import.ts'
import { declareStatus } from './catalog-status.ts'
import { declareUpdate } from './catalog-update.ts'

export function declare(command: Command, ctx: Context): void {
  command.description(
    'The list of models and prices that every answer rests on: where it is from, how old it is, what changed in it.',
  )
  declareStatus(command.command('status', { isDefault: true }), ctx)
  declareUpdate(command.command('update'), ctx)
  declareDiff(command.command('diff'), ctx)
  declareImport(command.command('import'), ctx)
}
