import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import type { Context } from '../../src/context.ts'
import { newHome, orx } from '../context.ts'
import { contract } from '../contract/pick.ts'

const file = (name: string) => `../__snapshots__/pick-${name}`
const piped = (text: string): Partial<Context> => ({
  stdin: { isTTY: false, stream: Readable.from([Buffer.from(text)]) },
})
const pick = (prompt: string, flags = '', overrides: Partial<Context> = {}) =>
  orx(['pick', '--catalog', 'snapshot', ...flags.split(' ').filter(Boolean), prompt], overrides)
const json = async (prompt: string, flags = '', overrides: Partial<Context> = {}) => {
  const { status, out, err } = await pick(prompt, `${flags} --json`, overrides)
  expect({ status, err }).toEqual({ status: 0, err: '' })
  return contract.parse(JSON.parse(out))
}
const homeWith = (config: string) => {
  const home = newHome()
  writeFileSync(join(home, 'config.toml'), config)
  return { env: { ORX_HOME: home } }
}

const PROOF = 'prove that the square root of 2 is irrational'

describe('looks', () => {
  test.each([
    ['', 'proof.txt'],
    ['--explain', 'proof-explain.txt'],
    ['--format csv', 'proof.csv'],
    ['--format md', 'proof.md'],
    ['--as openrouter', 'proof-openrouter.json'],
    ['--help', 'help.txt'],
  ])('%s', async (flags, name) => {
    const { status, out, err } = await pick(PROOF, flags)
    expect({ status, err }).toEqual({ status: 0, err: '' })
    await expect(out).toMatchFileSnapshot(file(name))
  })
})

test('its JSON keeps the contract, explained or not', async () => {
  expect((await json(PROOF)).lane).toBe('complex')
  expect((await json(PROOF, '--explain')).explain?.models.length).toBeGreaterThan(3)
})

describe('lists', () => {
  test("the report's lanes, without what is retired", async () => {
    expect((await json(PROOF, '--playbook report')).model).toBe('openai/gpt-5.1')
    expect((await json('hello', '--playbook report')).model).toBe('google/gemini-2.5-flash')
    expect((await json('write a python function', '--playbook report')).model).toBe(
      'mistralai/codestral-2508',
    )
  })

  test("the user's lanes in their own order; a retired model is skipped, and it is said", async () => {
    const home = homeWith(
      '[lanes]\ncomplex = ["claude-3.5-sonnet", "openai/gpt-5.1", "anthropic/claude-opus-4.5"]\n',
    )
    const answer = await json(PROOF, '', home)
    expect(answer.model).toBe('openai/gpt-5.1')
    expect(answer.reasons.join('\n')).toContain(
      'anthropic/claude-3.5-sonnet of the list is retired',
    )
  })

  test('only what is free stands in the free lane, whatever a list says', async () => {
    const flags = '--playbook report --budget 0.00000001'
    const answer = await json('hello', flags)
    expect(answer.lane).toBe('free')
    expect(answer.model).toMatch(/:free$/)
    expect(answer.reasons.join('\n')).toContain('llama-4-maverick of the list is not free')
  })

  test('a lane that there is not', async () => {
    const { status, err } = await pick(PROOF, '', homeWith('[lanes]\nhard = ["gpt-5.1"]\n'))
    expect(status).toBe(2)
    expect(err).toContain('no such lane')
  })
})

