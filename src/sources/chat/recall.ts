import { OrxError } from '../../core/errors.ts'
import type { Attachment, Message } from '../../core/send/prompt.ts'
import type { Network } from '../http.ts'
import { loadAttachment } from './attachments.ts'
import { hashOf, type KeptAttachment, type Session } from './sessions.ts'

/**
 * The messages of a session, its attachments read again from where they were. `lost` says which are not what they were, so
 * that the model only learns their names.
 */
export async function recalled(
  network: Network,
  { messages }: Session,
): Promise<{ readonly messages: readonly Message[]; readonly lost: readonly string[] }> {
  const lost: string[] = []
  const all: Message[] = []
  for (const { role, text, attachments = [] } of messages) {
    const found: Attachment[] = []
    const names: string[] = []
    for (const kept of attachments) {
      const again = await same(network, kept)
      if (typeof again === 'string') {
        lost.push(`${kept.name} is not sent again: ${again}`)
        names.push(`[attached: ${kept.name}]`)
      } else found.push(again)
    }
    all.push({
      role,
      text: [text, ...names].join('\n'),
      ...(found.length > 0 && { attachments: found }),
    })
  }
  return { messages: all, lost }
}

/** The attachment, or why it cannot be had. */
async function same(network: Network, kept: KeptAttachment): Promise<Attachment | string> {
  try {
    const again = await loadAttachment(network, kept.from)
    return hashOf(again) === kept.sha256 ? again : `${kept.from} has changed`
  } catch (error) {
    if (!(error instanceof OrxError) || error.code === 'INTERRUPTED') throw error
    return error.message
  }
}
