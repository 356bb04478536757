import type { Context } from '../context.ts'
import type { Attachment, Message, Prompt } from '../core/send/prompt.ts'
import type { ChatFlags } from './chat-options.ts'
import type { Globals } from './globals.ts'
import { network } from './network.ts'

/** What the flags bring to a prompt besides its text. */
export type Turn = {
  readonly session: string | undefined
  /** What was said before, the system prompt included. */
  readonly history: readonly Message[]
  readonly attachments: readonly Attachment[]
  readonly schema: Prompt['schema'] | undefined
  readonly tools: readonly object[] | undefined
}

/** Reads everything that flags name: the session, attachments, schema and tools. Nothing of it is loaded unless named. */
export async function openTurn(ctx: Context, flags: ChatFlags, options: Globals): Promise<Turn> {
  const { session, history } = await conversation(ctx, flags, options)
  const loaded = await attachments(ctx, flags, options)
  return { session, history, attachments: loaded, ...(await shapes(flags)) }
}

async function conversation(ctx: Context, flags: ChatFlags, options: Globals) {
  const system: readonly Message[] =
    flags.system === undefined ? [] : [{ role: 'system', text: flags.system }]
  if (flags.session === undefined && !flags.continue) return { session: undefined, history: system }
  const { lastSession, readSession } = await import('../sources/chat/sessions.ts')
  const session = flags.session ?? lastSession(ctx)
  const { recalled } = await import('../sources/chat/recall.ts')
  const { messages, lost } = await recalled(network(ctx, options), readSession(ctx, session))
  for (const why of lost) if (!options.quiet) ctx.err(`note: ${why}\n`)
  const said =
    flags.system === undefined ? messages : messages.filter(({ role }) => role !== 'system')
  return { session, history: [...system, ...said] }
}

async function attachments(ctx: Context, flags: ChatFlags, options: Globals) {
  if (flags.attach.length === 0) return []
  const { loadAttachment } = await import('../sources/chat/attachments.ts')
  return Promise.all(flags.attach.map((place) => loadAttachment(network(ctx, options), place)))
}

async function shapes(flags: ChatFlags): Promise<Pick<Turn, 'schema' | 'tools'>> {
  if (flags.schema === undefined && flags.tools === undefined) {
    return { schema: undefined, tools: undefined }
  }
  const { readSchema, readTools } = await import('../sources/chat/json-schema.ts')
  return {
    schema: flags.schema === undefined ? undefined : readSchema(flags.schema),
    tools: flags.tools === undefined ? undefined : readTools(flags.tools),
  }
}
