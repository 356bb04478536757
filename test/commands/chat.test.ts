import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { orx } from '../context.ts'
import { contract } from '../contract/chat.ts'
import { contract as dryRunContract } from '../contract/chat-dry-run.ts'
import { ANSWER } from '../openrouter/completion.ts'
import { json } from '../openrouter/replies.ts'
import { refusedUrl, type StandIn, startStandIn } from '../openrouter/server.ts'
import { chatWorld, KEYS, type KeyName, pipe } from './chat-world.ts'

const TEXT = ANSWER.join('')
let standIn: StandIn
beforeEach(async () => {
  standIn = await startStandIn()
})
afterEach(() => standIn.close())

const body = (at = -1) => standIn.requests.at(at)?.body as Record<string, unknown>

describe('a prompt', () => {
  test('is answered on stdout, and billed in one line on stderr', async () => {
    const { chat } = chatWorld(standIn, ['OPENROUTER_API_KEY'])
    const { status, out, err } = await chat(['-m', 'deepseek-chat', 'Hello', 'there'])
    expect({ status, out }).toEqual({ status: 0, out: `${TEXT}\n` })
    // 12 x 0.32 + 7 x 0.89 dollars per million, which is $0.00001007.
    expect(err).toBe('deepseek-chat · DeepInfra · credits · 12 in, 7 out · 0.0 s · $0.00001\n')
    expect(body()).toEqual({
      model: 'deepseek/deepseek-chat',
      messages: [{ role: 'user', content: 'Hello there' }],
      stream: true,
      max_tokens: 4096,
    })
  })
  test('comes from arguments and stdin together', async () => {
    const { chat } = chatWorld(standIn, ['OPENROUTER_API_KEY'])
    await chat(['-m', 'deepseek-chat', 'Sum up:'], { stdin: pipe('the text\n') })
    expect(body()['messages']).toEqual([{ role: 'user', content: 'Sum up:\n\nthe text\n' }])
  })
  test('without words is an error', async () => {
    const { chat } = chatWorld(standIn, ['OPENROUTER_API_KEY'])
    const { status, err } = await chat(['-m', 'deepseek-chat'], { stdin: pipe('  \n') })
    expect({ status, err }).toMatchObject({ status: 2 })
    expect(standIn.requests).toEqual([])
  })
  test('-q leaves only the answer', async () => {
    const { chat } = chatWorld(standIn, ['OPENROUTER_API_KEY'])
    expect((await chat(['-q', '-m', 'deepseek-chat', 'x'])).err).toBe('')
  })
  test.each([['--json'], ['--json', '--no-stream']])(
    'fits its contract with %s',
    async (...flags) => {
      const { chat } = chatWorld(standIn, ['OPENROUTER_API_KEY'])
      const { out } = await chat(['-m', 'deepseek-chat', ...flags, 'x'])
      const reply = contract.parse(JSON.parse(out))
      expect(reply).toMatchObject({
        text: TEXT,
        model: 'deepseek/deepseek-chat',
        provider: 'DeepInfra',
        route: 'credits',
        cost: '0.00001007',
        costBasis: 'reported',
        finishReason: 'stop',
      })
    },
  )
  test('--jsonl tells events, then the whole', async () => {
    standIn.chat.answer = { reasoning: ['Hm.'] }
    const { chat } = chatWorld(standIn, ['OPENROUTER_API_KEY'])
    const { out } = await chat(['-m', 'deepseek-chat', '--jsonl', 'x'])
    const lines = out
      .trimEnd()
      .split('\n')
      .map((each) => JSON.parse(each))
    expect(lines[0]).toEqual({ type: 'reasoning', text: 'Hm.' })
    expect(
      lines
        .slice(1, -1)
        .map(({ text }) => text)
        .join(''),
    ).toBe(TEXT)
    expect(lines.at(-1)).toMatchObject({ type: 'reply', schema: 'orx.chat/1', text: TEXT })
  })
  test('reasoning goes to stderr', async () => {
    standIn.chat.answer = { reasoning: ['Let me ', 'see.'] }
    const { chat } = chatWorld(standIn, ['OPENROUTER_API_KEY'])
    const { out, err } = await chat(['-m', 'deepseek-chat', 'x'])
    expect(out).toBe(`${TEXT}\n`)
    expect(err).toMatch(/^Let me see\.\n/)
  })
  test('control sequences of a reply reach neither pipe nor JSON', async () => {
    const { chat } = chatWorld(standIn, ['OPENROUTER_API_KEY'])
    standIn.fail(['control sequences', 'control sequences'])
    const plain = await chat(['-m', 'deepseek-chat', 'x'])
    const json = await chat(['-m', 'deepseek-chat', '--json', 'x'])
    expect(plain.out).toBe('plain red   end\n')
    expect(JSON.parse(json.out).text).toBe('plain red   end')
  })
  test('tool calls are printed, one a line, and not run', async () => {
    const { chat, home } = chatWorld(standIn, ['OPENROUTER_API_KEY'])
    const call = { id: 'call_1', name: 'add', arguments: '{"a":1}' }
    standIn.chat.answer = { text: [], toolCalls: [call], finish: 'tool_calls' }
    const file = join(home, 'tools.json')
    writeFileSync(file, JSON.stringify([{ name: 'add', parameters: { type: 'object' } }]))
    const { out } = await chat(['-m', 'gpt-5.1', '--tools', file, 'x'])
    expect(JSON.parse(out)).toEqual(call)
    expect(body()['tools']).toEqual([
      { type: 'function', function: { name: 'add', parameters: { type: 'object' } } },
    ])
  })
  test('finish_reason length is noted, and no failure', async () => {
    standIn.fail(['finish length'])
    const { chat } = chatWorld(standIn, ['OPENROUTER_API_KEY'])
    const { status, err } = await chat(['-m', 'deepseek-chat', 'x'])
    expect(status).toBe(0)
    expect(err).toContain('reached its 4096 tokens')
  })
})

