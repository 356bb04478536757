import { expect, test } from 'vitest'
import { dominates } from '../../../src/core/recommend/axes.ts'
import { recommend } from '../../../src/core/recommend/recommend.ts'
import { PRIORITIES } from '../../../src/core/recommend/weights.ts'
import { loadCatalog, loadScores } from '../../../src/sources/catalog.ts'
import { loadTasks } from '../../../src/sources/playbook.ts'
import { world } from '../../context.ts'

const { context } = world()
const catalog = await loadCatalog(context, 'snapshot')
const scores = await loadScores(context)
const NO_DEMANDS = {
  needs: [],
  minContext: null,
  maxPrice: null,
  budget: null,
  authors: [],
  exclude: [],
  zdr: null,
  freeOnly: false,
}

const cases = loadTasks(context).flatMap((task) =>
  Object.values(PRIORITIES).map((weights) => ({ task, weights, id: task.id })),
)

test.each(cases)('$id: on the real catalogue no paid pick is dominated', ({ task, weights }) => {
  const { picks, field, floor } = recommend(catalog, scores, {
    task,
    volume: task.volume,
    demands: NO_DEMANDS,
    weights,
    today: '2026-11-22',
  })
  const paid = picks.flatMap(({ role, candidate }) =>
    candidate && role !== 'free' ? candidate : [],
  )
  expect(paid.length).toBeGreaterThan(0)
  for (const pick of paid) {
    expect(field.filter((other) => dominates(other, pick))).toEqual([])
    expect(pick.quality).toBeGreaterThanOrEqual(floor?.value ?? 0)
    expect(pick.model).toMatchObject({ kind: 'base', status: 'current' })
  }
})

test('a model about to go is not picked, and one that stays is', () => {
  const task = loadTasks(context).find(({ id }) => id === 'default')
  const ask = (expires: string) => {
    const models = catalog.models.map((model) => ({ ...model, expires }))
    const question = { task: task ?? never(), volume: task?.volume ?? never(), demands: NO_DEMANDS }
    return () =>
      recommend({ ...catalog, models }, scores, {
        ...question,
        weights: null,
        today: '2026-11-22',
      })
  }
  expect(ask('2026-12-22')).toThrow(/no model/)
  expect(ask('2026-12-23')().field.length).toBeGreaterThan(100)
})

function never(): never {
  throw new Error('data/tasks.json has no default task')
}
