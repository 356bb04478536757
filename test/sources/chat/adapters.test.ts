import { describe, expect, test } from 'vitest'
import { usd } from '../../../src/core/money.ts'
import { anthropicReader, anthropicWhole } from '../../../src/sources/chat/anthropic.ts'
import { openAiReader, openAiWhole } from '../../../src/sources/chat/openai.ts'
import { faultOf } from '../../../src/sources/chat/wire-fault.ts'

const NOW = new Date('2026-11-22T12:00:00Z')

describe('usage, wherever it rides', () => {
  const counts = { prompt_tokens: 12, completion_tokens: 7 }
  test.each([
    ['a last frame without choices', { choices: [], usage: counts }],
    ['a last frame with an empty delta', { choices: [{ delta: { content: '' } }], usage: counts }],
    ['Groq', { choices: [], x_groq: { usage: counts } }],
  ])('%s', (_, chunk) => {
    expect(openAiReader()(JSON.stringify(chunk))).toEqual([
      {
        kind: 'usage',
        usage: { prompt: 12, completion: 7, cached: 0, cacheWrite: 0, reasoning: 0 },
      },
    ])
  })
  test('DeepSeek counts cached tokens under a name of its own', () => {
    const [event] = openAiReader()(
      JSON.stringify({ choices: [], usage: { ...counts, prompt_cache_hit_tokens: 8 } }),
    )
    expect(event).toMatchObject({ usage: { cached: 8 } })
  })
  test('a cost keeps every digit', () => {
    const [event] = openAiReader()('{"choices":[],"usage":{"cost":2.0833333e-8,"is_byok":false}}')
    expect(event).toMatchObject({ usage: { cost: usd('0.000000020833333'), isByok: false } })
  })
})

describe('reasoning under its three names', () => {
  test.each([
    ['OpenRouter', { delta: { content: '', reasoning: 'Hm' } }],
    ['DeepSeek', { delta: { content: null, reasoning_content: 'Hm' } }],
    ['Mistral', { delta: { content: [{ type: 'thinking', thinking: [{ text: 'Hm' }] }] } }],
  ])('%s', (_, choice) => {
    expect(openAiReader()(JSON.stringify({ choices: [choice] }))).toEqual([
      { kind: 'reasoning', text: 'Hm' },
    ])
  })
})

test('who answers is told once, and again when it changes', () => {
  const read = openAiReader()
  const chunk = (provider: string) =>
    JSON.stringify({ id: 'gen-1', model: 'm', provider, choices: [] })
  const kinds = ['A', 'A', 'B'].map((provider) => read(chunk(provider)).map(({ kind }) => kind))
  expect(kinds).toEqual([['from'], [], ['from']])
})

test('an answer that came whole is read like a streamed one', () => {
  const events = openAiWhole({
    id: 'gen-1',
    choices: [{ finish_reason: 'stop', message: { content: 'Hi', reasoning: 'Hm' } }],
  })
  expect(events).toEqual([
    { kind: 'from', id: 'gen-1' },
    { kind: 'reasoning', text: 'Hm' },
    { kind: 'text', text: 'Hi' },
    { kind: 'finish', reason: 'stop' },
  ])
})

describe('Anthropic', () => {
  const read = (...events: readonly object[]) => {
    const reader = anthropicReader()
    return events.flatMap((event) => reader(JSON.stringify(event)))
  }
  test('counts cached tokens beside the input, which OpenAI counts within it', () => {
    const usage = { input_tokens: 10, cache_read_input_tokens: 2, cache_creation_input_tokens: 3 }
    const events = read(
      { type: 'message_start', message: { id: 'msg_1', model: 'claude', usage } },
      { type: 'message_delta', delta: { stop_reason: 'max_tokens' }, usage: { output_tokens: 7 } },
      { type: 'message_stop' },
    )
    expect(events).toEqual([
      { kind: 'from', id: 'msg_1', model: 'claude' },
      {
        kind: 'usage',
        usage: { prompt: 15, completion: 7, cached: 2, cacheWrite: 3, reasoning: 0 },
      },
      { kind: 'finish', reason: 'length' },
      { kind: 'done' },
    ])
  })
  test('tool calls come in pieces; the tool of a schema becomes text', () => {
    const start = (index: number, name: string) => ({
      type: 'content_block_start',
      index,
      content_block: { type: 'tool_use', id: `t${index}`, name },
    })
    const piece = (index: number, partial_json: string) => ({
      type: 'content_block_delta',
      index,
      delta: { type: 'input_json_delta', partial_json },
    })
    expect(
      read(start(0, 'add'), piece(0, '{"a":'), piece(0, '1}'), start(1, 'answer'), piece(1, '{}')),
    ).toEqual([
      { kind: 'call', index: 0, id: 't0', name: 'add', arguments: '' },
      { kind: 'call', index: 0, arguments: '{"a":' },
      { kind: 'call', index: 0, arguments: '1}' },
      { kind: 'text', text: '{}' },
    ])
  })
  test('an error within the stream keeps its meaning', () => {
    const error = { type: 'overloaded_error', message: 'Overloaded' }
    const fault = { kind: 'overloaded', status: 529, message: 'Overloaded' }
    expect(read({ type: 'error', error })).toEqual([{ kind: 'fault', fault }])
    expect(anthropicWhole({ type: 'error', error })).toEqual([{ kind: 'fault', fault }])
  })
})

describe('errors', () => {
  test.each([
    [
      'OpenAI',
      401,
      { error: { message: 'Incorrect API key provided', code: 'invalid_api_key' } },
      { kind: 'key', message: 'Incorrect API key provided' },
    ],
    [
      'Mistral',
      422,
      { detail: [{ loc: ['body', 'x'], msg: 'Extra inputs are not permitted' }] },
      { kind: 'malformed', message: 'body.x: Extra inputs are not permitted' },
    ],
    [
      'a provider behind OpenRouter',
      429,
      {
        error: {
          code: 429,
          message: 'Provider returned error',
          metadata: { provider_name: 'Novita', raw: '{"message":"slow down"}' },
        },
      },
      { kind: 'limited', provider: 'Novita', message: 'Provider returned error: slow down' },
    ],
    [
      'availability',
      503,
      { error: { code: 503, message: 'x', availability: { retryable: true, retry_after: 2 } } },
      { retryable: true, retryAfterMs: 2000 },
    ],
    ['a web page', 502, '<html>', { kind: 'overloaded', message: 'HTTP 502' }],
    [
      'escape sequences',
      400,
      { error: { message: '\u001b[2Jbad\nthing' } },
      { message: 'bad thing' },
    ],
  ])('%s', (_, status, body, expected) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    expect(faultOf(status, {}, text, NOW)).toMatchObject({ status, ...expected })
  })
  test.each([
    ['2', 2000],
    ['Sun, 22 Nov 2026 12:00:30 GMT', 30_000],
    ['Sun, 22 Nov 2026 11:00:00 GMT', 0],
    ['soon', undefined],
  ])('Retry-After: %s', (text, ms) =>
    expect(faultOf(429, { 'retry-after': text }, '', NOW).retryAfterMs).toBe(ms),
  )
})