describe('flags', () => {
  test('reach the request', async () => {
    const { chat } = chatWorld(standIn, ['OPENROUTER_API_KEY'])
    const line =
      '-m gpt-5.1:nitro -m deepseek-chat --provider OpenAI,azure --only openai,azure --ignore novita --max-price 2/12 --zdr ' +
      '--quantization fp8 --temperature 0.2 --max-tokens 1k --top-p 0.9 --seed 7 --stop END --reasoning low --param top_k=40 ' +
      '--param user=me --no-stream -s brief x'
    await chat(line.split(' '))
    expect(body()).toEqual({
      model: 'openai/gpt-5.1:nitro',
      models: ['openai/gpt-5.1:nitro', 'deepseek/deepseek-chat'],
      provider: {
        order: ['openai', 'azure'],
        only: ['openai', 'azure'],
        ignore: ['novita'],
        quantizations: ['fp8'],
        zdr: true,
        max_price: { prompt: 2, completion: 12 },
      },
      messages: [
        { role: 'system', content: 'brief' },
        { role: 'user', content: 'x' },
      ],
      stream: false,
      max_tokens: 1000,
      temperature: 0.2,
      top_p: 0.9,
      seed: 7,
      stop: ['END'],
      reasoning: { effort: 'low' },
      top_k: 40,
      user: 'me',
    })
  })
  test.each([
    ['--temperature 3 x', 2],
    ['--param model=x x', 2],
    ['--param nonsense x', 2],
    ['-m no-such-model x', 3],
    ['-m claude-3.5-sonnet x', 3],
    ['--schema nowhere.json x', 3],
    ['-a nowhere.png x', 3],
    ['--session ../x x', 2],
    ['-c x', 3],
  ])('%s exits with %i before anything is sent', async (line, status) => {
    const { chat } = chatWorld(standIn, ['OPENROUTER_API_KEY'])
    expect((await chat(['-m', 'deepseek-chat', ...line.split(' ')])).status).toBe(status)
    expect(standIn.requests).toEqual([])
  })
})

