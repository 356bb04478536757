import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { newHome, orx } from '../context.ts'
import * as contract from '../contract/workloads.ts'

const FILE = `# our quarter
months: 2
growth: 10%
opsCost: 50
workloads:
  - name: chat   # for customers
    model: gpt-5.1
    requests: 50k
    perRequest: { in: 2000, out: 400 }
  - name: papers
    model: glm-5.3
    in: 100M
    out: 20M
    floor: 90%
`

function file(text: string, name = 'workload.yaml'): string {
  const path = join(newHome(), name)
  writeFileSync(path, text)
  return path
}

const parsed = async (line: string) => JSON.parse((await orx(`${line} --json -q`)).out)

describe('orx cost -f', () => {
  test('prices each workload and finds the cheapest mix', async () => {
    const result = contract.cost.parse(await parsed(`cost -f ${file(FILE)}`))
    // chat: 100M in and 20M out at 1.25 / 10 is 325, then 10 % more; papers by OpenRouter's cheaper host.
    expect(result.workloads[0]?.tokens).toMatchObject({ direct: '682.5', credits: '682.5' })
    expect(result.workloads[1]?.route).toBe('credits')
    expect(result.byMonth).toHaveLength(2)
    // All Credits pays 5.5 % of 359.99 = 19.80 in month one: below 50 a month.
    expect(result.feesPassOpsCost).toBeNull()
  })

  test.each([
    [
      'json',
      'workload.json',
      '{"workloads":[{"name":"a","model":"gpt-5.1","in":"100M","out":20000000}]}',
    ],
    [
      'toml',
      'workload.toml',
      '[[workloads]]\nname = "a"\nmodel = "gpt-5.1"\nin = "100M"\nout = "20M"\n',
    ],
    [
      'a BOM',
      'workload.yaml',
      '\ufeffworkloads:\n  - { name: a, model: gpt-5.1, in: 100M, out: 20M }\n',
    ],
  ])('reads %s', async (_, name, text) => {
    const result = contract.cost.parse(await parsed(`cost -f ${file(text, name)}`))
    expect(result.totals.direct).toBe('325')
  })

  test.each([
    [
      'workloads:\n  - name: x\n    model: gpt-5.1\n    in: lots\n',
      'workload.yaml',
      ':4: workloads[1].in: Give a whole number',
    ],
    [
      'workloads:\n  - name: x\n    model: gpt-5.1\n    colour: red\n',
      'workload.yaml',
      ':4: workloads[1]: Unrecognized key: "colour"',
    ],
    ['workloads:\n  - name: x\n', 'workload.yaml', ':2: workloads[1]: give a task or a model'],
    ['workloads: [\n', 'workload.yaml', 'workload.yaml:2:'],
    [
      '[[workloads]]\nname = "x"\nmodel = "gpt-5.1"\nin = "lots"\n',
      'workload.toml',
      ':4: workloads[1].in: Give a whole number',
    ],
    ['[[workloads\n', 'workload.toml', 'workload.toml:1:'],
    ['', 'workload.yaml', 'the file: has no list called workloads'],
    ['workloads: []\n', 'workload.yaml', ':1: workloads: give at least one'],
  ])('names line and field: %j', async (text, name, message) => {
    const { status, err } = await orx(`cost -f ${file(text, name)}`)
    expect(status).toBe(2)
    expect(err).toContain(message)
  })

  test.each([
    [
      'workloads:\n  - name: x\n    in: 1M\n    model: gpt-9.9x\n',
      'workload.yaml',
      'workload.yaml:4: workloads[1].model: no model "gpt-9.9x"',
    ],
    [
      '[[workloads]]\nname = "x"\ntask = "juggling"\nin = "1M"\n',
      'workload.toml',
      'workload.toml:3: workloads[1].task: no task is called "juggling"',
    ],
  ])('names line and field of what is not known: %j', async (text, name, message) => {
    const { status, err } = await orx(`cost -f ${file(text, name)}`)
    expect(status).toBe(3)
    expect(err).toContain(message)
  })

  test.each([
    ['cost -f none.yaml', 3],
    [`cost -f ${file(FILE)} --fail-above 700`, 6],
    [`cost -f ${file('workloads:\n  - { name: a, model: openrouter/auto, in: 1M }')} --strict`, 8],
    [`cost -f ${file('workloads:\n  - { name: a, model: no-such-model, in: 1M }')}`, 3],
  ])('%s exits %i', async (line, code) => expect((await orx(line)).status).toBe(code))

  test('golden text', async () => {
    const { out } = await orx(`cost -f ${file(FILE)} -q`)
    await expect(out.replace(/^.*workload\.yaml/, 'workload.yaml')).toMatchFileSnapshot(
      '../__snapshots__/cost-workloads.txt',
    )
  })
})

describe('orx recommend -f', () => {
  test('puts the cheapest model above the floor into the file, comments kept', async () => {
    const { out, status } = await orx(`recommend -f ${file(FILE)} -q`)
    expect(status).toBe(0)
    expect(out).toContain('# our quarter')
    expect(out).toMatch(/name: chat # for customers\n {4}model: \S+\/\S+/)
    expect((await orx(`cost -f ${file(out)} -q`)).status).toBe(0)
  })

  test('--json', async () => {
    const result = contract.recommended.parse(await parsed(`recommend -f ${file(FILE)}`))
    expect(result.workloads.map(({ name }) => name)).toEqual(['chat', 'papers'])
  })
})

describe('orx diff', () => {
  const cheaper = () => file(FILE.replace('gpt-5.1', 'gpt-5-nano'))

  test('says what changes, in money', async () => {
    const result = contract.diff.parse(await parsed(`diff ${file(FILE)} ${cheaper()}`))
    // gpt-5-nano at 0.05 / 0.40: 13 instead of 325, over 2.1 months of volume.
    expect(result.workloads[0]?.delta).toBe('-655.2')
    expect(result.workloads[1]?.delta).toBe('0')
  })

  test('one file under two catalogues', async () => {
    const line = `diff ${file('workloads:\n  - { name: a, model: claude-opus-4.5, in: 100M, out: 20M }')} --catalog report --catalog latest`
    const result = contract.diff.parse(await parsed(line))
    // The report has 15 / 75, OpenRouter 5 / 25.
    expect(result.totals).toEqual({
      before: '3000',
      after: '1000',
      delta: '-2000',
      percent: '-66.67',
    })
  })

  test.each([
    [`diff ${cheaper()} ${file(FILE)} --fail-increase 10%`, 6],
    [`diff ${file(FILE)} ${cheaper()} --fail-increase 10%`, 0],
    [`diff ${file(FILE)} ${cheaper()} --fail-above 1`, 6],
    [`diff ${file(FILE)}`, 2],
    [`diff ${file(FILE)} none.yaml`, 3],
  ])('%s exits %i', async (line, code) => expect((await orx(line)).status).toBe(code))

  test('Markdown is ready for a comment', async () => {
    const { out } = await orx(`diff ${file(FILE)} ${cheaper()} --format md`)
    expect(out).toMatch(/^\*\*\$[\d,.]+ less over 2 months: .*\*\*\n\n\| workload \|/)
  })
})
