import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { OrxError } from '../core/errors.ts'
import { configFile, loadConfig } from '../sources/config.ts'
import { globals } from './globals.ts'
import { print } from './print.ts'

export function declare(command: Command, ctx: Context): void {
  command.description(
    'Read and write config.toml: aliases, own prices, contract discounts, lanes, budgets, providers, key commands.',
  )
  command
    .command('path')
    .summary('print where config.toml is')
    .description('Print where config.toml is; it need not exist.')
    .action(() => path(ctx, command))
  command
    .command('get', { isDefault: true })
    .summary('print the settings, or one')
    .description('Print all settings, or one such as alias.fast.')
    .argument('[setting]', 'alias.fast, discount.openai, price.openai/gpt-5.1.input …')
    .action((setting: string | undefined) => get(ctx, command, setting))
  command
    .command('set')
    .summary('write one setting')
    .description('Write one setting; everything else in the file stays as it is.')
    .argument('<setting>', 'alias.fast, discount.openai, price.openai/gpt-5.1.input …')
    .argument('<value>', 'its value; models of a lane separated by commas')
    .addHelpText(
      'after',
      '\nExamples:\n  orx config set alias.fast openai/gpt-5-nano\n  orx config set discount.openai 20%\n  orx config set lanes.code anthropic/claude-sonnet-5.5,deepseek/deepseek-chat',
    )
    .action(async (text: string, value: string) => {
      const { parseSetting, saveSetting } = await import('../sources/config-edit.ts')
      const file = saveSetting(ctx, parseSetting(text), value)
      if (!globals(command).quiet) ctx.err(`${text} is set in ${file}\n`)
    })
}

function path(ctx: Context, command: Command): void {
  const file = configFile(ctx)
  print(ctx, globals(command).format, {
    json: () => ({ schema: 'orx.config.path/1', file }),
    sheet: () => ({ columns: [{ key: 'file', title: 'file' }], rows: [[file]] }),
    text: () => `${file}\n`,
  })
}

type Row = { readonly setting: string; readonly value: string }

async function get(ctx: Context, command: Command, setting: string | undefined): Promise<void> {
  const config = await loadConfig(ctx)
  const all = flat(config, [])
  const rows = all.filter(
    ({ setting: name }) =>
      setting === undefined || name === setting || name.startsWith(`${setting}.`),
  )
  if (setting !== undefined && rows.length === 0) {
    throw new OrxError(
      'BAD_ARGUMENT',
      `${setting} is not set`,
      `Set it: orx config set ${setting} VALUE`,
    )
  }
  const [only] = rows
  print(ctx, globals(command).format, {
    json: () => ({
      schema: 'orx.config/1',
      file: configFile(ctx),
      settings: Object.fromEntries(rows.map((row) => [row.setting, row.value])),
    }),
    sheet: () => sheet(rows),
    text: () =>
      setting !== undefined && only?.setting === setting
        ? `${only.value}\n`
        : rows.map((row) => `${row.setting} = ${row.value}\n`).join('') ||
          ' no setting yet: orx config set alias.fast openai/gpt-5-nano\n',
  })
}

const sheet = (rows: readonly Row[]) => ({
  columns: [
    { key: 'setting', title: 'setting' },
    { key: 'value', title: 'value' },
  ],
  rows: rows.map((row) => [row.setting, row.value]),
})

function flat(value: unknown, path: readonly string[]): readonly Row[] {
  if (Array.isArray(value)) return [{ setting: path.join('.'), value: value.join(',') }]
  if (typeof value !== 'object' || value === null)
    return [{ setting: path.join('.'), value: String(value) }]
  return Object.entries(value).flatMap(([key, each]) => flat(each, [...path, key]))
}