describe('a schema', () => {
  const schema = { type: 'object', properties: { n: { type: 'integer' } }, required: ['n'] }
  test.each([
    ['{"n":1}', 0],
    ['{"n":"one"}', 5],
    ['not JSON', 5],
  ])('judges %s', async (text, status) => {
    standIn.chat.answer = { text: [text] }
    const { chat, home } = chatWorld(standIn, ['OPENROUTER_API_KEY'])
    const file = join(home, 'answer.json')
    writeFileSync(file, JSON.stringify(schema))
    const result = await chat(['-m', 'gpt-5.1', '--schema', file, 'x'])
    expect(result).toMatchObject({ status, out: `${text}\n` })
    expect(body()['response_format']).toEqual({
      type: 'json_schema',
      json_schema: { name: 'answer', schema, strict: true },
    })
    expect(body()['provider']).toEqual({ require_parameters: true })
  })
  test('DeepSeek itself is told of it in words, since it takes none', async () => {
    standIn.chat.answer = { text: ['{"n":1}'] }
    const { chat, home } = chatWorld(standIn, ['DEEPSEEK_API_KEY'])
    const file = join(home, 'answer.json')
    writeFileSync(file, JSON.stringify(schema))
    const { status } = await chat(['-m', 'deepseek-v4-pro-0813', '--schema', file, 'x'])
    expect(status).toBe(0)
    expect(body()['response_format']).toEqual({ type: 'json_object' })
    expect(body()['messages']).toEqual([
      {
        role: 'system',
        content: `Answer with one JSON object that fits this JSON Schema: ${JSON.stringify(schema)}`,
      },
      { role: 'user', content: 'x' },
    ])
  })
})

