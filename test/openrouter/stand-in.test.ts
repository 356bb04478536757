import { ChatResult$inboundSchema } from '@openrouter/sdk/models/chatresult.js'
import { ChatStreamChunk$inboundSchema } from '@openrouter/sdk/models/chatstreamchunk.js'
import { GenerationResponse$inboundSchema } from '@openrouter/sdk/models/generationresponse.js'
import { ListEndpointsResponse$inboundSchema } from '@openrouter/sdk/models/listendpointsresponse.js'
import { ModelsListResponse$inboundSchema } from '@openrouter/sdk/models/modelslistresponse.js'
import { GetCurrentKeyResponse$inboundSchema } from '@openrouter/sdk/models/operations/getcurrentkey.js'
import OpenAI from 'openai'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ANSWER } from './completion.ts'
import { FAULTS, type FaultName } from './faults.ts'
import { hangUp, json } from './replies.ts'
import { refusedUrl, type StandIn, startStandIn } from './server.ts'

// The stand-in is kept true by clients and schemas that are not ours: the `openai` SDK and OpenRouter's own SDK.
let standIn: StandIn
beforeAll(async () => {
  standIn = await startStandIn()
})
afterAll(() => standIn.close())
beforeEach(() => {
  standIn.chat.billing = 'credits'
  standIn.chat.answer = {}
})

const AUTHORIZATION = { authorization: 'Bearer sk-or-v1-test' }
const MESSAGES = [{ role: 'user' as const, content: 'Hello' }]
const TEXT = ANSWER.join('')

const sdk = (baseURL: string) =>
  new OpenAI({ apiKey: 'sk-or-v1-test', baseURL, maxRetries: 0, timeout: 5_000 })

const ask = (body: object) =>
  fetch(`${standIn.url}/chat/completions`, {
    method: 'POST',
    headers: { ...AUTHORIZATION, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'deepseek/deepseek-chat', messages: MESSAGES, ...body }),
  })

const get = async (path: string) =>
  (await fetch(standIn.url + path, { headers: AUTHORIZATION })).json()

async function streamedText(client: OpenAI, model: string) {
  const stream = await client.chat.completions.create({
    model,
    messages: MESSAGES,
    stream: true,
    stream_options: { include_usage: true },
  })
  let text = ''
  for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? ''
  return text
}

describe('catalogue routes', () => {
  test.each(['/models', '/providers', '/models/openai/gpt-5.1/endpoints'])(
    '%s answers 304 to its own ETag',
    async (path) => {
      const first = await fetch(standIn.url + path)
      expect(first.status).toBe(200)
      const etag = first.headers.get('etag') ?? ''
      const second = await fetch(standIn.url + path, { headers: { 'if-none-match': etag } })
      expect(second.status).toBe(304)
    },
  )
  test('scripted replies come first, in order, and only once', async () => {
    standIn.script('/providers', json(503, { error: { code: 503, message: 'no' } }), hangUp)
    expect((await fetch(`${standIn.url}/providers`)).status).toBe(503)
    await expect(fetch(`${standIn.url}/providers`)).rejects.toThrow()
    expect((await fetch(`${standIn.url}/providers`)).status).toBe(200)
  })
  test('a refused URL refuses', async () => {
    await expect(fetch(await refusedUrl())).rejects.toThrow()
  })
})

