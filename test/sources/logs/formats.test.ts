import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { filesOf, read } from './read.ts'

const GENERATIONS = `generation_id,created_at,cost_total,cost_web_search,cost_cache,cost_file_processing,byok_usage_inference,tokens_prompt,tokens_completion,tokens_reasoning,tokens_cached,model_permaslug,provider_name,variant,cancelled,streamed,user,finish_reason_raw,finish_reason_normalized,generation_time_ms,time_to_first_token_ms,api_key_disabled,api_key_name,app_name
gen-1,2026-09-30 23:59:59.271,0.01,0.004,-0.001,0,0,1000,200,50,400,openai/gpt-5.1-20251113,OpenAI,standard,false,true,,stop,stop,900,300,false,main,"App, ""one""
two lines"
gen-2,2026-10-01 02:37:51.271,0.0002,0,0,0,0.004,3000,20,0,0,openai/gpt-5.1-20251113,OpenAI,standard,false,true,u,stop,stop,900,300,false,main,x
gen-3,2026-10-01 02:38:51.271,0,0,0,0,0,30,20,0,0,deepseek/deepseek-r1-0528,Chutes,free,false,true,u,stop,stop,900,300,false,main,x
`

describe('OpenRouter', () => {
  const understood = [
    {
      model: 'openai/gpt-5.1-20251113',
      day: '2026-09-30',
      requests: 1,
      input: 1000,
      output: 200,
      cacheRead: 400,
      reasoning: 50,
      paid: '0.01',
      extra: '0.004',
    },
    {
      model: 'openai/gpt-5.1-20251113',
      day: '2026-10-01',
      requests: 1,
      input: 3000,
      output: 20,
      paid: '0.0042',
      byok: '0.004',
    },
    {
      model: 'deepseek/deepseek-r1-0528:free',
      day: '2026-10-01',
      requests: 1,
      input: 30,
      output: 20,
      paid: '0',
    },
  ]

  test.each([
    ['as exported', GENERATIONS],
    ['with a byte-order mark', `\ufeff${GENERATIONS}`],
    ['with CRLF', GENERATIONS.replaceAll('\n', '\r\n')],
    ['without the last newline', GENERATIONS.trimEnd()],
    ['packed', gzipSync(GENERATIONS)],
    [
      'in two packed parts',
      Buffer.concat([gzipSync(GENERATIONS.slice(0, 700)), gzipSync(GENERATIONS.slice(700))]),
    ],
  ])('generations %s', async (_, content) => {
    const { cells, skipped } = await read(filesOf(content))
    expect({ cells, skipped }).toEqual({ cells: understood, skipped: [] })
  })

  test('generations from a pipe', async () => {
    const { cells } = await read(['-'], { stdin: Readable.from([Buffer.from(GENERATIONS)]) })
    expect(cells).toEqual(understood)
  })

  test('generations with their columns in any order', async () => {
    const { cells } = await read(
      filesOf(
        'user,model_permaslug,tokens_completion,cost_total,tokens_prompt,created_at\n"a,\nb",openai/gpt-5.1,20,0.5,10,2026-10-01\n',
      ),
    )
    expect(cells).toEqual([
      {
        model: 'openai/gpt-5.1',
        day: '2026-10-01',
        requests: 1,
        input: 10,
        output: 20,
        paid: '0.5',
      },
    ])
  })

  test('spend by model', async () => {
    const { cells, format } = await read(
      filesOf('Model,Spend\nopenai/gpt-5.1,"$1,234.50"\nanthropic/claude-opus-4.5,$0.07\n'),
    )
    expect(format).toBe('CSV of spend by model')
    expect(cells).toEqual([
      { model: 'openai/gpt-5.1', day: null, paid: '1234.5' },
      { model: 'anthropic/claude-opus-4.5', day: null, paid: '0.07' },
    ])
  })

  test('/activity: credits and own keys add up, many requests a record', async () => {
    const { cells, reading } = await read(
      filesOf(
        JSON.stringify({
          data: [
            {
              date: '2026-10-01 00:00:00',
              model: 'openai/gpt-5.1',
              model_permaslug: 'openai/gpt-5.1-20251113',
              endpoint_id: 'e',
              provider_name: 'OpenAI',
              usage: 0.015,
              byok_usage_inference: 0.012,
              requests: 5,
              prompt_tokens: 50,
              completion_tokens: 125,
              reasoning_tokens: 25,
            },
          ],
        }),
      ),
    )
    expect(cells).toEqual([
      {
        model: 'openai/gpt-5.1',
        day: '2026-10-01',
        requests: 5,
        input: 50,
        output: 125,
        reasoning: 25,
        paid: '0.027',
        byok: '0.012',
      },
    ])
    expect(reading.aggregated).toBe(1)
  })
})