describe('routes', () => {
  const direct: readonly (readonly [string, KeyName, string, string])[] = [
    ['gpt-5.1', 'OPENAI_API_KEY', '/openai/v1/chat/completions', 'gpt-5.1'],
    ['claude-sonnet-4.5', 'ANTHROPIC_API_KEY', '/anthropic/v1/messages', 'claude-sonnet-4-5'],
    ['mistral-small-2603', 'MISTRAL_API_KEY', '/mistral/v1/chat/completions', 'mistral-small-2603'],
  ]
  test.each(direct)('%s goes straight to its provider with %s', async (model, key, path, id) => {
    const { chat } = chatWorld(standIn, [key])
    for (const flags of [[], ['--no-stream']]) {
      const { status, out } = await chat(['-m', model, '--json', ...flags, 'x'])
      const reply = contract.parse(JSON.parse(out))
      expect(status).toBe(0)
      expect(reply).toMatchObject({ text: TEXT, route: 'direct', costBasis: 'estimate' })
      expect(standIn.requests.at(-1)).toMatchObject({ path, body: { model: id } })
    }
  })
  test('cheapest goes direct where the price is the same, since credits cost a fee', async () => {
    const { chat } = chatWorld(standIn, ['OPENROUTER_API_KEY', 'OPENAI_API_KEY'])
    const { out } = await chat(['-m', 'gpt-5.1', '--json', 'x'])
    // 12 x 1.25 + 7 x 10 dollars per million.
    expect(JSON.parse(out)).toMatchObject({ route: 'direct', provider: 'OpenAI', cost: '0.000085' })
  })
  test.each([
    ['credits', 'credits', '0.00001007'],
    ['byok', 'credits', '0.00001007'],
    ['byok', 'byok', '0.00001007'],
    ['byok', 'byok-past-allowance', '0.0000105735'],
  ] as const)('--route %s billed as %s spends $%s', async (route, billing, cost) => {
    standIn.chat.billing = billing
    const { chat } = chatWorld(standIn, ['OPENROUTER_API_KEY'])
    const { out, err } = await chat(['-m', 'deepseek-chat', '--route', route, '--json', 'x'])
    expect(JSON.parse(out)).toMatchObject({ route, cost })
    expect(err.includes('no key of yours served this')).toBe(
      route === 'byok' && billing === 'credits',
    )
  })
  test('where the gateway is down, the provider itself stands in', async () => {
    const { env } = chatWorld(standIn, ['OPENROUTER_API_KEY', 'OPENAI_API_KEY'])
    const down = { ...env, OPENROUTER_BASE_URL: await refusedUrl() }
    const line = ['chat', '-m', 'gpt-5.1', '--route', 'credits', '--json', 'x']
    const { status, out, err } = await orx(line, { env: down, random: () => 0 })
    const reply = contract.parse(JSON.parse(out))
    expect(status).toBe(0)
    expect(reply).toMatchObject({ text: TEXT, route: 'direct', provider: 'OpenAI' })
    expect(reply.hops.map(({ action }) => action)).toEqual(['retry', 'retry', 'next'])
    expect(err).toContain('-> openai/gpt-5.1 by OpenAI')
  })
  test('where the provider is down, the gateway stands in', async () => {
    const { chat } = chatWorld(standIn, ['OPENROUTER_API_KEY', 'OPENAI_API_KEY'])
    standIn.fail(['503', '503', '503'], '/openai')
    const { out } = await chat(['-m', 'gpt-5.1', '--retries', '0', '--json', 'x'])
    expect(JSON.parse(out)).toMatchObject({
      text: TEXT,
      route: 'credits',
      hops: [{ action: 'next' }],
    })
  })
  test.each([
    [[], 5],
    [['--allow-pricier'], 0],
  ] as const)('a far dearer way is taken only where that is allowed: %j', async (flags, status) => {
    // Together's own price of GLM 5.3 is six times that of OpenRouter's cheapest host.
    const { env } = chatWorld(
      standIn,
      ['OPENROUTER_API_KEY'],
      `[provider.together]\nbaseUrl = "${standIn.origin}/openai/v1"\n`,
    )
    const keys = {
      ...env,
      OPENROUTER_BASE_URL: await refusedUrl(),
      TOGETHER_API_KEY: 'together-0123456789abcdef',
    }
    const line = ['chat', '-m', 'z-ai/glm-5.3', '--retries', '0', ...flags, 'x']
    expect((await orx(line, { env: keys, random: () => 0 })).status).toBe(status)
  })
  test('a route that no held key can go is said, and another one taken', async () => {
    const { chat } = chatWorld(standIn, ['OPENROUTER_API_KEY'])
    const { status, err } = await chat(['-m', 'gpt-5.1', '--route', 'direct', 'x'])
    expect(status).toBe(0)
    expect(err).toMatch(/^no held key can go by --route direct, so it goes by credits\n/)
    const own = chatWorld(standIn, ['OPENAI_API_KEY'])
    expect((await own.chat(['-m', 'gpt-5.1', '--route', 'credits', 'x'])).err).toMatch(
      /^no held key can go by --route credits, so it goes by direct\n/,
    )
  })
  test('a balance that pays for less is asked for less, and says so', async () => {
    standIn.fail(['402'])
    const { chat } = chatWorld(standIn, ['OPENROUTER_API_KEY'])
    const { status, err } = await chat(['-m', 'gpt-5.1', 'x'])
    expect(status).toBe(0)
    expect(body()['max_tokens']).toBe(1200)
    expect(err).toContain('again now for 1200 tokens\n')
  })
  test('--offline sends nothing and holds nothing back', async () => {
    const { chat } = chatWorld(standIn, ['OPENROUTER_API_KEY'], '[budget]\nday = "1"\n')
    expect((await chat(['--offline', '-m', 'deepseek-chat', 'x'])).status).toBe(5)
    const { err } = await chat(['-m', 'deepseek-chat', 'x'])
    expect(err).toContain('$1.00 of $1.00 left')
    expect(standIn.requests).toHaveLength(1)
  })
  test('a local server needs no key and no catalogue', async () => {
    const own = `[provider.local]\nbaseUrl = "${standIn.origin}/openai/v1"\n`
    const { chat } = chatWorld(standIn, [], own)
    const { status, out } = await chat(['-m', 'local/llama-3', '--json', 'x'])
    // The stand-in refuses without a bearer, so the request must have gone there without one.
    expect({ status, out }).toEqual({ status: 4, out: '' })
    expect(standIn.requests.at(-1)).toMatchObject({
      path: '/openai/v1/chat/completions',
      body: { model: 'llama-3' },
    })
    expect(standIn.requests.at(-1)?.headers.authorization).toBeUndefined()
  })
  test('without a key the error names every one that would do', async () => {
    const { chat } = chatWorld(standIn, [])
    const { status, err } = await chat(['-m', 'gpt-5.1', 'x'])
    expect(status).toBe(4)
    expect(err).toContain('OPENROUTER_API_KEY, OPENAI_API_KEY')
  })
})

