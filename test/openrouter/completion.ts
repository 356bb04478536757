import type { WireModel } from './catalogue.ts'
import type { Received } from './replies.ts'

/** What the stand-in answers by default: multi-byte characters of 2, 3 and 4 bytes, so that split chunks hurt. */
export const ANSWER = ['Grüße, ', 'สวัสดี', ' and hello 👋', ', world.'] as const

export const PROMPT_TOKENS = 12
export const COMPLETION_TOKENS = 7

/** One answer before it takes the shape of a body or of chunks. */
export type Completion = {
  readonly id: string
  readonly model: string
  /** Display name; undefined for a direct provider, which sends none. */
  readonly provider?: string
  readonly text: readonly string[]
  readonly reasoning?: readonly string[]
  readonly toolCalls?: readonly ToolCall[]
  readonly finish: string
  readonly usage: Readonly<Record<string, unknown>>
}

export type ToolCall = { readonly id: string; readonly name: string; readonly arguments: string }

export type Billing = 'credits' | 'byok' | 'byok-past-allowance' | 'none'

/** The three shapes of a bill that were seen live, and none (a direct provider's). */
export function usageOf(
  model: WireModel | undefined,
  billing: Billing,
): Readonly<Record<string, unknown>> {
  const counts = {
    prompt_tokens: PROMPT_TOKENS,
    completion_tokens: COMPLETION_TOKENS,
    total_tokens: PROMPT_TOKENS + COMPLETION_TOKENS,
    prompt_tokens_details: { cached_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: 0 },
  }
  if (billing === 'none') return counts
  const prompt = exact(PROMPT_TOKENS * Number(model?.pricing['prompt'] ?? 0))
  const completion = exact(COMPLETION_TOKENS * Number(model?.pricing['completion'] ?? 0))
  const list = exact(prompt + completion)
  const cost = { credits: list, byok: 0, 'byok-past-allowance': exact(list * 0.05) }[billing]
  return {
    ...counts,
    cost,
    is_byok: billing !== 'credits',
    cost_details: {
      upstream_inference_cost: list,
      upstream_inference_prompt_cost: prompt,
      upstream_inference_completions_cost: completion,
    },
  }
}

const exact = (amount: number): number => Number(amount.toPrecision(12))

const CREATED = 1_795_348_800

/** The body of an answer that is not streamed. */
export function bodyOf(completion: Completion) {
  const { id, model, provider, text, reasoning, toolCalls, finish, usage } = completion
  return {
    id,
    object: 'chat.completion',
    created: CREATED,
    model,
    ...(provider && { provider }),
    system_fingerprint: null,
    choices: [
      {
        index: 0,
        finish_reason: finish,
        ...(provider && { native_finish_reason: finish }),
        logprobs: null,
        message: {
          role: 'assistant',
          content: text.length > 0 ? text.join('') : null,
          refusal: null,
          ...(reasoning && { reasoning: reasoning.join('') }),
          ...(toolCalls && { tool_calls: toolCalls.map(wireCall) }),
        },
      },
    ],
    usage,
  }
}

const wireCall = ({ id, name, arguments: args }: ToolCall) => ({
  id,
  type: 'function',
  function: { name, arguments: args },
})

export function chunkOf(
  { id, model, provider }: Completion,
  delta: object | null,
  finish: string | null = null,
  more: object = {},
): string {
  return JSON.stringify({
    id,
    object: 'chat.completion.chunk',
    created: CREATED,
    model,
    ...(provider && { provider }),
    choices:
      delta === null
        ? []
        : [
            {
              index: 0,
              delta,
              finish_reason: finish,
              ...(provider && { native_finish_reason: finish }),
              logprobs: null,
            },
          ],
    ...more,
  })
}

/** The chunks up to the finish reason: role first, then reasoning, text and tool calls. */
export function contentChunks(completion: Completion): readonly string[] {
  const { text, reasoning = [], toolCalls = [], finish } = completion
  return [
    chunkOf(completion, { role: 'assistant', content: '' }),
    ...reasoning.map((each) => chunkOf(completion, { content: '', reasoning: each })),
    ...text.map((each) => chunkOf(completion, { content: each })),
    ...toolCalls.flatMap((call, index) => {
      const half = Math.ceil(call.arguments.length / 2)
      const part = (fields: object) => chunkOf(completion, { tool_calls: [{ index, ...fields }] })
      return [
        part({
          id: call.id,
          type: 'function',
          function: { name: call.name, arguments: call.arguments.slice(0, half) },
        }),
        part({ function: { arguments: call.arguments.slice(half) } }),
      ]
    }),
    chunkOf(completion, { content: '' }, finish),
  ]
}

export const usageChunk = (completion: Completion): string =>
  chunkOf(completion, null, null, { usage: completion.usage })

export const frame = (payload: string, eol = '\n'): string => `data: ${payload}${eol}${eol}`

export const DONE = frame('[DONE]')

/** All frames of a streamed answer. */
export const framesOf = (completion: Completion): readonly string[] => [
  ...[...contentChunks(completion), usageChunk(completion)].map((each) => frame(each)),
  DONE,
]

type Asked = {
  readonly model?: string
  readonly models?: readonly string[]
  readonly stream?: boolean
  readonly stream_options?: { readonly include_usage?: boolean }
  readonly response_format?: { readonly type: string }
  readonly tools?: readonly { readonly function?: { readonly name?: string } }[]
  readonly messages?: readonly { readonly content: unknown }[]
}

export const asked = ({ body }: Received): Asked =>
  typeof body === 'object' && body !== null ? (body as Asked) : {}
