import { toNumber, usd } from '../../core/money.ts'
import type { Preferences } from '../../core/policy/routing.ts'
import type { Attachment, Message, Prompt, Target } from '../../core/send/prompt.ts'
import type { ReplyEvent, Usage } from '../../core/send/reply.ts'
import type { Wire } from './wire.ts'
import { count, list, object, string } from './wire.ts'
import { faultIn } from './wire-fault.ts'

/**
 * The body of an OpenAI-shaped chat, with what OpenRouter adds to it and what some providers do not bear. Fields that are
 * undefined are not sent: JSON leaves them out. One plain literal, because spreading and computed names would take a
 * twentieth of a warm request on loopback.
 */
export function openAiBody(prompt: Prompt, target: Target): object {
  const { maxTokens, reasoning, schema, extra } = prompt
  const direct = target.route === 'direct' ? target : undefined
  const router = target.route === 'direct' ? undefined : target
  const completion = direct?.maxTokensField === 'max_completion_tokens'
  const randomSeed = direct?.seedField === 'random_seed'
  const loose = schema && direct?.schemaFormat === 'json_object' ? schema : undefined
  const body = {
    model: direct?.id ?? router?.models[0],
    // `model` comes first whether or not the list repeats it; more than three entries are refused with 400.
    models: router && router.models.length > 1 ? router.models : undefined,
    provider: router && wirePreferences(router.preferences),
    session_id: router?.session,
    messages: [...(loose ? [told(loose)] : []), ...prompt.messages].map(wireMessage),
    stream: prompt.stream,
    stream_options: prompt.stream && direct?.includeUsage ? { include_usage: true } : undefined,
    max_tokens: completion ? undefined : maxTokens,
    max_completion_tokens: completion ? maxTokens : undefined,
    temperature: prompt.temperature,
    top_p: prompt.topP,
    seed: randomSeed ? undefined : prompt.seed,
    random_seed: randomSeed ? prompt.seed : undefined,
    stop: prompt.stop,
    reasoning: router && reasoning ? { effort: reasoning } : undefined,
    reasoning_effort: direct ? reasoning : undefined,
    response_format: loose ? { type: 'json_object' } : schema && strictly(schema),
    tools: prompt.tools,
  }
  return extra ? { ...body, ...extra } : body
}

type Schema = NonNullable<Prompt['schema']>

const strictly = (schema: Schema): object => ({
  type: 'json_schema',
  json_schema: { ...schema, strict: true },
})

/** A sender that takes no schema is told of it in words; JSON mode wants the word "JSON" in the prompt besides. */
const told = ({ schema }: Schema): Message => ({
  role: 'system',
  text: `Answer with one JSON object that fits this JSON Schema: ${JSON.stringify(schema)}`,
})

/** OpenRouter's spelling. Its docs send numbers for `max_price`, of dollars per million tokens. */
function wirePreferences(preferences: Preferences): object | undefined {
  if (Object.keys(preferences).length === 0) return undefined
  const { order, only, ignore, quantizations, zdr, dataCollection } = preferences
  const { allowFallbacks, requireParameters, maxPrice } = preferences
  return {
    order,
    only,
    ignore,
    quantizations,
    zdr,
    data_collection: dataCollection,
    allow_fallbacks: allowFallbacks,
    require_parameters: requireParameters,
    max_price:
      maxPrice &&
      Object.fromEntries(Object.entries(maxPrice).map(([name, rate]) => [name, toNumber(rate)])),
  }
}

function wireMessage({ role, text, attachments }: Message): object {
  if (!attachments?.length) return { role, content: text }
  // Text first: models read pictures in the light of what was asked.
  return { role, content: [{ type: 'text', text }, ...attachments.map(wirePart)] }
}