describe('auto', () => {
  const answer = json(200, {
    id: 'gen-1',
    provider: 'Somebody',
    choices: [{ finish_reason: 'stop', message: { content: 'picked' } }],
    usage: { prompt_tokens: 9, completion_tokens: 2, cost: 0.00002 },
  })
  test('sends the prompt to what the local router picks, with others to stand in', async () => {
    const { chat } = chatWorld(standIn, ['OPENROUTER_API_KEY'])
    standIn.script('/chat', answer)
    const { status, out, err } = await chat(['Prove that the square root of 2 is irrational.'], {
      tty: { out: false, err: true },
    })
    expect({ status, out }).toEqual({ status: 0, out: 'picked\n' })
    expect(err).toMatch(
      /^pick: math → complex → [a-z0-9.-]+, by credits, ≤ 4,096 out {3}why: orx receipt\n/,
    )
    const { model, models } = body() as { model: string; models: readonly string[] }
    expect(model).not.toBe('openrouter/auto')
    expect(models[0]).toBe(model)
    expect(models.length).toBeLessThanOrEqual(3)
  })
  test('keeps to what a held key reaches', async () => {
    const { chat } = chatWorld(standIn, ['OPENAI_API_KEY'])
    const { out } = await chat(['--json', 'What is the capital of France?'])
    expect(JSON.parse(out)).toMatchObject({ text: TEXT, route: 'direct', provider: 'OpenAI' })
  })
  test('says why in the receipt', async () => {
    const { chat, env } = chatWorld(standIn, ['OPENROUTER_API_KEY'])
    standIn.script('/chat', answer)
    await chat(['What is the capital of France?'])
    expect((await orx('receipt', { env })).out).toContain('sure of the lane')
  })
})

describe('--dry-run', () => {
  test.each([[[]], [['OPENROUTER_API_KEY', 'OPENAI_API_KEY']]] as const)(
    'sends nothing with the keys %j, and shows none',
    async (held) => {
      const { chat } = chatWorld(standIn, held)
      const { status, out } = await chat(['-m', 'gpt-5.1', '--dry-run', '--json', 'x'])
      const run = dryRunContract.parse(JSON.parse(out))
      expect(status).toBe(0)
      expect(run.request.body).toMatchObject({ messages: [{ role: 'user', content: 'x' }] })
      expect(standIn.requests).toEqual([])
      for (const key of Object.values(KEYS)) expect(out).not.toContain(key)
    },
  )
})

describe('sessions', () => {
  test('go on where they ended, and only their owner reads them', async () => {
    const { chat, home } = chatWorld(standIn, ['OPENROUTER_API_KEY'])
    await chat(['-m', 'deepseek-chat', '--session', 'trip', '-s', 'brief', 'first'])
    await chat(['-m', 'deepseek-chat', '-c', 'second'])
    expect(body()['messages']).toEqual([
      { role: 'system', content: 'brief' },
      { role: 'user', content: 'first' },
      { role: 'assistant', content: TEXT },
      { role: 'user', content: 'second' },
    ])
    expect(body()['session_id']).toBe('trip')
    const file = join(home, 'data', 'sessions', 'trip.json')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(JSON.parse(readFileSync(file, 'utf8')).messages).toHaveLength(5)
  })
})