describe('other gateways and makers', () => {
  const litellm = {
    request_id: 'chatcmpl-1',
    call_type: 'acompletion',
    spend: 0.0000255,
    total_tokens: 30,
    prompt_tokens: 20,
    completion_tokens: 10,
    startTime: '2026-10-02T10:00:00.000Z',
    endTime: '2026-10-02T10:00:01.000Z',
    model: 'gpt-4o-mini',
    metadata: { usage_object: { prompt_tokens: 20, prompt_tokens_details: { cached_tokens: 5 } } },
    messages: {},
  }
  const understood = [
    {
      model: 'gpt-4o-mini',
      day: '2026-10-02',
      requests: 1,
      input: 20,
      output: 10,
      cacheRead: 5,
      paid: '0.0000255',
    },
  ]
  test.each([
    ['an array', JSON.stringify([litellm])],
    ['an indented array', JSON.stringify([litellm], null, 2)],
    ['lines', `${JSON.stringify(litellm)}\n`],
    ['lines with spaces', `${JSON.stringify(litellm).replaceAll('":', '" : ')}\n`],
    ['one replayed', `${JSON.stringify({ ...litellm, spend: 9 })}\n${JSON.stringify(litellm)}\n`],
  ])('LiteLLM spend logs as %s', async (_, content) => {
    expect((await read(filesOf(content))).cells).toEqual(understood)
  })

  test("OpenAI's usage API, in time buckets", async () => {
    const page = {
      object: 'page',
      data: [
        {
          object: 'bucket',
          start_time: 1790812800,
          end_time: 1790899200,
          results: [
            {
              object: 'organization.usage.completions.result',
              input_tokens: 1000,
              output_tokens: 500,
              input_cached_tokens: 800,
              num_model_requests: 5,
              model: 'gpt-5.1-2025-11-13',
            },
          ],
        },
      ],
      has_more: false,
    }
    expect((await read(filesOf(JSON.stringify(page)))).cells).toEqual([
      {
        model: 'gpt-5.1-2025-11-13',
        day: '2026-10-01',
        requests: 5,
        input: 1000,
        output: 500,
        cacheRead: 800,
      },
    ])
  })

  test("OpenAI's usage export", async () => {
    const { cells } = await read(
      filesOf(
        'start_time,end_time,start_time_iso,end_time_iso,project_id,num_model_requests,user_id,api_key_id,model,batch,service_tier,input_tokens,output_tokens,input_cached_tokens\n1790812800,1790899200,2026-10-01T00:00:00+00:00,2026-10-02T00:00:00+00:00,p,3,,,gpt-5-mini,false,default,300,30,100\n',
      ),
    )
    expect(cells).toEqual([
      {
        model: 'gpt-5-mini',
        day: '2026-10-01',
        requests: 3,
        input: 300,
        output: 30,
        cacheRead: 100,
      },
    ])
  })

  test("Anthropic's usage API counts the cache beside the input", async () => {
    const page = {
      data: [
        {
          starting_at: '2026-10-01T00:00:00Z',
          ending_at: '2026-10-02T00:00:00Z',
          results: [
            {
              uncached_input_tokens: 1500,
              cache_creation: { ephemeral_1h_input_tokens: 1000, ephemeral_5m_input_tokens: 500 },
              cache_read_input_tokens: 200,
              output_tokens: 300,
              model: 'claude-sonnet-4-5-20250929',
            },
          ],
        },
      ],
      has_more: false,
      next_page: null,
    }
    expect((await read(filesOf(JSON.stringify(page)))).cells).toEqual([
      {
        model: 'claude-sonnet-4-5-20250929',
        day: '2026-10-01',
        requests: 1,
        input: 3200,
        output: 300,
        cacheRead: 200,
        cacheWrite: 500,
        cacheWrite1h: 1000,
      },
    ])
  })

  test("Anthropic's console export", async () => {
    const { cells } = await read(
      filesOf(
        'usage_date_utc,model_version,api_key,workspace,usage_type,context_window,usage_input_tokens_no_cache,usage_input_tokens_cache_write_5m,usage_input_tokens_cache_write_1h,usage_input_tokens_cache_read,usage_output_tokens,web_search_count\n2026-10-01 10:00,claude-haiku-4-5-20251001,k,Default,message,0-200K,100,20,30,400,50,0\n',
      ),
    )
    expect(cells).toEqual([
      {
        model: 'claude-haiku-4-5-20251001',
        day: '2026-10-01',
        requests: 1,
        input: 550,
        output: 50,
        cacheRead: 400,
        cacheWrite: 20,
        cacheWrite1h: 30,
      },
    ])
  })
})

