import { endpointsOf, type WireModel } from './catalogue.ts'
import {
  ANSWER,
  asked,
  type Billing,
  bodyOf,
  type Completion,
  contentChunks,
  DONE,
  frame,
  framesOf,
  usageOf,
} from './completion.ts'
import { FAULTS, type FaultName } from './faults.ts'
import { json, type Received, type Reply, stream } from './replies.ts'

export type ChatSettings = {
  readonly models: readonly WireModel[]
  /** How the account pays; changes the bill in `usage`. */
  billing: Billing
  /** Replaces parts of every healthy answer, e.g. its text. */
  answer: Partial<Completion>
}

let count = 0

/** OpenRouter's `/chat/completions`. */
export const openRouterChat =
  (settings: ChatSettings): Reply =>
  (response, request) => {
    const refusal = refused(request, settings.models)
    if (refusal) return refusal(response, request)
    const fault = typedFault(request)
    if (fault) return FAULTS[fault]((each) => routed(settings, each))(response, request)
    const completion = routed(settings, request)
    const headers = { 'x-generation-id': completion.id }
    const reply = asked(request).stream
      ? stream(framesOf(completion), headers)
      : json(200, bodyOf(completion), headers)
    return reply(response, request)
  }

/** The healthy answer of the first model asked for. */
export function routed(settings: ChatSettings, request: Received): Completion {
  const { model: id = '', models = [] } = asked(request)
  const wanted = (id || models[0] || '').replace(/:(nitro|floor|exacto|online)\b/g, '')
  const model = settings.models.find((each) => each.id === wanted)
  return {
    id: `gen-${1_795_348_800 + ++count}-stand-in`,
    model: wanted,
    provider: String(model ? (endpointsOf(model)[0]?.['provider_name'] ?? '') : 'Unknown'),
    text: ANSWER,
    finish: 'stop',
    usage: usageOf(model, settings.billing),
    ...settings.answer,
  }
}

const bad = (code: number, message: string): Reply => json(code, { error: { code, message } })

function refused(request: Received, models: readonly WireModel[]): Reply | undefined {
  const { model, models: list = [], messages } = asked(request)
  if (!/^Bearer sk-/.test(request.headers.authorization ?? '')) {
    return bad(401, 'No auth credentials found')
  }
  if (!messages?.length) return bad(400, 'Input required: specify "prompt" or "messages"')
  if (list.length > 3) return bad(400, "'models' array must have 3 items or fewer.")
  const wanted = (model ?? list[0] ?? '').replace(/:(nitro|floor|exacto|online)\b/g, '')
  if (!models.some(({ id }) => id === wanted)) return bad(400, `${wanted} is not a valid model ID`)
  return undefined
}

/** `!fault NAME` at the end of a prompt, so that faults can be tried by hand. */
function typedFault(request: Received): FaultName | undefined {
  const last = JSON.stringify(asked(request).messages?.at(-1)?.content ?? '')
  const [, name] = /!fault ([a-z0-9 -]+)/.exec(last) ?? []
  return name && name in FAULTS ? (name as FaultName) : undefined
}

/** How OpenAI-shaped providers differ from OpenAI on the wire. */
export type Dialect = 'openai' | 'mistral' | 'groq' | 'deepseek'

/** A provider's own `/chat/completions`: no bill, its own ids, its own habits. */
export const openAiChat =
  (dialect: Dialect, answer: Partial<Completion>): Reply =>
  (response, request) => {
    const { stream: streamed, stream_options, messages, response_format } = asked(request)
    if (!request.headers.authorization?.startsWith('Bearer ')) {
      return json(401, {
        error: {
          message: 'Incorrect API key provided',
          type: 'invalid_request_error',
          code: 'invalid_api_key',
        },
      })(response, request)
    }
    if (dialect === 'mistral' && stream_options) {
      return json(422, {
        detail: [
          {
            type: 'extra_forbidden',
            loc: ['body', 'stream_options', 'include_usage'],
            msg: 'Extra inputs are not permitted',
          },
        ],
      })(response, request)
    }
    if (dialect === 'deepseek' && response_format?.type === 'json_schema') {
      return json(400, {
        error: {
          message: 'This response_format type is unavailable now',
          type: 'invalid_request_error',
          code: 'invalid_request_error',
        },
      })(response, request)
    }
    if (!messages?.length)
      return json(400, {
        error: { message: 'messages is required', type: 'invalid_request_error', code: null },
      })(response, request)
    const completion = ownAnswer(request, answer)
    const reply = streamed
      ? stream([...ownChunks(completion, dialect, stream_options?.include_usage === true), DONE])
      : json(200, bodyOf(completion))
    return reply(response, request)
  }

/** The healthy answer of a provider itself. */
export const ownAnswer = (request: Received, answer: Partial<Completion> = {}): Completion => ({
  id: `chatcmpl-${++count}`,
  model: asked(request).model ?? '',
  text: ANSWER,
  finish: 'stop',
  usage: usageOf(undefined, 'none'),
  ...answer,
})

function ownChunks(
  completion: Completion,
  dialect: Dialect,
  usageAsked: boolean,
): readonly string[] {
  const chunks = contentChunks(completion).map((each) => JSON.parse(each))
  const last = chunks.at(-1)
  if (dialect === 'groq') last.x_groq = { id: 'req_1', usage: completion.usage }
  if (dialect === 'mistral') last.usage = completion.usage
  if ((dialect === 'openai' || dialect === 'deepseek') && usageAsked) {
    chunks.push({ ...last, choices: [], usage: completion.usage })
  }
  if (dialect === 'deepseek') {
    chunks.splice(1, 0, {
      ...chunks[0],
      choices: [
        { index: 0, delta: { content: null, reasoning_content: 'Hmm.' }, finish_reason: null },
      ],
    })
  }
  return chunks.map((each) => frame(JSON.stringify(each)))
}
