import { join } from 'node:path'
import envPaths from 'env-paths'
import type { Context } from '../context.ts'

export type Paths = { readonly config: string; readonly cache: string; readonly data: string }

/** State folders: the platform's conventions, or all under ORX_HOME where that is set. They need not exist. */
export function paths({ env }: Pick<Context, 'env'>): Paths {
  const home = env['ORX_HOME']
  if (home) return { config: home, cache: join(home, 'cache'), data: join(home, 'data') }
  const { config, cache, data } = envPaths('orx', { suffix: '' })
  return { config, cache, data }
}