describe('the budget', () => {
  test('refuses what it cannot pay for, before anything is sent', async () => {
    const { chat } = chatWorld(standIn, ['OPENROUTER_API_KEY'], '[budget]\nday = "0.0001"\n')
    const { status, err } = await chat(['-m', 'gpt-5.1', 'x'])
    expect(status).toBe(6)
    expect(err).toContain('the budget of $0.0001/day has $0.0001 left')
    expect(standIn.requests).toEqual([])
  })
  test('shortens the reply to what is left, and steps down to a fallback', async () => {
    const { chat } = chatWorld(standIn, ['OPENROUTER_API_KEY'], '[budget]\nday = "0.01"\n')
    const { err } = await chat(['-m', 'gpt-5.1', 'x'])
    expect(body()['max_tokens']).toBeGreaterThanOrEqual(256)
    expect(body()['max_tokens']).toBeLessThan(1000)
    expect(err).toMatch(/\$0\.01 of \$0\.01 left|\$0\.0099\d* of \$0\.01 left/)
  })
  test('counts tokens before it refuses a prompt for its bytes', async () => {
    const { chat } = chatWorld(standIn, ['OPENROUTER_API_KEY'], '[budget]\nday = "0.05"\n')
    // Its dearest endpoint takes 1.375 / 11 dollars a million: 100,000 bytes would be $0.1375. The 20,000 words are as many
    // tokens of o200k, with the template 20,136, $0.027687; the rest, $0.022313, pays for 2,028 tokens of reply.
    const { status, err } = await chat(['-m', 'gpt-5.1', ' word'.repeat(20_000)])
    expect(status).toBe(0)
    expect(body()['max_tokens']).toBe(2_028)
    expect(err).toMatch(/^the budget affords 2,028 tokens of reply\n/)
  })
  test('says how long a reply may be, on a terminal or with -v', async () => {
    const { chat } = chatWorld(standIn, ['OPENROUTER_API_KEY'])
    const said = 'at most 4,096 tokens of reply (--max-tokens)\n'
    expect((await chat(['-m', 'deepseek-chat', '-v', 'x'])).err).toContain(said)
    const tty = { out: true, err: true }
    expect((await chat(['-m', 'deepseek-chat', 'x'], { tty })).err).toContain(said)
    const asked = await chat(['-m', 'deepseek-chat', '--max-tokens', '300', 'x'], { tty })
    expect(asked.err).not.toContain('at most')
  })
  test('steps down from a list of models to those it pays for', async () => {
    // 256 tokens of claude-opus-4.5's reply are $0.0064 at 25 dollars a million.
    const { chat } = chatWorld(standIn, ['OPENROUTER_API_KEY'], '[budget]\nday = "0.006"\n')
    const models = ['-m', 'claude-opus-4.5', '-m', 'deepseek-chat']
    const { status, err } = await chat([...models, 'x'])
    expect(status).toBe(0)
    expect(body()['model']).toBe('deepseek/deepseek-chat')
    expect(body()).not.toHaveProperty('models')
    expect(err).toContain(
      'anthropic/claude-opus-4.5, deepseek/deepseek-chat by OpenRouter: over budget -> deepseek/deepseek-chat by OpenRouter\n',
    )
  })
  test('lets free models pass', async () => {
    const { chat } = chatWorld(standIn, ['OPENROUTER_API_KEY'], '[budget]\nday = "0.0001"\n')
    standIn.script('/chat', (response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(
        '{"choices":[{"finish_reason":"stop","message":{"content":"free"}}],"usage":{"prompt_tokens":1,"completion_tokens":1,"cost":0}}',
      )
    })
    const { status, out } = await chat(['-m', 'nvidia/nemotron-3-ultra-550b-a55b:free', 'x'])
    expect({ status, out }).toEqual({ status: 0, out: 'free\n' })
  })
})

test('a home that cannot be written costs the ledger, not the answer', async () => {
  const { chat, home } = chatWorld(standIn, ['OPENROUTER_API_KEY'])
  writeFileSync(join(home, 'data'), 'a file where the folder should be')
  const { status, out, err } = await chat(['-m', 'deepseek-chat', 'x'])
  expect({ status, out }).toEqual({ status: 0, out: `${TEXT}\n` })
  expect(err).toMatch(/^warning: prompts are not recorded: /)
})

test('a session that cannot be kept costs a warning, not the answer', async () => {
  const { chat, home } = chatWorld(standIn, ['OPENROUTER_API_KEY'])
  writeFileSync(join(home, 'data'), 'a file where the folder should be')
  const { status, out, err } = await chat(['-m', 'deepseek-chat', '--session', 'trip', 'x'])
  expect({ status, out }).toEqual({ status: 0, out: `${TEXT}\n` })
  expect(err).toMatch(/\nwarning: the session is not kept: .*trip\.json cannot be written \(/)
})

test('a refused connection fails in seconds, with the next thing to do', async () => {
  const { env } = chatWorld(standIn, ['OPENROUTER_API_KEY'])
  const url = await refusedUrl()
  const start = Date.now()
  const { status, err } = await orx(['chat', '-m', 'deepseek-chat', 'x'], {
    env: { ...env, OPENROUTER_BASE_URL: url },
  })
  expect({ status, err }).toMatchObject({ status: 5 })
  expect(err).toContain('refuses the connection')
  expect(Date.now() - start).toBeLessThan(10_000)
})
