import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { newHome, orx } from '../context.ts'
import { contract } from '../contract/cost.ts'

const BIG = 'cost --in 100M --out 20M'
const REPORT = `${BIG} --catalog report --fees 2025-11 -m anthropic/claude-3.5-sonnet`

async function answer(line: string, config?: string) {
  const ORX_HOME = newHome()
  mkdirSync(ORX_HOME, { recursive: true })
  if (config) writeFileSync(join(ORX_HOME, 'config.toml'), config)
  const { out, err, status } = await orx(`${line} --json`, { env: { ORX_HOME } })
  return { status, err, ...contract.parse(JSON.parse(out)) }
}

const figures = ({ models }: Awaited<ReturnType<typeof answer>>) =>
  models[0]?.routes.map(({ tokens, fee, total }) => [tokens, fee, total])

describe("the report's scenario, worked out by hand", () => {
  test('600, 633, 630', async () => {
    const result = await answer(REPORT)
    expect(figures(result)).toEqual([
      ['600', '0', '600'],
      ['600', '33', '633'],
      ['600', '30', '630'],
    ])
    expect(result.models[0]?.cheapest).toBe('direct')
    expect(result.fees).toMatchObject({ id: '2025-11' })
  })

  test('a 20 % contract makes BYOK 85 % of list', async () => {
    expect(figures(await answer(`${REPORT} --discount 20%`))).toEqual([
      ['480', '0', '480'],
      ['600', '33', '633'],
      ['480', '30', '510'],
    ])
  })

  test.each([
    ['--requests 1M', '600'],
    ['--requests 2M', '615'],
    ['--fees 2026-08', '600'],
    ['--fees 2026-08 --byok-used 25000', '630'],
    ['--fees 2026-08 --byok-used 24900', '625'],
  ])('BYOK with %s costs %s', async (flags, total) => {
    expect(figures(await answer(`${REPORT} ${flags}`))?.[2]?.[2]).toBe(total)
  })

  test('at $30,000 of list price BYOK pays 5 % of the $5,000 beyond its allowance', async () => {
    const line =
      'cost --in 5B --out 1B --catalog report --fees 2026-08 -m anthropic/claude-3.5-sonnet'
    expect(figures(await answer(line))?.[2]).toEqual(['30000', '250', '30250'])
  })
})

describe('today', () => {
  test('a retired model pays its last price, with its report figure and successor beside it', async () => {
    const result = await answer(`${BIG} -m claude-3.5-sonnet`)
    const [model] = result.models
    expect(model).toMatchObject({ status: 'retired', asOf: '2025-12-02', cheapest: 'credits' })
    expect(model?.routes[1]).toMatchObject({
      basis: 'last',
      tokens: '1200',
      fee: '66',
      total: '1266',
    })
    expect(model?.routes[0]).toMatchObject({ offered: false, basis: 'last' })
    expect(result.related?.map(({ kind, model: id }) => [kind, id])).toEqual([
      ['report', 'anthropic/claude-3.5-sonnet'],
      ['successor', 'anthropic/claude-sonnet-5.5'],
    ])
    expect(result.related?.[0]?.routes.map(({ total }) => total)).toEqual(['600', '633', '630'])
  })

  test('open weights name whose price they pay, and Credits can be far cheaper', async () => {
    const { models } = await answer(`${BIG} -m glm-5.3`)
    expect(models[0]?.routes[0]).toMatchObject({ basis: 'direct', total: '228' })
    expect(models[0]?.cheapest).toBe('credits')
  })

  test.each([
    // 1.25 / 10 from OpenAI's list and OpenRouter's of 2026-11-10.
    ['-m gpt-5.1', ['325', '342.88', '325']],
    ['-m gpt-5.1 --pay crypto', ['325', '341.25', '325']],
    ['-m gpt-5.1 --plan business', ['325', '351', '325']],
    ['-m gpt-5.1 --top-up 25', ['325', '342.94', '325']],
    ['-m gpt-5.1 --cached 60%', ['257.5', '271.66', '257.5']],
    ['-m gpt-5.1 --reasoning 10M', ['425', '448.38', '425']],
    ['-m gpt-5.1 --discount openai=20%', ['260', '342.88', '260']],
    ['-m gpt-5.1 --discount anthropic=20%', ['325', '342.88', '325']],
  ])('%s', async (flags, totals) => {
    const { models } = await answer(`${BIG} ${flags}`)
    expect(models[0]?.routes.map(({ total }) => total)).toEqual(totals)
  })

  test('growth adds up month by month', async () => {
    // 325 + 341.25 for Direct; each month buys its credits on its own: 17.88 + 18.77 of fees.
    const { models } = await answer(`${BIG} -m gpt-5.1 --growth 5% --months 2`)
    expect(models[0]?.routes.map(({ total }) => total)).toEqual(['666.25', '702.9', '666.25'])
    expect(models[0]?.months?.map(({ direct }) => direct)).toEqual(['325', '341.25'])
  })

  test('a router has no price of its own, and that is never zero', async () => {
    const result = await answer(`${BIG} -m openrouter/auto`)
    expect(result.unpriced).toHaveLength(1)
    expect(result.models[0]?.routes.every(({ total }) => total === null)).toBe(true)
  })

  test('aliases, own prices and contract discounts of config.toml hold', async () => {
    const config = [
      '[alias]',
      'mine = "openai/gpt-5.1"',
      '[price."local/llama"]',
      'input = "1"',
      'output = 2',
      '[discount]',
      'openai = "10%"',
    ].join('\n')
    expect(figures(await answer(`${BIG} -m mine`, config))?.[0]).toEqual(['292.5', '0', '292.5'])
    // 100 × 1 + 20 × 2; its own server takes no fee.
    const local = await answer(`${BIG} -m local/llama`, config)
    expect(figures(local)?.slice(0, 2)).toEqual([
      ['140', '0', '140'],
      ['140', '7.7', '147.7'],
    ])
    expect(local.models[0]?.cheapest).toBe('direct')
  })
})

