import { ANSWER, asked, COMPLETION_TOKENS, type Completion, PROMPT_TOKENS } from './completion.ts'
import { json, type Reply, type Step, stream } from './replies.ts'

const event = (type: string, fields: object): string =>
  `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`

/** An error as Anthropic sends it, over HTTP or inside a stream. */
export const anthropicError = (type: string, message: string) => ({
  type: 'error',
  error: { type, message },
  request_id: 'req_1',
})

/** Anthropic's `/v1/messages`. */
export const anthropicMessages =
  (answer: Partial<Completion>): Reply =>
  (response, request) => {
    const { headers } = request
    if (!headers['x-api-key']) {
      return json(401, anthropicError('authentication_error', 'x-api-key header is required'))(
        response,
        request,
      )
    }
    if (headers['anthropic-version'] !== '2023-06-01') {
      return json(
        400,
        anthropicError('invalid_request_error', 'anthropic-version: header is required'),
      )(response, request)
    }
    const body = asked(request) as {
      readonly max_tokens?: number
      readonly model?: string
      readonly messages?: readonly { readonly role?: string }[]
      readonly stream?: boolean
    }
    if (!body.max_tokens)
      return json(400, anthropicError('invalid_request_error', 'max_tokens: Field required'))(
        response,
        request,
      )
    if (body.messages?.some(({ role }) => role !== 'user' && role !== 'assistant')) {
      return json(400, anthropicError('invalid_request_error', 'messages: Unexpected role'))(
        response,
        request,
      )
    }
    const reply = body.stream
      ? stream(anthropicSteps(body.model ?? '', answer))
      : json(200, whole(body.model ?? '', answer))
    return reply(response, request)
  }

const usage = {
  input_tokens: PROMPT_TOKENS - 2,
  cache_read_input_tokens: 2,
  cache_creation_input_tokens: 0,
}

function message(model: string) {
  return { id: 'msg_1', type: 'message', role: 'assistant', model, stop_sequence: null }
}

function blocks({ text = ANSWER, reasoning, toolCalls = [] }: Partial<Completion>) {
  return [
    ...(reasoning ? [{ type: 'thinking', thinking: reasoning.join(''), signature: 'c2ln' }] : []),
    ...(text.length > 0 ? [{ type: 'text', text: text.join('') }] : []),
    ...toolCalls.map((call) => ({
      type: 'tool_use',
      id: call.id,
      name: call.name,
      input: JSON.parse(call.arguments),
    })),
  ]
}

const stopReason = (finish = 'stop'): string =>
  ({ stop: 'end_turn', length: 'max_tokens', tool_calls: 'tool_use' })[finish] ?? finish

const whole = (model: string, answer: Partial<Completion>) => ({
  ...message(model),
  content: blocks(answer),
  stop_reason: stopReason(answer.finish),
  usage: { ...usage, output_tokens: COMPLETION_TOKENS },
})

/** The events of a streamed message. */
export function anthropicSteps(model: string, answer: Partial<Completion> = {}): readonly Step[] {
  const { text = ANSWER, reasoning, toolCalls = [], finish } = answer
  let index = 0
  const block = (start: object, deltas: readonly object[]): Step[] => {
    const at = index++
    return [
      event('content_block_start', { index: at, content_block: start }),
      ...deltas.map((delta) => event('content_block_delta', { index: at, delta })),
      event('content_block_stop', { index: at }),
    ]
  }
  return [
    event('message_start', {
      message: {
        ...message(model),
        content: [],
        stop_reason: null,
        usage: { ...usage, output_tokens: 1 },
      },
    }),
    event('ping', {}),
    ...(reasoning
      ? block({ type: 'thinking', thinking: '', signature: '' }, [
          ...reasoning.map((thinking) => ({ type: 'thinking_delta', thinking })),
          { type: 'signature_delta', signature: 'c2ln' },
        ])
      : []),
    ...(text.length > 0
      ? block(
          { type: 'text', text: '' },
          text.map((each) => ({ type: 'text_delta', text: each })),
        )
      : []),
    ...toolCalls.flatMap((call) =>
      block({ type: 'tool_use', id: call.id, name: call.name, input: {} }, [
        { type: 'input_json_delta', partial_json: '' },
        { type: 'input_json_delta', partial_json: call.arguments },
      ]),
    ),
    event('message_delta', {
      delta: { stop_reason: stopReason(finish), stop_sequence: null },
      usage: { output_tokens: COMPLETION_TOKENS },
    }),
    event('message_stop', {}),
  ]
}