function wirePart({ kind, name, type, base64 }: Attachment): object {
  const url = `data:${type};base64,${base64}`
  switch (kind) {
    case 'image':
      return { type: 'image_url', image_url: { url } }
    case 'file':
      return { type: 'file', file: { filename: name, file_data: url } }
    case 'audio':
      return {
        type: 'input_audio',
        input_audio: { data: base64, format: type.replace(/^audio\//, '') },
      }
    default:
      return kind satisfies never
  }
}

/** Reads the chunks of one stream. Remembers who answers, so that only changes are told. */
export function openAiReader(): (data: string) => readonly ReplyEvent[] {
  let seen: Wire = {}
  return (data) => {
    if (data === '[DONE]') return DONE
    const parsed = object(JSON.parse(data))
    const events: ReplyEvent[] = []
    if (SENDER.some((field) => parsed[field] !== seen[field])) {
      seen = parsed
      const from = defined(sender(parsed))
      if (Object.keys(from).length > 0) events.push({ kind: 'from', ...from })
    }
    const choice = object(list(parsed['choices'])[0])
    contents(object(choice['delta']), events)
    closing(parsed, choice, events)
    return events
  }
}

const DONE: readonly ReplyEvent[] = [{ kind: 'done' }]

/** Reads an answer that came whole. */
export function openAiWhole(body: unknown): readonly ReplyEvent[] {
  const parsed = object(body)
  const events: ReplyEvent[] = [{ kind: 'from', ...defined(sender(parsed)) }]
  const choice = object(list(parsed['choices'])[0])
  contents(object(choice['message']), events)
  closing(parsed, choice, events)
  return events
}

const SENDER = ['id', 'model', 'provider'] as const

const sender = (parsed: Wire) => ({
  id: string(parsed['id']),
  model: string(parsed['model']),
  provider: string(parsed['provider']),
})

/** Without the keys whose value is undefined. */
const defined = <T extends object>(value: T): { [K in keyof T]: NonNullable<T[K]> } =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as {
    [K in keyof T]: NonNullable<T[K]>
  }

function contents(delta: Wire, events: ReplyEvent[]): void {
  // OpenRouter and Groq say `reasoning`, DeepSeek and vLLM `reasoning_content`.
  const reasoning = string(delta['reasoning']) ?? string(delta['reasoning_content'])
  if (reasoning) events.push({ kind: 'reasoning', text: reasoning })
  const content = delta['content']
  if (typeof content === 'string') {
    if (content !== '') events.push({ kind: 'text', text: content })
  } else partsOf(content, events)
  const refusal = string(delta['refusal'])
  if (refusal) events.push({ kind: 'text', text: refusal })
  const calls = delta['tool_calls']
  if (calls !== undefined)
    for (const [at, each] of list(calls).entries()) events.push(call(each, at))
}

/** Mistral's reasoning models send a list of parts in place of a text. */
function partsOf(content: unknown, events: ReplyEvent[]): void {
  for (const each of list(content)) {
    const part = object(each)
    const text = string(part['text'])
    if (text) events.push({ kind: 'text', text })
    for (const thought of list(part['thinking'])) {
      const thinking = string(object(thought)['text'])
      if (thinking) events.push({ kind: 'reasoning', text: thinking })
    }
  }
}

function call(value: unknown, at: number): ReplyEvent {
  const parsed = object(value)
  const named = object(parsed['function'])
  const index = parsed['index']
  return {
    kind: 'call',
    index: typeof index === 'number' ? index : at,
    ...defined({ id: string(parsed['id']), name: string(named['name']) }),
    arguments: string(named['arguments']) ?? '',
  }
}

/** Usage, finish reason and errors, which may ride on any frame. */
function closing(parsed: Wire, choice: Wire, events: ReplyEvent[]): void {
  const usage = parsed['usage'] ?? object(parsed['x_groq'])['usage']
  if (usage) events.push({ kind: 'usage', usage: usageOf(object(usage)) })
  const error = parsed['error'] ?? choice['error']
  const reason = string(choice['finish_reason'])
  if (error)
    events.push({ kind: 'fault', fault: faultIn(error, undefined, string(parsed['provider'])) })
  else if (reason === 'error') {
    events.push({ kind: 'fault', fault: { kind: 'overloaded', message: 'the provider gave up' } })
  } else if (reason) events.push({ kind: 'finish', reason })
}

/** Counts and bill. DeepSeek counts cached tokens under a name of its own. */
function usageOf(usage: Wire): Usage {
  const prompt = object(usage['prompt_tokens_details'])
  const completion = object(usage['completion_tokens_details'])
  const cost = amount(usage['cost'])
  const upstream = amount(object(usage['cost_details'])['upstream_inference_cost'])
  return {
    prompt: count(usage['prompt_tokens']),
    completion: count(usage['completion_tokens']),
    cached: count(prompt['cached_tokens']) || count(usage['prompt_cache_hit_tokens']),
    cacheWrite: count(prompt['cache_write_tokens']),
    reasoning: count(completion['reasoning_tokens']),
    ...(cost && { cost }),
    ...(upstream && { upstream }),
    ...(typeof usage['is_byok'] === 'boolean' && { isByok: usage['is_byok'] }),
  }
}

/** A JSON number's shortest text is the decimal that was sent, so nothing is lost; also text, as some gateways send it. */
function amount(value: unknown) {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined
  try {
    return usd(String(value))
  } catch {
    return undefined
  }
}
