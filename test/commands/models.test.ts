import { describe, expect, test } from 'vitest'
import { orx } from '../context.ts'
import { contract } from '../contract/models.ts'
import { contract as compareContract } from '../contract/models-compare.ts'
import { contract as showContract } from '../contract/models-show.ts'

describe('what it prints', () => {
  test.each([
    ['models --limit 8', 'models.txt'],
    ['models glm --sort price', 'models-glm.txt'],
    ['models claude --all --sort price --limit 12', 'models-all.txt'],
    [
      'models --needs vision,tools --max-price 1/5 --sort intelligence --limit 5',
      'models-needs.txt',
    ],
    ['models --retired --author anthropic --format csv', 'models-retired.csv'],
    ['models nvidia --free --format md', 'models-free.md'],
    ['models --catalog report', 'models-report.txt'],
    ['models --help', 'models-help.txt'],
    ['models show deepseek-chat', 'models-show.txt'],
    ['models show claude-3.5-sonnet', 'models-show-retired.txt'],
    ['models show deepseek-v4-flash-vision-exp', 'models-show-hours.txt'],
    ['models show llama-3.1-70b-instruct --catalog report', 'models-show-report.txt'],
    ['models show gpt-5-nano --format csv', 'models-show.csv'],
    ['models show codestral --format md', 'models-show.md'],
    ['models compare gpt-5.1 claude-opus-5.5 glm-5.3', 'models-compare.txt'],
    ['models compare gpt-5.1 glm-5.3 --format md', 'models-compare.md'],
    ['models compare gpt-5.1 glm-5.3 --format csv', 'models-compare.csv'],
  ])('%s', async (line, file) => {
    const { status, out, err } = await orx(line)
    expect({ status, err }).toEqual({ status: 0, err: '' })
    await expect(out).toMatchFileSnapshot(`../__snapshots__/${file}`)
  })

  test.each(['models --limit 40', 'models show kimi-k3', 'models compare kimi-k3 glm-5.3 o3'])(
    '%s fits 80 columns',
    async (line) => {
      const { out } = await orx(line)
      expect(Math.max(...out.split('\n').map((each) => each.length))).toBeLessThanOrEqual(80)
    },
  )
})

describe('JSON', () => {
  test.each(['models', 'models --all', 'models --catalog report', 'models --free'])(
    '%s keeps its contract',
    async (line) => {
      const { out } = await orx(`${line} --json`)
      const { matched, models } = contract.parse(JSON.parse(out))
      expect(models).toHaveLength(matched)
    },
  )
  test.each([
    'gpt-5.1',
    'claude-3.5-sonnet',
    'deepseek-chat',
    'openrouter/auto',
    'nemotron-3-ultra-550b-a55b:free',
    'lyria-3-pro-preview',
  ])('models show %s keeps its contract', async (model) => {
    const { out } = await orx(`models show ${model} --json`)
    expect(() => showContract.parse(JSON.parse(out))).not.toThrow()
  })
  test('models compare keeps its contract', async () => {
    const { out } = await orx('models compare gpt-5.1 deepseek-chat o1 --json')
    expect(compareContract.parse(JSON.parse(out)).models.map(({ id }) => id)).toEqual([
      'openai/gpt-5.1',
      'deepseek/deepseek-chat',
      'openai/o1',
    ])
  })
  test('a pipe gets all rows', async () => {
    const { out } = await orx('models', { tty: { out: false, err: false }, width: Infinity })
    expect(out.split('\n').length).toBeGreaterThan(300)
  })
})

const ids = async (line: string): Promise<readonly string[]> => {
  const { out } = await orx(`${line} --json`)
  return contract.parse(JSON.parse(out)).models.map(({ id }) => id)
}

describe('filters', () => {
  test.each([
    ['models gpt-5.1', ['openai/gpt-5.1', 'openai/gpt-5.1-codex']],
    ['models gpt-5.1:batch', ['openai/gpt-5.1:batch']],
    ['models --author x-ai --min-context 1m', ['x-ai/grok-4.3']],
    ['models --provider cerebras', ['openai/gpt-oss-120b', 'qwen/qwen3.8-27b']],
    ['models --retired claude 3.5 sonnet', ['anthropic/claude-3.5-sonnet']],
    ['models sonnet 5.5 --unscored', ['anthropic/claude-sonnet-5.5']],
    ['models --modality video gemini-2.5-flash', ['google/gemini-2.5-flash']],
  ])('%s finds', async (line, expected) => {
    expect(await ids(line)).toEqual(expect.arrayContaining(expected))
  })
  test('a price cap holds for input and output', async () => {
    const { out } = await orx('models --max-price 1/5 --json')
    const { models } = contract.parse(JSON.parse(out))
    expect(
      models.every(({ price }) => Number(price?.input) <= 1 && Number(price?.output) <= 5),
    ).toBe(true)
  })
  test('routers priced -1 are neither free nor cheap', async () => {
    expect(await ids('models --all --free')).not.toContain('openrouter/auto')
    expect(await ids('models --all --max-price 1/5')).not.toContain('openrouter/auto')
  })
  test('what the catalogue does not say is counted, not guessed', async () => {
    const { out } = await orx('models claude-opus-5 --needs vision --json')
    const { models, unknown } = contract.parse(JSON.parse(out))
    expect(models.map(({ id }) => id)).toEqual(['anthropic/claude-opus-5'])
    expect(unknown).toBe(1)
  })
  test.each([
    ['price', 'gpt-5', 'openai/gpt-5-nano'],
    ['intelligence', 'gpt-5', 'openai/gpt-5.6-sol'],
    ['context', 'grok', 'x-ai/grok-4.20'],
  ])('--sort %s puts %s in order', async (key, text, first) => {
    expect((await ids(`models ${text} --sort ${key}`))[0]).toBe(first)
  })
})

describe('what goes wrong', () => {
  test.each([
    ['models nonesuch', 3, 'no current model is left for "nonesuch"'],
    ['models claude-3.5-sonnet', 3, '1 retired would: add --all'],
    ['models --provider deepinfro', 3, 'Did you mean deepinfra?'],
    ['models --needs telepathy', 2, '"telepathy" is not known'],
    ['models --modality smell', 2, 'Give some of text,image'],
    ['models --sort beauty', 2, 'Allowed choices are newest'],
    ['models show claude-opus', 3, 'could be'],
    ['models compare gpt-5.1', 2, 'one model cannot be compared'],
    ['models --catalog nowhere.json', 3, 'there is no catalogue "nowhere.json"'],
  ])('%s exits %i: %s', async (line, code, message) => {
    const { status, out, err } = await orx(line)
    expect({ status, out }).toEqual({ status: code, out: '' })
    expect(err).toContain(message)
  })
})