describe("OpenRouter's own schemas accept", () => {
  test('the model list', async () => {
    expect(ModelsListResponse$inboundSchema.safeParse(await get('/models')).error).toBeUndefined()
  })
  test.each(['openai/gpt-5.1', 'deepseek/deepseek-chat', 'openrouter/auto'])(
    'the endpoints of %s',
    async (id) => {
      const body = (await get(`/models/${id}/endpoints`)) as { data: unknown }
      const parsed = ListEndpointsResponse$inboundSchema.safeParse(body.data)
      expect(parsed.error).toBeUndefined()
    },
  )
  test('a completion, billed in all three ways', async () => {
    for (const billing of ['credits', 'byok', 'byok-past-allowance'] as const) {
      standIn.chat.billing = billing
      const body = await (await ask({})).json()
      expect(ChatResult$inboundSchema.safeParse(body).error).toBeUndefined()
    }
  })
  test('every chunk of a stream', async () => {
    standIn.chat.answer = {
      reasoning: ['Let me ', 'see.'],
      toolCalls: [{ id: 'call_1', name: 'add', arguments: '{"a":1,"b":2}' }],
    }
    const text = await (await ask({ stream: true })).text()
    const payloads = [...text.matchAll(/^data: (\{.*)$/gm)].map(([, payload]) => payload ?? '')
    expect(payloads.length).toBeGreaterThan(8)
    for (const payload of payloads) {
      const parsed = ChatStreamChunk$inboundSchema.safeParse(JSON.parse(payload))
      expect(parsed.error).toBeUndefined()
    }
  })
  test('the key', async () => {
    expect(GetCurrentKeyResponse$inboundSchema.safeParse(await get('/key')).error).toBeUndefined()
  })
  test('a generation, which is 404 at first', async () => {
    expect(await get('/generation?id=gen-1')).toMatchObject({ error: { code: 404 } })
    const body = await get('/generation?id=gen-1')
    expect(GenerationResponse$inboundSchema.safeParse(body).error).toBeUndefined()
  })
})

describe('the openai SDK', () => {
  test.each(['/api/v1', '/openai/v1', '/groq/openai/v1', '/deepseek'])(
    'reads an answer of %s, streamed and whole',
    async (base) => {
      const client = sdk(standIn.origin + base)
      expect(await streamedText(client, 'deepseek/deepseek-chat')).toBe(TEXT)
      const whole = await client.chat.completions.create({
        model: 'deepseek/deepseek-chat',
        messages: MESSAGES,
      })
      expect(whole.choices[0]?.message.content).toBe(TEXT)
      expect(whole.usage?.total_tokens).toBe(19)
    },
  )
  test('is refused by Mistral for stream_options', async () => {
    const asking = streamedText(sdk(`${standIn.origin}/mistral/v1`), 'mistral-small-latest')
    await expect(asking).rejects.toMatchObject({ status: 422 })
  })
  const healthy: FaultName[] = [
    'comments',
    'slow first token',
    'bytewise',
    'crlf',
    'several data lines',
    'usage with a choice',
    'no done',
    'slow headers',
  ]
  test.each(healthy)('survives "%s"', async (fault) => {
    standIn.fail([fault])
    expect(await streamedText(sdk(standIn.url), 'deepseek/deepseek-chat')).toBe(TEXT)
  })
  test.each(Object.keys(FAULTS).filter((name) => /^[45]\d\d/.test(name)) as FaultName[])(
    'sees "%s"',
    async (fault) => {
      standIn.fail([fault])
      const asking = streamedText(sdk(standIn.url), 'deepseek/deepseek-chat')
      await expect(asking).rejects.toMatchObject({ status: Number(fault.slice(0, 3)) })
    },
  )
  test('needs a key, a known model and at most three fallbacks', async () => {
    const statuses = await Promise.all([
      fetch(`${standIn.url}/chat/completions`, { method: 'POST', body: '{}' }),
      ask({ model: 'nobody/nothing' }),
      ask({ models: ['a/a', 'b/b', 'c/c', 'd/d'] }),
      ask({ messages: [] }),
    ])
    expect(statuses.map(({ status }) => status)).toEqual([401, 400, 400, 400])
  })
  test('a fault can be typed', async () => {
    const content = 'try !fault 529'
    expect((await ask({ messages: [{ role: 'user', content }] })).status).toBe(529)
  })
})

describe("Anthropic's messages", () => {
  const send = (headers: Record<string, string>, body: object) =>
    fetch(`${standIn.origin}/anthropic/v1/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ model: 'claude-sonnet-4-5', messages: MESSAGES, ...body }),
    })
  const headers = { 'x-api-key': 'sk-ant-test', 'anthropic-version': '2023-06-01' }

  test('need a key, a version and max_tokens', async () => {
    const { 'x-api-key': key } = headers
    expect((await send({}, {})).status).toBe(401)
    expect((await send({ 'x-api-key': key }, { max_tokens: 9 })).status).toBe(400)
    expect((await send(headers, {})).status).toBe(400)
  })
  test('come whole and streamed', async () => {
    const whole = await (await send(headers, { max_tokens: 9 })).json()
    expect(whole).toMatchObject({ content: [{ type: 'text', text: TEXT }] })
    const text = await (await send(headers, { max_tokens: 9, stream: true })).text()
    const events = [...text.matchAll(/^event: (.*)$/gm)].map(([, name]) => name)
    expect(events[0]).toBe('message_start')
    expect(events.slice(-2)).toEqual(['message_delta', 'message_stop'])
  })
})
