import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { newHome, orx } from '../context.ts'
import { contract } from '../contract/budget.ts'
import { pastHome } from '../sources/ledger/past.ts'

const CONFIG = `# what I may spend
[budget]
day = "5"
month = 50 # in all
"model:openai/gpt-5.1" = "0.10/day 1/month"
"session:work" = "2/total"

[alias]
fast = "openai/gpt-5-nano"
`

const at = (home: string) => ({ env: { ORX_HOME: home } })

describe('orx budget', () => {
  test.each([
    ['budget', 'budget.txt'],
    ['budget --format csv', 'budget.csv'],
    ['budget --format md', 'budget.md'],
    ['budget --help', 'budget-help.txt'],
  ])('%s', async (line, file) => {
    const { status, out, err } = await orx(line, at(await pastHome(CONFIG)))
    expect({ status, err }).toEqual({ status: 0, err: '' })
    await expect(out).toMatchFileSnapshot(`../__snapshots__/${file}`)
  })

  test('--json: spent, held and left, worked out by hand', async () => {
    const { out } = await orx('budget --json', at(await pastHome(CONFIG)))
    const { spent, limits } = contract.parse(JSON.parse(out))
    // Today: 0.00022 direct + 0.0123 cut at its worst; before: 0.00118500000000000000000001 and BYOK 0.000025 + 0.0005.
    expect(spent).toEqual({ today: '0.01252', thisMonth: '0.01423000000000000000000001' })
    expect(
      limits.map(({ name, per, spent, held, left }) => [name, per, spent, held, left]),
    ).toEqual([
      [null, 'day', '0.01252', '0.05', '4.93748'],
      [null, 'month', '0.01423000000000000000000001', '0.05', '49.93576999999999999999999999'],
      ['openai/gpt-5.1', 'day', '0.0123', '0.05', '0.0377'],
      [
        'openai/gpt-5.1',
        'month',
        '0.01348500000000000000000001',
        '0.05',
        '0.93651499999999999999999999',
      ],
      ['work', 'total', '0.00140500000000000000000001', '0', '1.99859499999999999999999999'],
    ])
    expect(limits[0]?.resets).toBe('2026-11-23T00:00:00.000Z')
  })

  test('without a budget says so, and leaves no file behind', async () => {
    const home = newHome()
    const { out } = await orx('budget', at(home))
    expect(out).toBe(
      ' no budget: nothing is refused\n spent $0.0000 today, $0.0000 this month (UTC)\n set one: orx budget set 5/day\n',
    )
    expect(() => readFileSync(join(home, 'data', 'ledger.sqlite'))).toThrow(/ENOENT/)
  })
})

describe('orx budget set and remove', () => {
  test('write config.toml and keep its other lines', async () => {
    const home = newHome()
    writeFileSync(join(home, 'config.toml'), CONFIG)
    const run = (line: string) => orx(line, at(home))
    expect((await run('budget set $7.50/day 20/total')).status).toBe(0)
    expect((await run('budget set 0.20/day --model gpt-5.1')).status).toBe(0)
    expect((await run('budget set 3/day --session work')).status).toBe(0)
    expect((await run('budget remove month')).status).toBe(0)
    expect((await run('budget remove month --model openai/gpt-5.1')).status).toBe(0)
    expect((await run('budget remove total --session work')).status).toBe(0)
    expect(readFileSync(join(home, 'config.toml'), 'utf8').split('\n').sort()).toEqual(
      [
        '# what I may spend',
        '[budget]',
        'day = "7.5"',
        'total = "20"',
        '"model:openai/gpt-5.1" = "0.2/day"',
        '"session:work" = "3/day"',
        '',
        '[alias]',
        'fast = "openai/gpt-5-nano"',
        '',
      ].sort(),
    )
    expect((await run('budget remove day --session work')).status).toBe(0)
    const { out } = await run('budget --json')
    expect(
      contract.parse(JSON.parse(out)).limits.map(({ amount, per }) => `${amount}/${per}`),
    ).toEqual(expect.arrayContaining(['20/total', '7.5/day', '0.2/day']))
  })

  test.each([
    ['budget set 5', 2, '"5" is not a limit'],
    ['budget set 0/day', 2, 'not a limit'],
    ['budget set 5/week', 2, 'not a limit'],
    ['budget set', 2, 'missing required argument'],
    ['budget set 5/day --model no-such-model', 3, 'no-such-model'],
    ['budget set 5/day --model gpt-5.1 --session x', 2, 'exclude each other'],
    ['budget remove day', 2, 'no such limit: day'],
    ['budget remove week', 2, 'not a limit'],
  ])('%s exits %i: %s', async (line, code, message) => {
    const { status, out, err } = await orx(line)
    expect({ status, out }).toEqual({ status: code, out: '' })
    expect(err).toContain(message)
  })

  test.each(['day = "five"', 'week = "5"', '"model:x" = "1/day, 2/week"'])(
    'an entry that is not understood stops everything: %s',
    async (line) => {
      const home = newHome()
      writeFileSync(join(home, 'config.toml'), `[budget]\n${line}\n`)
      const { status, err } = await orx('budget', at(home))
      expect(status).toBe(2)
      expect(err).toContain('[budget]: not a ')
    },
  )
})
