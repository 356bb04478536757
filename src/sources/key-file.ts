import {
  chmodSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import type { Context } from '../context.ts'
import { OrxError } from '../core/errors.ts'
import { paths } from './paths.ts'

/** The key file: JSON, provider slug → key, readable by its owner only. */
export const keyFile = (ctx: Pick<Context, 'env'>): string => join(paths(ctx).config, 'keys.json')

/** Empty where there is none. @throws OrxError BAD_CONFIG where it cannot be read or is not what orx wrote. */
export function readKeyFile(ctx: Pick<Context, 'env'>): Readonly<Record<string, string>> {
  const path = keyFile(ctx)
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (code === 'ENOENT') return {}
    throw new OrxError('BAD_CONFIG', `${path} cannot be read (${code})`, 'Make it readable.')
  }
  const keys = parsed(text)
  if (keys) return keys
  // Without `cause`: a parser's message quotes the text, and the text is made of keys.
  throw new OrxError(
    'BAD_CONFIG',
    `${path} is not a JSON object of keys`,
    'Mend it, or remove it and run `orx keys set` again.',
  )
}

function parsed(text: string): Readonly<Record<string, string>> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
    const entries = Object.entries(value)
    return entries.every(([, key]) => typeof key === 'string')
      ? Object.fromEntries(entries)
      : undefined
  } catch {
    return undefined
  }
}

/** Whether others than the owner may read the key file. Always false on Windows, which has no such bits. */
export function keyFileIsOpen(ctx: Pick<Context, 'env'>): boolean {
  const { mode } = statSync(keyFile(ctx), { throwIfNoEntry: false }) ?? { mode: 0 }
  return process.platform !== 'win32' && (mode & 0o077) !== 0
}

/** Written beside and renamed, so that a reader sees the old file or the new one, and never with wider rights than 0600. */
export function writeKeyFile(
  ctx: Pick<Context, 'env'>,
  keys: Readonly<Record<string, string>>,
): void {
  const path = keyFile(ctx)
  const beside = `${path}.${process.pid}.tmp`
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    writeFileSync(beside, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 })
    chmodSync(beside, 0o600)
    renameSync(beside, path)
  } catch (cause) {
    rmSync(beside, { force: true })
    throw new OrxError(
      'BAD_CONFIG',
      `${path} cannot be written (${(cause as NodeJS.ErrnoException).code})`,
      'Make its folder writable, set ORX_HOME to another one, or export the key as a variable.',
      { cause },
    )
  }
}