describe('what goes along', () => {
  const folder = newHome()
  const along = (name: string, content: string | Buffer) => {
    const path = join(folder, name)
    writeFileSync(path, content)
    return path
  }
  const picture = along('shot.png', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'))
  const lease = along('lease.pdf', `%PDF-1.4\n${'page '.repeat(200_000)}`)
  const schema = along('answer.json', '{"type":"object"}')
  const tools = along('tools.json', '[{"name":"look_up","parameters":{}}]')

  test.each([
    [`-a ${picture}`, 'vision'],
    [`-a ${lease}`, 'files'],
    [`--tools ${tools}`, 'tools'],
    [`--schema ${schema}`, 'json'],
  ])('%s is a hard limit', async (flags, need) => {
    const { model, fallbacks } = await json('what is this', flags)
    const { out } = await orx(`models --catalog snapshot --needs ${need} --json`)
    const able = JSON.parse(out).models.map(({ id }: { id: string }) => id)
    expect(able).toEqual(expect.arrayContaining([model, ...fallbacks]))
  })

  test('a long document is research, whatever is asked of it', async () => {
    const answer = await json('any risks?', `-a ${lease}`)
    expect(answer).toMatchObject({ task: 'research', lane: 'research' })
    expect(answer.reasons[0]).toContain('100 pages')
    expect(answer.estimate.inputTokens).toBeGreaterThan(70_000)
  })

  test('a body to paste keeps the hard limits and has all that goes along', async () => {
    const flags = `--as openrouter --zdr --max-price 3/15 --max-tokens 900 --schema ${schema} --tools ${tools} -a ${picture}`
    const { out, err } = await pick('what is this', flags)
    expect(err).toBe('')
    const { models, messages, ...body } = JSON.parse(out)
    expect(models.length).toBeLessThanOrEqual(3)
    expect(messages[0].content.map(({ type }: { type: string }) => type)).toEqual([
      'text',
      'image_url',
    ])
    expect(body).toEqual({
      provider: {
        zdr: true,
        data_collection: 'deny',
        require_parameters: true,
        max_price: { prompt: 3, completion: 15 },
      },
      max_tokens: 900,
      response_format: {
        type: 'json_schema',
        json_schema: { name: 'answer', schema: { type: 'object' }, strict: true },
      },
      tools: [{ type: 'function', function: { name: 'look_up', parameters: {} } }],
    })
  })

  test.each([
    ['-a nothing.pdf', 3],
    [`-a ${schema}`, 2],
    ['--schema nothing.json', 3],
  ])('%s ends with %i', async (flags, status) => {
    expect((await pick('what is this', flags)).status).toBe(status)
  })
})

test('only models that a held key reaches', async () => {
  const env = { ORX_HOME: newHome(), ANTHROPIC_API_KEY: 'sk-ant-test-0123456789' }
  expect((await json(PROOF, '', { env })).model).toMatch(/^anthropic\//)
})

test('a budget in config.toml counts without a ledger', async () => {
  const answer = await json('design a payment system', '', homeWith('[budget]\nday = "0.0005"\n'))
  expect(answer).toMatchObject({ wanted: 'complex', lane: 'default' })
})

test.each([
  ['--max-price 0.000001/0.000001', 3],
  ['--budget 0.00000001 --needs files', 6],
  ['--needs flying', 2],
])('%s ends with %i', async (flags, status) => {
  expect((await pick(PROOF, flags)).status).toBe(status)
})

describe('input', () => {
  test('a pipe', async () => {
    const { out } = await orx('pick --json --catalog snapshot', piped(`${PROOF}\n`))
    expect(contract.parse(JSON.parse(out)).task).toBe('math')
  })

  test('nothing typed on a terminal', async () => {
    expect((await orx('pick')).status).toBe(2)
  })

  test.each([
    ['nothing', ''],
    ['3 MB', 'lorem ipsum '.repeat(250_000)],
    ['binary', '\u0000\u0001\ufffd\u001b[31m'.repeat(100)],
  ])('%s in a pipe', async (_, text) => {
    const { status } = await orx('pick --json --catalog snapshot', piped(text))
    expect(status).toBe(0)
  })
})

test('10 MB are more than any scored model reads, and it is said', async () => {
  const { status, err } = await orx('pick', piped('lorem ipsum '.repeat(850_000)))
  expect(status).toBe(3)
  expect(err).toContain('context')
})

describe('--batch', () => {
  const batch = (text: string) => orx('pick --catalog snapshot --batch -', piped(text))

  test('lines in order, other fields kept, ours win', async () => {
    const { status, out, err } = await batch(
      `{"id":7,"prompt":"hello","model":"mine"}\n\n{"prompt":"${PROOF}","tags":["a"]}\n`,
    )
    expect({ status, err }).toEqual({ status: 0, err: '' })
    const rows = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(rows).toMatchObject([
      { id: 7, prompt: 'hello', task: 'chat', lane: 'default' },
      { tags: ['a'], task: 'math', lane: 'complex' },
    ])
    expect(rows[0].model).toContain('/')
    expect(Object.keys(rows[1])).toEqual([
      'prompt',
      'tags',
      'task',
      'lane',
      'confidence',
      'difficulty',
      'model',
    ])
  })

  test('a bad line is named and skipped', async () => {
    const { status, out, err } = await batch(
      '{"prompt":"hi"}\nnot json\n{"prompt":3}\n{"prompt":"bye"}',
    )
    expect(status).toBe(2)
    expect(out.trim().split('\n')).toHaveLength(2)
    expect(err).toContain('line 2: not JSON')
    expect(err).toContain('line 3: no text under "prompt"')
  })

  test('no such file', async () => {
    expect((await orx('pick --batch /no/such/file')).status).toBe(3)
  })
})
