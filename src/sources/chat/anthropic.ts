import type { Message, Prompt, Target } from '../../core/send/prompt.ts'
import type { ReplyEvent, Usage } from '../../core/send/reply.ts'
import { count, list, object, string, type Wire } from './wire.ts'
import { faultIn } from './wire-fault.ts'

/** Tokens to think with, by effort: Anthropic counts a budget instead. Its least is 1,024 (docs.anthropic.com, 2026-11). */
const THINKING = { low: 1024, medium: 4096, high: 16_384 } as const

const LEAST_THINKING = 1024
const LEAST_TEXT = 256

/** Within the cap, which counts thinking too. None where the cap has no room, nor beside a forced tool, which Anthropic refuses. */
function thinkingBudget({ reasoning, maxTokens, schema }: Prompt): number | undefined {
  if (!reasoning || schema) return undefined
  const budget = Math.min(THINKING[reasoning], maxTokens - LEAST_TEXT)
  return budget >= LEAST_THINKING ? budget : undefined
}

/** The tool through which a JSON Schema is asked of models that know no `response_format`. */
const ANSWER_TOOL = 'answer'

/** The body of Anthropic's messages: the system prompt apart, roles alternating, a cap always given. */
export function anthropicBody(
  prompt: Prompt,
  target: Target & { readonly route: 'direct' },
): object {
  const { temperature, topP, stop, schema, tools, stream } = prompt
  const system = prompt.messages.filter(({ role }) => role === 'system').map(({ text }) => text)
  const budget = thinkingBudget(prompt)
  return {
    model: target.id,
    max_tokens: prompt.maxTokens,
    ...(system.length > 0 && { system: system.join('\n\n') }),
    messages: prompt.messages.filter(({ role }) => role !== 'system').map(wireMessage),
    stream,
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { top_p: topP }),
    ...(stop && { stop_sequences: stop }),
    ...(budget && { thinking: { type: 'enabled', budget_tokens: budget } }),
    ...((tools || schema) && { tools: [...(tools ?? []).map(wireTool), ...answerTool(schema)] }),
    ...(schema && { tool_choice: { type: 'tool', name: ANSWER_TOOL } }),
    ...prompt.extra,
  }
}

const answerTool = (schema: Prompt['schema']): object[] =>
  schema
    ? [{ name: ANSWER_TOOL, description: 'Gives the answer.', input_schema: schema.schema }]
    : []

function wireTool(tool: object): object {
  const { name, description, parameters } = object(object(tool)['function'])
  return {
    name,
    ...(description ? { description } : {}),
    input_schema: parameters ?? { type: 'object' },
  }
}

function wireMessage({ role, text, attachments }: Message): object {
  if (!attachments?.length) return { role, content: text }
  const parts = attachments.map(({ kind, type, base64 }) => ({
    type: kind === 'image' ? 'image' : 'document',
    source: { type: 'base64', media_type: type, data: base64 },
  }))
  return { role, content: [...parts, { type: 'text', text }] }
}

/** Reads the events of one stream. Input tokens come first, output tokens last; the tool of a schema becomes text. */
export function anthropicReader(): (data: string) => readonly ReplyEvent[] {
  let counts: Wire = {}
  const kinds = new Map<unknown, Block>()
  return (data) => {
    const parsed = object(JSON.parse(data))
    switch (parsed['type']) {
      case 'message_start': {
        const message = object(parsed['message'])
        counts = object(message['usage'])
        return [{ kind: 'from', ...sender(message) }]
      }
      case 'content_block_start':
        return opened(parsed, kinds)
      case 'content_block_delta':
        return grown(object(parsed['delta']), kinds.get(parsed['index']))
      case 'message_delta':
        counts = { ...counts, ...object(parsed['usage']) }
        return [
          { kind: 'usage', usage: usageOf(counts) },
          ...finish(object(parsed['delta'])['stop_reason']),
        ]
      case 'message_stop':
        return [{ kind: 'done' }]
      case 'error':
        return [{ kind: 'fault', fault: faultIn(parsed['error'], undefined) }]
      default:
        return [{ kind: 'alive' }]
    }
  }
}

type Block = { readonly kind: 'text' } | { readonly kind: 'call'; readonly index: number }

function opened(parsed: Wire, blocks: Map<unknown, Block>): readonly ReplyEvent[] {
  const block = object(parsed['content_block'])
  const name = string(block['name'])
  if (block['type'] !== 'tool_use' || name === ANSWER_TOOL) {
    blocks.set(parsed['index'], { kind: 'text' })
    const text = string(block['text'])
    return text ? [{ kind: 'text', text }] : []
  }
  const index = [...blocks.values()].filter(({ kind }) => kind === 'call').length
  blocks.set(parsed['index'], { kind: 'call', index })
  return [{ kind: 'call', index, id: string(block['id']) ?? '', name: name ?? '', arguments: '' }]
}

function grown(delta: Wire, block: Block | undefined): readonly ReplyEvent[] {
  const text = string(delta['text'])
  if (text) return [{ kind: 'text', text }]
  const thinking = string(delta['thinking'])
  if (thinking) return [{ kind: 'reasoning', text: thinking }]
  const json = string(delta['partial_json'])
  if (!json) return []
  return block?.kind === 'call'
    ? [{ kind: 'call', index: block.index, arguments: json }]
    : [{ kind: 'text', text: json }]
}

/** Reads an answer that came whole. */
export function anthropicWhole(body: unknown): readonly ReplyEvent[] {
  const parsed = object(body)
  if (parsed['type'] === 'error') {
    return [{ kind: 'fault', fault: faultIn(parsed['error'], undefined) }]
  }
  let calls = 0
  const events = list(parsed['content']).flatMap((each): ReplyEvent[] => {
    const block = object(each)
    if (block['type'] !== 'tool_use') {
      const thinking = string(block['thinking'])
      if (thinking) return [{ kind: 'reasoning', text: thinking }]
      return [{ kind: 'text', text: string(block['text']) ?? '' }]
    }
    const json = JSON.stringify(block['input'] ?? {})
    const name = string(block['name']) ?? ''
    if (name === ANSWER_TOOL) return [{ kind: 'text', text: json }]
    return [{ kind: 'call', index: calls++, id: string(block['id']) ?? '', name, arguments: json }]
  })
  return [
    { kind: 'from', ...sender(parsed) },
    ...events,
    { kind: 'usage', usage: usageOf(object(parsed['usage'])) },
    ...finish(parsed['stop_reason']),
  ]
}

function sender(message: Wire) {
  const id = string(message['id'])
  const model = string(message['model'])
  return { ...(id && { id }), ...(model && { model }) }
}

const REASONS: Readonly<Record<string, string>> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  max_tokens: 'length',
  tool_use: 'tool_calls',
  refusal: 'content_filter',
}

function finish(reason: unknown): readonly ReplyEvent[] {
  const text = string(reason)
  return text ? [{ kind: 'finish', reason: REASONS[text] ?? text }] : []
}

/** Anthropic counts cached and written tokens beside the input, not within it. */
function usageOf(usage: Wire): Usage {
  const cached = count(usage['cache_read_input_tokens'])
  const cacheWrite = count(usage['cache_creation_input_tokens'])
  return {
    prompt: count(usage['input_tokens']) + cached + cacheWrite,
    completion: count(usage['output_tokens']),
    cached,
    cacheWrite,
    reasoning: 0,
  }
}
