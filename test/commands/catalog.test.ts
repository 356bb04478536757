import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { newHome, orx } from '../context.ts'
import { contract as diff } from '../contract/catalog-diff.ts'
import { contract as status } from '../contract/catalog-status.ts'

describe('orx catalog', () => {
  test.each([
    ['catalog status', 'catalog-status.txt'],
    ['catalog status --format csv', 'catalog-status.csv'],
    ['catalog status --format md', 'catalog-status.md'],
    ['catalog diff report snapshot', 'catalog-diff-report.txt'],
    ['catalog diff report snapshot --format csv --only gone', 'catalog-diff-gone.csv'],
    ['catalog diff report snapshot --format md --only repriced', 'catalog-diff-repriced.md'],
    ['catalog diff snapshot latest', 'catalog-diff-none.txt'],
    ['catalog diff 2025-12-02 2026-11-10 --author anthropic -q', 'catalog-diff-author.txt'],
    ['catalog --help', 'catalog-help.txt'],
    ['catalog diff --help', 'catalog-diff-help.txt'],
    ['catalog update --help', 'catalog-update-help.txt'],
    ['catalog import --help', 'catalog-import-help.txt'],
  ])('%s', async (line, file) => {
    const { status: exit, out, err } = await orx(line)
    expect({ exit, err }).toEqual({ exit: 0, err: '' })
    expect(Math.max(...out.split('\n').map((each) => each.length))).toBeLessThanOrEqual(
      /--format|--help/.test(line) ? Number.POSITIVE_INFINITY : 80,
    )
    await expect(out).toMatchFileSnapshot(`../__snapshots__/${file}`)
  })

  test('alone, it shows the status', async () => {
    expect(await orx('catalog')).toEqual(await orx('catalog status'))
  })

  test('status --json', async () => {
    const read = status.parse(JSON.parse((await orx('catalog status --json')).out))
    expect(read).toMatchObject({
      inForce: 'snapshot',
      asOf: '2026-11-10',
      ageDays: 12,
      cache: null,
    })
    const { listed, priced, free, unpriced } = read.models
    expect(priced + free + unpriced).toBe(listed)
    const points = read.sources.reduce((sum, source) => sum + source.points, 0)
    expect(points).toBe(read.models.points)
  })

  test('status says when prices are old, unless --quiet', async () => {
    const now = () => new Date('2027-01-01T00:00:00Z')
    expect((await orx('catalog status', { now })).err).toBe(
      'note: these prices are 52 days old; get today’s: orx catalog update\n',
    )
    expect((await orx('catalog status -q', { now })).err).toBe('')
  })

  test('diff report snapshot --json: the report was twice too low for claude-3.5-sonnet', async () => {
    const read = diff.parse(JSON.parse((await orx('catalog diff report snapshot --json')).out))
    expect(read.gone.find(({ model }) => model === 'anthropic/claude-3.5-sonnet')).toMatchObject({
      quote: { input: '3', output: '15' },
      last: { input: '6', output: '30', asOf: '2025-12-02' },
      lastSeen: '2025-12-02',
    })
    // 0.14 → 0.32 is +128.57 %; 0.28 → 0.89 is +217.86 %.
    expect(read.repriced.find(({ model }) => model === 'deepseek/deepseek-chat')?.changes).toEqual([
      { dimension: 'input', from: '0.14', to: '0.32', percent: '128.6' },
      { dimension: 'output', from: '0.28', to: '0.89', percent: '217.9' },
    ])
  })

  test('diff backwards: what was new is gone', async () => {
    const read = async (line: string) => diff.parse(JSON.parse((await orx(line)).out))
    const [there, back] = [
      await read('catalog diff 2025-12-02 2026-08-22 --json'),
      await read('catalog diff 2026-08-22 2025-12-02 --json'),
    ]
    const ids = (rows: readonly { readonly model: string }[]) => rows.map(({ model }) => model)
    expect(ids(back.gone)).toEqual(ids(there.new))
    expect(ids(back.new)).toEqual(ids(there.gone))
    expect(ids(back.repriced).sort()).toEqual(ids(there.repriced).sort())
    expect(back.unchanged).toBe(there.unchanged)
  })

  test.each([
    ['catalog diff 2020-01-01', 2, 'no model is known of 2020-01-01'],
    ['catalog diff nothing.json', 3, 'nothing.json'],
    ['catalog diff --only price', 2, 'Allowed choices'],
    ['catalog import nothing.json', 3, 'cannot read "nothing.json"'],
    ['catalog import x.json --as-of yesterday', 2, '2026-08-22'],
    ['catalog frobnicate', 2, 'frobnicate'],
  ])('%s exits %i: %s', async (line, exit, message) => {
    const { status: code, out, err } = await orx(line)
    expect({ code, out }).toEqual({ code: exit, out: '' })
    expect(err).toContain(message)
  })

  test.each(['', '{', '{"schema":"orx.catalog/1","name":"latest","asOf":"2026-12-01","models":7}'])(
    'a damaged cache (%j) is passed over',
    async (text) => {
      const ORX_HOME = newHome()
      mkdirSync(join(ORX_HOME, 'cache'))
      writeFileSync(join(ORX_HOME, 'cache', 'catalog.json'), text)
      const { status: exit, out } = await orx('catalog status --json', { env: { ORX_HOME } })
      expect(exit).toBe(0)
      expect(status.parse(JSON.parse(out))).toMatchObject({
        inForce: 'snapshot',
        cache: { asOf: null },
      })
    },
  )
})
