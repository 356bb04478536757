import { createHash } from 'node:crypto'
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import type { Context } from '../../context.ts'
import { OrxError } from '../../core/errors.ts'
import type { Attachment, Message } from '../../core/send/prompt.ts'
import { paths } from '../paths.ts'

type World = Pick<Context, 'env'>

/** What a session keeps of an attachment: where it was read, and what it was. */
export type KeptAttachment = {
  readonly name: string
  readonly from: string
  readonly sha256: string
}

/** A conversation on disk. It holds the texts, not the attachments. */
export type Session = {
  readonly name: string
  readonly messages: readonly {
    readonly role: Message['role']
    readonly text: string
    readonly attachments?: readonly KeptAttachment[]
  }[]
}

export const hashOf = ({ base64 }: Attachment): string =>
  createHash('sha256').update(base64, 'base64').digest('hex')

const folder = (ctx: World): string => join(paths(ctx).data, 'sessions')
const fileOf = (ctx: World, name: string): string => join(folder(ctx), `${checked(name)}.json`)

/** @throws OrxError BAD_ARGUMENT on a name that is no plain file name. */
function checked(name: string): string {
  if (/^[\p{L}\p{N}\p{M}_][\p{L}\p{N}\p{M}_.-]{0,99}$/u.test(name)) return name
  throw new OrxError(
    'BAD_ARGUMENT',
    `"${name}" cannot name a session`,
    'Use letters, digits, ".", "_" and "-".',
  )
}

/** The session of that name, empty where it is new. @throws OrxError BAD_INPUT on a damaged file. */
export function readSession(ctx: World, name: string): Session {
  const file = fileOf(ctx, name)
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    return { name, messages: [] }
  }
  try {
    const { messages } = JSON.parse(text) as Session
    if (Array.isArray(messages)) return { name, messages }
  } catch {
    // Reported below, like every other damage.
  }
  throw new OrxError('BAD_INPUT', `${file} is not a session of orx`, 'Mend it or remove it.')
}

/**
 * Keeps a conversation, readable by its owner only; written beside and renamed, so that it is never half there.
 * @throws OrxError BAD_CONFIG where the disk is full or the folder cannot be written.
 */
export function writeSession(ctx: World, name: string, messages: readonly Message[]): void {
  const file = fileOf(ctx, name)
  const beside = `${file}.${process.pid}.tmp`
  const kept = messages.map(({ role, text, attachments = [] }) => ({
    role,
    text,
    ...(attachments.length > 0 && {
      attachments: attachments.map((each) => ({
        name: each.name,
        from: each.from,
        sha256: hashOf(each),
      })),
    }),
  }))
  const body = { schema: 'orx.session/1', messages: kept }
  try {
    mkdirSync(folder(ctx), { recursive: true, mode: 0o700 })
    writeFileSync(beside, `${JSON.stringify(body, null, 2)}\n`, { mode: 0o600 })
    renameSync(beside, file)
  } catch (cause) {
    removed(beside)
    throw new OrxError(
      'BAD_CONFIG',
      `the session is not kept: ${file} cannot be written (${(cause as NodeJS.ErrnoException).code})`,
      'Make room, make its folder writable, or set ORX_HOME to another one.',
    )
  }
}

/** The same where an answer has come already: what cannot be kept is a warning. */
export function keepSession(
  ctx: World,
  name: string,
  messages: readonly Message[],
  warn: (why: string) => void,
): void {
  try {
    writeSession(ctx, name, messages)
  } catch (error) {
    if (!(error instanceof OrxError)) throw error
    warn(error.message)
  }
}

function removed(file: string): void {
  try {
    rmSync(file, { force: true })
  } catch {
    // On a file system that cannot be written it was never there.
  }
}

/** The name of the session used last. @throws OrxError FILE_NOT_FOUND where there is none. */
export function lastSession(ctx: World): string {
  const names = sessionFiles(ctx)
  const times = names.map((name) => statSync(join(folder(ctx), name)).mtimeMs)
  const newest = names[times.indexOf(Math.max(...times))]
  if (newest) return newest.replace(/\.json$/, '')
  throw new OrxError(
    'FILE_NOT_FOUND',
    'there is no session to continue',
    'Start one: orx chat --session NAME "…"',
  )
}

function sessionFiles(ctx: World): readonly string[] {
  try {
    return readdirSync(folder(ctx)).filter((name) => name.endsWith('.json'))
  } catch {
    return []
  }
}
