import type { Fault } from './fault.ts'
import type { ReplyEvent, ToolCall, Usage } from './reply.ts'

/** What came of one attempt. */
export type Gathered = {
  text: string
  reasoning: string
  calls: ToolCall[]
  id?: string
  model?: string
  provider?: string
  usage?: Usage
  finishReason?: string
  fault?: Fault
  /** When the first content came, on the caller's clock in ms. */
  firstAt?: number
}

export const nothingYet = (): Gathered => ({ text: '', reasoning: '', calls: [] })

/** Text, reasoning or a call has come, so that the sender may charge for it and a retry would repeat it. */
export const hasContent = ({ text, reasoning, calls }: Gathered): boolean =>
  text !== '' || reasoning !== '' || calls.length > 0

/** Adds one event, which has just come, to what was gathered. */
export function gather(so: Gathered, event: ReplyEvent, now: () => Date): void {
  switch (event.kind) {
    case 'text':
      if (event.text !== '') so.firstAt ??= now().getTime()
      so.text += event.text
      return
    case 'reasoning':
      so.firstAt ??= now().getTime()
      so.reasoning += event.text
      return
    case 'call':
      so.firstAt ??= now().getTime()
      addCall(so.calls, event)
      return
    case 'from':
      so.id = event.id ?? so.id ?? ''
      so.model = event.model ?? so.model ?? ''
      so.provider = event.provider ?? so.provider ?? ''
      return
    case 'usage':
      so.usage = event.usage
      return
    case 'finish':
      so.finishReason = event.reason
      return
    case 'fault':
      so.fault = event.fault
      return
    case 'alive':
    case 'done':
      return
    default:
      event satisfies never
  }
}

function addCall(calls: ToolCall[], piece: Extract<ReplyEvent, { kind: 'call' }>): void {
  const before = calls[piece.index] ?? { id: '', name: '', arguments: '' }
  // An index from the wire must not make a sparse list.
  const at = Math.min(piece.index, calls.length)
  calls[at] = {
    id: piece.id ?? before.id,
    name: piece.name ?? before.name,
    arguments: before.arguments + piece.arguments,
  }
}
