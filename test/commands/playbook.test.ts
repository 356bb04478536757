import { describe, expect, test } from 'vitest'
import { columnsOf } from '../../src/render/width.ts'
import { orx } from '../context.ts'
import { contract } from '../contract/playbook.ts'

const line = (args: string) => `playbook ${args} --catalog snapshot`

describe('looks', () => {
  test.each([
    ['prices', 'prices.txt'],
    ['tasks', 'tasks.txt'],
    ['tasks --lang th', 'tasks-th.txt'],
    ['decision', 'decision.txt'],
    ['decision --lang th', 'decision-th.txt'],
    ['ranking', 'ranking.txt'],
    ['strategy', 'strategy.txt'],
    ['fees', 'fees.txt'],
    ['fees --fees 2025-11', 'fees-2025-11.txt'],
    ['limits', 'limits.txt'],
    ['risks', 'risks.txt'],
    ['sources', 'sources.txt'],
    ['tasks --format csv', 'tasks.csv'],
    ['tasks --format md', 'tasks.md'],
    ['--help', 'help.txt'],
  ])('%s', async (args, name) => {
    const { status, out, err } = await orx(line(args))
    expect({ status, err }).toEqual({ status: 0, err: '' })
    await expect(out).toMatchFileSnapshot(`../__snapshots__/playbook-${name}`)
  })
})

test.each([
  ['en', 60],
  ['en', 80],
  ['th', 80],
  ['th', 140],
])('in %s nothing is wider than %i columns', async (language, width) => {
  const { out } = await orx(line(`--lang ${language}`), { width })
  for (const each of out.split('\n')) expect(columnsOf(each)).toBeLessThanOrEqual(width)
})

test('all sections keep to the contract, and nothing is empty today but sources', async () => {
  const { sections } = contract.parse(JSON.parse((await orx(line('--json'))).out))
  expect(sections.map(({ id }) => id)).toEqual([
    'prices',
    'tasks',
    'decision',
    'ranking',
    'strategy',
    'fees',
    'limits',
    'risks',
    'sources',
  ])
  const rows = sections
    .filter(({ id }) => id !== 'sources')
    .flatMap(({ tables }) => tables.flatMap((table) => table.rows))
  expect(rows.filter(({ models, today }) => models.length === 0 && !today)).toEqual([])
})

test("the fees' today column follows the schedule in force", async () => {
  const { out: now } = await orx(line('fees --json'))
  const { out: then } = await orx(line('fees --json --fees 2025-11'))
  expect(now).toContain('free up to $25,000 of list price a month')
  expect(then).toContain('free up to 1,000,000 requests a month')
  // 1,200 x 5.5 % = 66, by OpenRouter's last price of the scenario's model; 5.5 % on 94.79 is 5.21.
  expect(now).toContain('$1,200.00 + $66.00 = $1,266.00')
  expect(now).toContain('$94.79 of credit')
})

test('by the report itself everything is as it said', async () => {
  const { sections } = contract.parse(
    JSON.parse((await orx('playbook prices --json --catalog report')).out),
  )
  for (const { models } of sections[0]?.tables[0]?.rows ?? [])
    for (const { said, now, status } of models)
      expect({ status, ...now }).toMatchObject({
        status: 'current',
        input: said.input,
        output: said.output,
      })
})

test.each([
  ['prices', 'ราคา'],
  ['tasks', 'งาน'],
])('%s can be asked for in Thai', async (id, thai) => {
  const { out } = await orx(line(`${thai} --json`))
  expect(contract.parse(JSON.parse(out)).sections.map((section) => section.id)).toEqual([id])
})

test('an unknown section gets the nearest', async () => {
  const { status, err } = await orx('playbook pricse')
  expect(status).toBe(2)
  expect(err).toMatch(/Did you mean `orx playbook prices`/)
})
