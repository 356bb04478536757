import { describe, expect, test } from 'vitest'
import { orx } from '../context.ts'
import { contract } from '../contract/recommend.ts'
import { contract as tasksContract } from '../contract/recommend-tasks.ts'

const snapshot = 'recommend --catalog snapshot'
const file = (name: string) => `../__snapshots__/recommend-${name}`

describe('looks', () => {
  test.each([
    ['coding', 'coding.txt'],
    ['math --lang th', 'math-th.txt'],
    ['blog-post', 'blog-post.txt'],
    ['chatbot --priority cost --in 10M --out 2M', 'chatbot-cost.txt'],
    ['coding --explain', 'coding-explain.txt'],
    ['media --free', 'media-free.txt'],
    ['coding --format csv', 'coding.csv'],
    ['coding --format md', 'coding.md'],
    ['--list', 'list.txt'],
    ['--list --lang th', 'list-th.txt'],
    ['--help', 'help.txt'],
  ])('%s', async (line, name) => {
    const { status, out, err } = await orx(`${snapshot} ${line}`)
    expect({ status, err }).toEqual({ status: 0, err: '' })
    await expect(out).toMatchFileSnapshot(file(name))
  })
})

const today = async (line: string) => {
  const { status, out } = await orx(`${snapshot} ${line} --json`)
  expect(status).toBe(0)
  return contract.parse(JSON.parse(out))
}
const roles = (answer: Awaited<ReturnType<typeof today>>) =>
  Object.fromEntries(answer.today.map(({ role, model, cost }) => [role, [model, cost]]))

test('coding: as worked out by hand from the captures of 2026-11-10 and 2026-08-22', async () => {
  const answer = await today('coding')
  expect(roles(answer)).toEqual({
    // 100 x 5 + 20 x 25; 100 x 0.0699 + 20 x 1.40; 100 x 0.0434 + 20 x 0.30; 100 x 1.25 + 20 x 4.25
    best: ['anthropic/claude-opus-5', '1000'],
    value: ['z-ai/glm-5.3', '34.99'],
    budget: ['deepseek/deepseek-v4-flash-0731', '10.34'],
    fast: ['meta/muse-spark-1.1', '210'],
    free: ['nvidia/nemotron-3-ultra-550b-a55b:free', '0'],
  })
  expect(answer.report).toMatchObject([
    {
      role: 'primary',
      model: 'anthropic/claude-3.5-sonnet',
      said: { input: '3', output: '15' },
      status: 'retired',
      now: { input: '6', output: '30', asOf: '2025-12-02', score: 30.2 },
      successor: { model: 'anthropic/claude-sonnet-5.5', input: '2', output: '10' },
    },
    { role: 'budget', model: 'deepseek/deepseek-chat', status: 'current', now: { input: '0.32' } },
  ])
})

test('every task answers in its shape, twice the same', async () => {
  const { tasks } = tasksContract.parse(JSON.parse((await orx('recommend --list --json')).out))
  expect(tasks).toHaveLength(18)
  for (const { id } of tasks) expect(await today(id)).toEqual(await today(id))
})

test('the report alone can be asked', async () => {
  const { status, out } = await orx('recommend rag --catalog report --json')
  expect(status).toBe(0)
  expect(contract.parse(JSON.parse(out)).report).toMatchObject([
    {
      model: 'google/gemini-2.0-flash-001',
      status: 'current',
      now: { input: '0.1', output: '0.4' },
    },
  ])
})

describe('hard constraints', () => {
  test.each([
    ['coding --author openai', /^openai\//],
    ['coding --exclude anthropic,z-ai', /^(?!anthropic|z-ai)/],
  ])('%s', async (line, allowed) => {
    const { today: picks } = await today(line)
    for (const { model } of picks) expect(model ?? 'openai/none').toMatch(allowed)
  })

  test('--max-price caps both prices, --min-context the context, --budget the cost', async () => {
    const answer = await today('coding --max-price 1/5 --min-context 1M --budget 100/month')
    for (const { model, price, context, cost } of answer.today) {
      expect(model === null || Number(price?.input) <= 1).toBe(true)
      expect(model === null || Number(price?.output) <= 5).toBe(true)
      expect(model === null || (context ?? 0) >= 1_000_000).toBe(true)
      expect(Number(cost ?? 0)).toBeLessThanOrEqual(100)
    }
  })

  test.each([
    ['coding --max-price 0.0001/0.0001 --exclude :free', '--max-price'],
    ['media --author anthropic', '--author anthropic'],
    ['coding --min-context 900M', '--min-context 900000000'],
  ])('%s leaves nothing, and says why', async (line, constraint) => {
    const { status, err, out } = await orx(`${snapshot} ${line}`)
    expect({ status, out }).toEqual({ status: 3, out: '' })
    expect(err).toContain(`"${constraint}" took away the last`)
  })

  test('--zdr marks prices that may be another provider’s, and still names what is newer', async () => {
    const { today: picks, unscored } = await today('coding --zdr')
    const paid = picks.filter(({ role, model }) => role !== 'free' && model !== null)
    for (const { marks } of paid) expect(marks.map(({ kind }) => kind)).toContain('zdr')
    expect(paid.length).toBeGreaterThan(0)
    expect(unscored.length).toBeGreaterThan(0)
  })

  test('a task asks nothing of abilities that the catalogue does not know', async () => {
    const { status, out } = await orx('recommend enterprise --catalog report --json')
    expect(status).toBe(0)
    const { report } = contract.parse(JSON.parse(out))
    expect(report.map(({ model }) => model)).toEqual(['anthropic/claude-opus-4.5', 'openai/o3-pro'])
  })

  test('a role without an eligible model says so', async () => {
    const { today: picks } = await today('media --free')
    expect(picks.find(({ role }) => role === 'best')).toMatchObject({
      model: null,
      why: 'only free models were asked for',
    })
  })
})

describe('what is typed', () => {
  test.each([
    ['recommend xyzzy', 3, /no task is called "xyzzy"/],
    ['recommend codng', 3, /Did you mean coding/],
    ['recommend coding --budget 5/fortnight', 2, /fortnight/],
    ['recommend coding --priority cost --weights cost=1', 2, /exclude each other/],
    ['recommend coding --needs telepathy', 2, /telepathy/],
  ])('%s ends with %i', async (line, code, message) => {
    const { status, err } = await orx(line)
    expect(status).toBe(code)
    expect(err).toMatch(message)
  })

  test.each([
    ['write a blog post', 'blog-post'],
    ['พิสูจน์คณิตศาสตร์', 'math'],
    ['python simulation', 'simulation'],
    // Most of its words are no task's, so it is a prompt that happens to name Python.
    ['fix my python loop', 'coding'],
  ])('"%s" is the task %s', async (text, id) => {
    const { out } = await orx(['recommend', '--json', ...text.split(' ')])
    expect(contract.parse(JSON.parse(out)).task.id).toBe(id)
  })

  test('a given volume keeps the size of request', async () => {
    const { task } = await today('coding --in 10M --out 1M')
    // 5,000 requests carry 100M typically, so 10M come in 500.
    expect(task.volume).toEqual({ input: 10_000_000, output: 1_000_000, requests: 500 })
  })
})
