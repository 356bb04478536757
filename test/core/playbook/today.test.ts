import { describe, expect, test } from 'vitest'
import { todayOf } from '../../../src/core/playbook/today.ts'
import { loadCatalog } from '../../../src/sources/catalog.ts'
import { loadPlaybook, loadTasks } from '../../../src/sources/playbook.ts'
import { world } from '../../context.ts'

const { context } = world()
const playbook = loadPlaybook(context)
const report = await loadCatalog(context, 'report')
const snapshot = await loadCatalog(context, 'snapshot')
const becameOf = todayOf(playbook, report, snapshot)

describe('what became of the models', () => {
  test.each([
    ['openai/gpt-5.1', 'current', 'openai/gpt-5.1', '1.25', '10', undefined],
    ['anthropic/claude-opus-4.5', 'current', 'anthropic/claude-opus-4.5', '5', '25', undefined],
    ['mistralai/codestral', 'renamed', 'mistralai/codestral-2508', '0.3', '0.9', undefined],
    [
      'anthropic/claude-3.5-sonnet',
      'retired',
      'anthropic/claude-3.5-sonnet',
      '6',
      '30',
      'anthropic/claude-sonnet-5.5',
    ],
    // In no capture: the report's own price is the last one known.
    ['openai/o1-preview', 'retired', 'openai/o1-preview', '15', '60', 'openai/o3'],
  ])('%s is %s', (id, status, now, input, output, successor) => {
    const today = becameOf(id)
    expect(today.status).toBe(status)
    expect(today.now).toMatchObject({ id: now, point: { price: { input, output } } })
    expect(today.successor?.id).toBe(successor)
  })
  test('no retired model is named as a successor', () => {
    const current = new Set(
      snapshot.models.flatMap(({ id, status }) => (status === 'current' ? id : [])),
    )
    const successors = report.models.flatMap(({ id }) => becameOf(id).successor?.id ?? [])
    expect(successors.filter((id) => !current.has(id))).toEqual([])
  })
})

describe('data/playbook.json', () => {
  const rows = playbook.sections.flatMap(({ tables }) => tables.flatMap(({ rows }) => rows))
  test('names every model of data/report.json, and no other', () => {
    const named = new Set(rows.flatMap(({ models = [] }) => models))
    expect([...named].sort()).toEqual(report.models.map(({ id }) => id).sort())
    expect(Object.keys(playbook.names).sort()).toEqual([...named].sort())
  })
  test('recommends something for every task', () => {
    const tasks = rows.flatMap(({ task }) => task ?? [])
    expect([...new Set(tasks)].sort()).toEqual(
      loadTasks(context)
        .map(({ id }) => id)
        .sort(),
    )
  })
  test('has a role for every recommended model', () => {
    const recommending = rows.filter(({ task }) => task !== undefined)
    for (const { models, roles } of recommending) expect(roles).toHaveLength(models?.length ?? 0)
  })
  test('lists the 31 pages of the first document', () => {
    const sources = playbook.sections.find(({ id }) => id === 'sources')
    expect(sources?.tables[0]?.rows).toHaveLength(31)
  })
})

describe('data/report.json', () => {
  const pointOf = (id: string) => report.models.find((model) => model.id === id)?.points[0]
  test('has the 25 models and three free variants', () =>
    expect(report.models.filter(({ kind }) => kind === 'base')).toHaveLength(25))
  test('prices a range at its upper end and keeps "~"', () =>
    expect(pointOf('meta-llama/llama-3.1-70b-instruct')).toMatchObject({
      price: { input: '0.6', output: '0.9' },
      low: { input: '0.35', output: '0.4' },
      approximate: true,
    }))
  test.each(['openai/o1-mini', 'deepseek/deepseek-r1', 'perplexity/sonar', 'openai/gpt-4o-mini'])(
    '%s is unpriced, with the reason',
    (id) => expect(pointOf(id)?.unpriced).toMatch(/report/),
  )
})