describe('tiers apply to a request, not to the sum of a month', () => {
  // x-ai/grok-4.6: 2 / 6, and 4 / 12 above 200,000 prompt tokens.
  test.each([
    [200_000, '0.4'],
    [199_999, '0.399998'],
    [200_001, '0.800004'],
  ])('%i tokens cost $%s', async (tokens, total) => {
    const { models } = await answer(`cost --in ${tokens} --out 0 --per request -m x-ai/grok-4.6`)
    expect(models[0]?.routes[0]?.tokens).toBe(total)
  })

  test('a month without --requests is priced at the base tier and says so', async () => {
    const { models } = await answer(`${BIG} -m x-ai/grok-4.6`)
    expect(models[0]?.routes[1]?.tokens).toBe('320')
    expect(models[0]?.warnings[0]).toContain('200,000 prompt tokens')
  })

  test('with --requests the mean size decides', async () => {
    const { models } = await answer(`${BIG} -m x-ai/grok-4.6 --requests 400`)
    expect(models[0]?.routes[1]?.tokens).toBe('640')
  })
})

describe('output', () => {
  test.each([
    [REPORT, 'cost-report.txt'],
    [`${REPORT} --explain`, 'cost-report-explain.txt'],
    [`${BIG} -m claude-3.5-sonnet`, 'cost-retired.txt'],
    [`${BIG} -m gpt-5.1,deepseek-chat,glm-5.3,openrouter/auto`, 'cost-many.txt'],
    [`${BIG} -m gpt-5.1 --growth 5% --months 3 --ops-cost 500`, 'cost-months.txt'],
    [`${BIG} -m gpt-5.1 --format csv`, 'cost.csv'],
    [`${BIG} -m gpt-5.1 --format md`, 'cost.md'],
    ['cost --help', 'cost-help.txt'],
  ])('%s', async (line, file) => {
    const { status, out } = await orx(line)
    expect(status).toBe(0)
    expect(out.split('\n').filter((each) => each.length > 80 && !/csv|md|help/.test(file))).toEqual(
      [],
    )
    await expect(out).toMatchFileSnapshot(`../__snapshots__/${file}`)
  })
})

describe('gates and bad input', () => {
  test.each([
    [`${BIG} -m gpt-5.1 --fail-above 324.99`, 6, 'openai/gpt-5.1 costs $325.00'],
    [`${BIG} -m gpt-5.1 --fail-above 325`, 0, ''],
    [`${BIG} -m openrouter/auto --strict`, 8, 'no price is known for openrouter/auto'],
    [`${BIG} -m gpt-5.2x`, 3, 'gpt-5.2'],
    ['cost', 2, 'there is nothing to price'],
    ['cost --in -5 --out 1', 2, 'not understood'],
    ['cost --in 1e30 --out 1', 2, 'too large'],
    [`${BIG} -m ,`, 2, '--model names no model'],
    [`${BIG} --top-up 0`, 2, 'more than 0'],
    [`${BIG} -m gpt-5.1 --discount foo=10%`, 0, 'nobody called "foo"'],
    ['cost --in 1.5 --out 1', 2, 'not understood'],
    [`${BIG} --cached 120%`, 2, 'not understood'],
    [`${BIG} --cached 60% --cache-write 50%`, 2, 'exceed the input'],
    [`${BIG} --growth 5%`, 2, '--growth needs --months'],
    [`${BIG} --prompt none.txt`, 3, 'none.txt cannot be read (ENOENT)'],
    [`${BIG} --plan free`, 2, 'Allowed choices'],
  ])('%s exits %i', async (line, code, message) => {
    const { status, err } = await orx(line)
    expect(status).toBe(code)
    expect(err).toContain(message)
  })

  // 100 × 0.32 + 20 × 0.89 = 49.80 at DeepInfra, and 100 × 0.30 + 20 × 2.50 = 80 at Google; four fifths of each.
  test.each([
    ['deepseek-chat', 'deepinfra=20%', '39.84'],
    ['deepseek-chat', 'DeepInfra=20%', '39.84'],
    ['gemini-2.5-flash', 'google=20%', '64'],
    ['gemini-2.5-flash', 'google-ai-studio=20%', '64'],
  ])('%s with a contract %s', async (model, discount, tokens) => {
    const { models, err } = await answer(`${BIG} -m ${model} --discount ${discount}`)
    expect(models[0]?.routes[2]?.tokens).toBe(tokens)
    expect(err).toBe('')
  })

  test('a prompt is counted as the input of one request', async () => {
    const file = join(newHome(), 'prompt.txt')
    writeFileSync(file, 'Prove that the square root of 2 is irrational.')
    // Twelve o200k tokens and 117 out: 12 × 1.25 + 117 × 10 dollars per million.
    const { volume, models } = await answer(`cost --prompt ${file} --out 117 -m gpt-5.1`)
    expect(volume).toMatchObject({ input: 12, counted: 12, period: 'request' })
    expect(models[0]?.routes[0]?.total).toBe('0.001185')
  })
})
