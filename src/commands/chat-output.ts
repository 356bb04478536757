import type { Context } from '../context.ts'
import { toDecimal } from '../core/money.ts'
import { plainLine } from '../core/plain.ts'
import type { ReplyEvent, Usage } from '../core/send/reply.ts'
import { hopJson, usdOrNull } from '../render/chat.ts'
import type { Reply } from '../sources/chat/delivery.ts'
import type { ChatFlags } from './chat-options.ts'
import type { Globals } from './globals.ts'

/** Shows a reply while it comes. */
export type Output = {
  readonly onEvent: (event: ReplyEvent) => void
  /** Everything has come, or as much as ever will. */
  readonly end: (reply: Reply | undefined) => void
}

export type OutputKind = 'rendered' | 'plain' | 'json' | 'jsonl'

export function outputKind(ctx: Context, flags: ChatFlags, { format }: Globals): OutputKind {
  if (flags.jsonl) return 'jsonl'
  if (format === 'json') return 'json'
  const plain = !ctx.tty.out || flags.raw || format !== 'table' || flags.schema !== undefined
  return plain ? 'plain' : 'rendered'
}

export async function outputFor(ctx: Context, kind: OutputKind, quiet: boolean): Promise<Output> {
  switch (kind) {
    case 'json':
      return {
        onEvent: () => {},
        end: (reply) => reply && ctx.out(`${JSON.stringify(replyJson(reply), null, 2)}\n`),
      }
    case 'jsonl':
      return lines(ctx)
    case 'plain':
      return withReasoning(ctx, quiet, plainOutput(ctx))
    case 'rendered': {
      const { markdownOutput } = await import('../render/markdown.ts')
      return withReasoning(ctx, quiet, callsToo(ctx, markdownOutput(ctx.out, ctx.width, ctx.paint)))
    }
    default:
      return kind satisfies never
  }
}

type TextSink = { readonly text: (piece: string) => void; readonly end: () => void }

function plainOutput(ctx: Context): Output {
  let last = '\n'
  return callsToo(ctx, {
    text: (piece) => {
      if (piece === '') return
      ctx.out(piece)
      last = piece
    },
    end: () => {
      if (!last.endsWith('\n')) ctx.out('\n')
    },
  })
}

/** Tool calls follow the text, one JSON object a line: they are for another program. */
const callsToo = (ctx: Context, sink: TextSink): Output => ({
  onEvent: (event) => {
    if (event.kind === 'text') sink.text(event.text)
  },
  end: (reply) => {
    sink.end()
    for (const call of reply?.calls ?? []) ctx.out(`${JSON.stringify(callJson(call))}\n`)
  },
})

/** Reasoning goes to stderr, dim; the answer begins on a line of its own. */
function withReasoning(ctx: Context, quiet: boolean, output: Output): Output {
  let open = false
  const close = () => {
    if (open) ctx.err('\n')
    open = false
  }
  return {
    onEvent: (event) => {
      if (event.kind === 'reasoning' && event.text !== '' && !quiet) {
        open = true
        ctx.err(ctx.tty.err ? ctx.paint.dim(event.text) : event.text)
      }
      if (event.kind === 'text' && event.text !== '') close()
      output.onEvent(event)
    },
    end: (reply) => {
      close()
      output.end(reply)
    },
  }
}

/** Events as they come; the last line is the object of `--json`. */
function lines(ctx: Context): Output {
  const line = (value: object) => ctx.out(`${JSON.stringify(value)}\n`)
  return {
    onEvent: (event) => {
      if (event.kind === 'text' || event.kind === 'reasoning') {
        if (event.text !== '') line({ type: event.kind, text: event.text })
      }
    },
    end: (reply) => reply && line({ type: 'reply', ...replyJson(reply) }),
  }
}

const callJson = ({ id, name, arguments: args }: Reply['calls'][number]) => ({
  id: plainLine(id),
  name: plainLine(name),
  arguments: args,
})

/** The model that answered, as OpenRouter spells it. */
export const answeredBy = ({ stop, model }: Reply): string =>
  stop.target.route === 'direct' ? stop.target.model : plainLine(model || (stop.models[0] ?? ''))

export const providerOf = ({ stop, provider }: Reply): string | undefined =>
  stop.target.route === 'direct' ? stop.name : provider ? plainLine(provider) : undefined

/** `orx.chat/1` */
export function replyJson(reply: Reply): object {
  const { text, reasoning, calls, usage, settled, stop } = reply
  return {
    schema: 'orx.chat/1',
    text,
    reasoning: reasoning === '' ? null : reasoning,
    toolCalls: calls.map(callJson),
    model: answeredBy(reply),
    provider: providerOf(reply) ?? null,
    route: stop.route,
    id: reply.id ? plainLine(reply.id) : null,
    usage: usage ? usageJson(usage) : null,
    cost: usdOrNull(settled.spend),
    costBasis: settled.by,
    estimate: usdOrNull(stop.estimate),
    maxTokens: reply.maxTokens,
    ttftMs: reply.ttftMs ?? null,
    durationMs: reply.durationMs,
    finishReason: reply.finishReason ? plainLine(reply.finishReason) : null,
    end: reply.end,
    hops: reply.hops.map(hopJson),
    receipt: reply.request,
  }
}

const usageJson = ({
  prompt,
  completion,
  cached,
  cacheWrite,
  reasoning,
  ...bill
}: Usage): object => ({
  promptTokens: prompt,
  completionTokens: completion,
  cachedTokens: cached,
  cacheWriteTokens: cacheWrite,
  reasoningTokens: reasoning,
  cost: bill.cost ? toDecimal(bill.cost) : null,
  upstreamCost: bill.upstream ? toDecimal(bill.upstream) : null,
  isByok: bill.isByok ?? null,
})
