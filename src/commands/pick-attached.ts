import type { Context } from '../context.ts'
import type { Need } from '../core/catalog/needs.ts'
import { attachmentBound, attachmentExpected } from '../core/send/estimate.ts'
import { type Attachment, bytesOf, type Prompt } from '../core/send/prompt.ts'
import type { Globals } from './globals.ts'
import { network } from './network.ts'

/** What goes along with a prompt, by the same flags as in `orx chat`. */
export type Attached = {
  readonly attachments: readonly Attachment[]
  readonly schema: Prompt['schema']
  readonly tools: Prompt['tools']
  /** What a model must be able to do for it. */
  readonly needs: readonly Need[]
  /** Tokens of the attachments. */
  readonly size: { readonly expected: number; readonly most: number }
}

export type AttachedFlags = {
  readonly attach: readonly string[]
  readonly schema?: string
  readonly tools?: string
}

const NEED = { image: 'vision', file: 'files', audio: 'audio' } as const

/** Reads all that the flags name; a URL is the only thing that takes the network. */
export async function openAttached(
  ctx: Context,
  flags: AttachedFlags,
  options: Globals,
): Promise<Attached> {
  const loaded = await attachments(ctx, flags, options)
  const { schema, tools } = await shapes(flags)
  const sizes = loaded.map((each) => ({ kind: each.kind, bytes: bytesOf(each) }))
  return {
    attachments: loaded,
    schema,
    tools,
    needs: [
      ...new Set([
        ...sizes.map(({ kind }) => NEED[kind]),
        ...(tools ? (['tools'] as const) : []),
        ...(schema ? (['json'] as const) : []),
      ]),
    ],
    size: {
      expected: sizes.reduce((sum, { kind, bytes }) => sum + attachmentExpected(kind, bytes), 0),
      most: sizes.reduce((sum, { kind, bytes }) => sum + attachmentBound(kind, bytes), 0),
    },
  }
}

async function attachments(ctx: Context, { attach }: AttachedFlags, options: Globals) {
  if (attach.length === 0) return []
  const { loadAttachment } = await import('../sources/chat/attachments.ts')
  return Promise.all(attach.map((place) => loadAttachment(network(ctx, options), place)))
}

async function shapes({ schema, tools }: AttachedFlags) {
  if (schema === undefined && tools === undefined) return { schema: undefined, tools: undefined }
  const { readSchema, readTools } = await import('../sources/chat/json-schema.ts')
  return {
    schema: schema === undefined ? undefined : readSchema(schema),
    tools: tools === undefined ? undefined : readTools(tools),
  }
}
