import { randomBytes } from 'node:crypto'
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Context } from '../context.ts'
import { OrxError } from '../core/errors.ts'
import { configFile, readConfigText } from './config.ts'
import { parseConfig } from './config-schema.ts'

/** Where a setting lives: `[price."openai/gpt-5.1"]` and `input`. */
export type Setting = { readonly table: readonly string[]; readonly key: string }

/**
 * Reads "alias.fast" or "price.openai/gpt-5.1.input". Model ids hold dots, so the first part is the table and, in tables
 * of tables, the last part the key. @throws OrxError BAD_ARGUMENT
 */
export function parseSetting(text: string): Setting {
  const dot = text.indexOf('.')
  const [table, rest] = [text.slice(0, dot), text.slice(dot + 1)]
  if (dot < 1 || rest === '') throw badSetting(text)
  if (table !== 'price' && table !== 'provider') return { table: [table], key: rest }
  const last = rest.lastIndexOf('.')
  if (last < 1 || last === rest.length - 1) throw badSetting(text)
  return { table: [table, rest.slice(0, last)], key: rest.slice(last + 1) }
}

const badSetting = (text: string): OrxError =>
  new OrxError(
    'BAD_ARGUMENT',
    `"${text}" names no setting`,
    'Name one as alias.fast, discount.openai or price.openai/gpt-5.1.input.',
  )

/**
 * Writes one setting, or with `undefined` removes it, and leaves every other line, comments too, as it is.
 * @throws OrxError BAD_CONFIG
 */
export function saveSetting(
  ctx: Pick<Context, 'env'>,
  setting: Setting,
  value: string | undefined,
): string {
  const file = configFile(ctx)
  const written = value === undefined ? undefined : tomlValue(setting, value)
  const text = withSetting(readConfigText(ctx), setting, written)
  parseConfig(text, file)
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    writeFileSync(draft, text, { mode: 0o600 })
    renameSync(draft, file)
  } catch (cause) {
    rmSync(draft, { force: true })
    throw new OrxError(
      'BAD_CONFIG',
      `${file} cannot be written (${(cause as NodeJS.ErrnoException).code})`,
      'Make its folder writable, or set ORX_HOME to another one.',
      { cause },
    )
  }
  return file
}

/** A lane is a list of models, everything else text. JSON's strings are TOML's basic strings. */
const tomlValue = ({ table }: Setting, value: string): string =>
  table[0] === 'lanes'
    ? `[${value
        .split(',')
        .map((each) => JSON.stringify(each.trim()))
        .join(', ')}]`
    : JSON.stringify(value)

function withSetting(text: string, { table, key }: Setting, value: string | undefined): string {
  const line = `${tomlKey(key)} = ${value}`
  const lines = text === '' ? [] : text.replace(/\n$/, '').split('\n')
  const header = `[${table.map(tomlKey).join('.')}]`
  const start = lines.findIndex((each) => each.trim() === header)
  if (start < 0 && value === undefined) return text
  if (start < 0) return [...lines, ...(lines.length > 0 ? [''] : []), header, line, ''].join('\n')
  const next = lines.findIndex((each, at) => at > start && each.trimStart().startsWith('['))
  const end = next < 0 ? lines.length : next
  const at = lines.findIndex((each, index) => index > start && index < end && keyIn(each) === key)
  if (value === undefined) lines.splice(at, at < 0 ? 0 : 1)
  else if (at < 0) lines.splice(start + 1, 0, line)
  else lines[at] = line
  return `${lines.join('\n')}\n`
}

/** The key that a line sets, without its quotes. */
const keyIn = (line: string): string | undefined =>
  /^\s*(?:"([^"]*)"|'([^']*)'|([A-Za-z0-9_-]+))\s*=/
    .exec(line)
    ?.slice(1)
    .find((key) => key !== undefined)

const tomlKey = (key: string): string => (/^[A-Za-z0-9_-]+$/.test(key) ? key : JSON.stringify(key))
