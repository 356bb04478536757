import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Context } from '../context.ts'
import type { Config } from '../core/config.ts'
import { OrxError } from '../core/errors.ts'
import { paths } from './paths.ts'

export const configFile = (ctx: Pick<Context, 'env'>): string =>
  join(paths(ctx).config, 'config.toml')

export const NO_CONFIG: Config = {
  alias: {},
  price: {},
  discount: {},
  lanes: {},
  budget: {},
  provider: {},
  keyCommand: {},
}

/** The user's `config.toml`. The parser is loaded only where the file exists. @throws OrxError BAD_CONFIG */
export async function loadConfig(ctx: Pick<Context, 'env'>): Promise<Config> {
  const text = readConfigText(ctx)
  if (text.trim() === '') return NO_CONFIG
  const { parseConfig } = await import('./config-schema.ts')
  return parseConfig(text, configFile(ctx))
}

/** Empty where there is no file. @throws OrxError BAD_CONFIG where it cannot be read. */
export function readConfigText(ctx: Pick<Context, 'env'>): string {
  try {
    return readFileSync(configFile(ctx), 'utf8')
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw new OrxError(
      'BAD_CONFIG',
      `${configFile(ctx)} cannot be read (${(cause as NodeJS.ErrnoException).code})`,
      'Make it readable, or set ORX_HOME to another folder.',
      { cause },
    )
  }
}