describe('agents', () => {
  const line = (output: number, more: object = {}) =>
    JSON.stringify({
      type: 'assistant',
      timestamp: '2026-10-03T08:00:00.000Z',
      sessionId: 's',
      requestId: 'req_1',
      uuid: `u${output}`,
      message: {
        id: 'msg_1',
        type: 'message',
        role: 'assistant',
        model: 'claude-opus-4-5-20251101',
        content: [{ type: 'text', text: 'say "hi" {[' }],
        usage: {
          input_tokens: 4,
          cache_creation_input_tokens: 1500,
          cache_read_input_tokens: 20000,
          cache_creation: { ephemeral_5m_input_tokens: 500, ephemeral_1h_input_tokens: 1000 },
          output_tokens: output,
          service_tier: 'standard',
        },
        ...more,
      },
    })

  test('Claude Code: partial records of one message count once, the last one', async () => {
    const { cells, skipped, reading } = await read(
      filesOf(
        [
          '{"type":"summary","summary":"x"}',
          '{"type":"user","timestamp":"2026-10-03T08:00:00.000Z","message":{"role":"user","content":"hi"}}',
          line(1),
          line(1),
          line(250),
          line(9, { id: 'msg_2', model: '<synthetic>' }),
        ].join('\n'),
      ),
    )
    expect(cells).toEqual([
      {
        model: 'claude-opus-4-5-20251101',
        day: '2026-10-03',
        requests: 1,
        input: 21504,
        output: 250,
        cacheRead: 20000,
        cacheWrite: 500,
        cacheWrite1h: 1000,
      },
    ])
    expect({ skipped, replaced: reading.tally.replaced() }).toEqual({ skipped: [], replaced: 2 })
  })

  test('Codex: the model comes from the turn, a repeated total is the same event', async () => {
    const count = (total: number, input: number) =>
      JSON.stringify({
        timestamp: '2026-10-03T09:00:00.000Z',
        type: 'event_msg',
        payload: {
          type: 'token_count',
          info: {
            total_token_usage: { input_tokens: total, output_tokens: 0, total_tokens: total },
            last_token_usage: {
              input_tokens: input,
              cached_input_tokens: 40,
              output_tokens: 7,
              reasoning_output_tokens: 3,
              total_tokens: input + 7,
            },
          },
        },
      })
    const { cells } = await read(
      filesOf(
        [
          '{"timestamp":"2026-10-03T09:00:00.000Z","type":"session_meta","payload":{"id":"x"}}',
          '{"timestamp":"2026-10-03T09:00:00.000Z","type":"turn_context","payload":{"model":"gpt-5.1-codex"}}',
          '{"timestamp":"2026-10-03T09:00:00.000Z","type":"event_msg","payload":{"type":"token_count","info":null}}',
          count(107, 100),
          count(107, 100),
          count(300, 186),
        ].join('\n'),
      ),
    )
    expect(cells).toEqual([
      {
        model: 'gpt-5.1-codex',
        day: '2026-10-03',
        requests: 2,
        input: 286,
        output: 14,
        cacheRead: 80,
        reasoning: 6,
      },
    ])
  })

  test('whole replies, billed to credits or to own keys', async () => {
    const reply = (id: string, isByok: boolean, cost: number) =>
      JSON.stringify({
        id,
        model: 'openai/gpt-5.1',
        created: 1790812800,
        usage: {
          prompt_tokens: 10,
          completion_tokens: 5,
          cost,
          is_byok: isByok,
          cost_details: { upstream_inference_cost: 0.002 },
        },
      })
    const { cells } = await read(
      filesOf(`${reply('a', false, 0.002)}\n${reply('b', true, 0.0001)}\n`),
    )
    expect(cells).toEqual([
      {
        model: 'openai/gpt-5.1',
        day: '2026-10-01',
        requests: 2,
        input: 20,
        output: 10,
        paid: '0.0041',
        byok: '0.002',
      },
    ])
  })
})

describe('any table with --map', () => {
  const understood = [{ model: 'm', day: null, requests: 1, input: 7, output: 2, paid: '0.1' }]
  test.each([
    ['CSV', 'was,rein,raus,geld\nm,7,2,0.1\n', 'model=was,input=rein,output=raus,cost=geld'],
    ['semicolons', 'was;rein;raus;geld\nm;7;2;0.1\n', 'model=was,input=rein,output=raus,cost=geld'],
    ['tabs', 'was\trein\traus\tgeld\nm\t7\t2\t0.1\n', 'model=was,input=rein,output=raus,cost=geld'],
    [
      'JSON paths',
      '{"a":{"was":"m"},"n":[{"rein":1}],"rein":7,"raus":2,"geld":"0.1"}\n',
      'model=a.was,input=rein,output=raus,cost=geld',
    ],
  ])('%s', async (_, content, map) => {
    expect((await read(filesOf(content), { map })).cells).toEqual(understood)
  })

  test.each([
    ['model', 'is not understood'],
    ['modell=a', 'Did you mean model?'],
    ['model=nope', 'there is no column "nope"'],
  ])('--map %s: %s', async (map, message) => {
    const failure = await read(filesOf('a,b\n1,2\n'), { map }).catch((error) => error)
    expect(`${failure.message} ${failure.remedy}`).toContain(message)
  })
})
