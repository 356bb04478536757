import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Catalog, Model } from '../../../src/core/catalog/model.ts'
import { implausible } from '../../../src/core/catalog/plausible.ts'
import { backfilled, confirmed, refreshed } from '../../../src/core/catalog/refresh.ts'
import { model } from '../../model.ts'

const source = (asOf: string, id = 'live') => ({ id, name: id, url: 'u', asOf, terms: '' })
const listed = (id: string, asOf: string, input = '1', more: Partial<Model> = {}): Model =>
  model(id, {
    outputs: ['text'],
    parameters: ['tools'],
    lastSeen: asOf,
    points: [{ source: 'live', asOf, price: { input, output: '2' } }],
    ...more,
  })
const empty: Catalog = { name: 'latest', asOf: '2025-01-01', sources: [], models: [] }
const day = (n: number): string => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10)
const history = ({ models }: Catalog) =>
  models[0]?.points.map(({ asOf, price }) => [asOf, price?.input])

describe('refreshed', () => {
  test('a price that stays is its first and last day; another one is appended', () => {
    const prices = ['1', '1', '1', '2', '2', '1']
    const end = prices.reduce(
      (known, price, n) => refreshed(known, [listed('a/a', day(n), price)], source(day(n))),
      empty,
    )
    expect(history(end)).toEqual([
      ['2026-01-01', '1'],
      ['2026-01-03', '1'],
      ['2026-01-04', '2'],
      ['2026-01-05', '2'],
      ['2026-01-06', '1'],
    ])
    expect(end).toMatchObject({ asOf: '2026-01-06', sources: [source('2026-01-06')] })
  })

  test('law: the price of every past day can still be read', () => {
    const prices = fc.array(fc.constantFrom('1', '2', '3'), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(prices, (all) => {
        const end = all.reduce(
          (known, price, n) => refreshed(known, [listed('a/a', day(n), price)], source(day(n))),
          empty,
        )
        const points = end.models[0]?.points ?? []
        const read = all.map((_, n) => points.findLast(({ asOf }) => asOf <= day(n))?.price?.input)
        expect(read).toEqual(all)
      }),
    )
  })

  test('two updates of one day: the later counts', () => {
    const once = refreshed(empty, [listed('a/a', day(0), '1')], source(day(0)))
    const twice = refreshed(once, [listed('a/a', day(0), '5')], source(day(0)))
    expect(history(twice)).toEqual([['2026-01-01', '5']])
  })

  test('what is not listed any more is retired, unless a list of text models would not have it', () => {
    const known = refreshed(
      empty,
      [
        listed('a/gone', day(0)),
        listed('a/picture', day(0), '1', { outputs: ['image'] }),
        listed('a/stays', day(0), '1', { successor: 'a/next' }),
      ],
      source(day(0)),
    )
    const { models } = refreshed(known, [listed('a/stays', day(1))], source(day(1)))
    expect(models.map(({ id, status, lastSeen }) => [id, status, lastSeen])).toEqual([
      ['a/gone', 'retired', '2026-01-01'],
      ['a/picture', 'current', '2026-01-01'],
      ['a/stays', 'current', '2026-01-02'],
    ])
    expect(models[2]?.successor).toBe('a/next')
    const back = refreshed({ ...empty, models }, [listed('a/gone', day(2))], source(day(2)))
    expect(back.models[0]).toMatchObject({ id: 'a/gone', status: 'current', lastSeen: day(2) })
  })

  test('a complete list of parameters takes the place of a partial one', () => {
    const partial = listed('a/a', day(0), '1', { partialParameters: true })
    const known = { ...empty, models: [partial] }
    const [model] = refreshed(known, [listed('a/a', day(1))], source(day(1))).models
    expect(model?.partialParameters).toBeUndefined()
  })
})

test('confirmed: the models that the source named last, on another day', () => {
  const known = refreshed(
    { ...empty, models: [listed('a/dropped', day(0))] },
    [listed('a/a', day(1)), listed('a/b', day(1))],
    source(day(1)),
  )
  const again = refreshed(known, confirmed(known, 'live', day(5)), source(day(5)))
  expect(again.models.map(({ id, status, lastSeen }) => [id, status, lastSeen])).toEqual([
    ['a/a', 'current', day(5)],
    ['a/b', 'current', day(5)],
    ['a/dropped', 'retired', day(0)],
  ])
})

test('backfilled: older prices join the history; what is in force stays', () => {
  const known = refreshed(empty, [listed('a/a', day(9), '9')], source(day(9)))
  const older = [
    listed('a/a', day(3), '3', { name: 'old name' }),
    listed('a/old', day(3), '4'),
  ].map((model) => ({
    ...model,
    points: model.points.map((point) => ({ ...point, source: 'import' })),
  }))
  const end = backfilled(known, older, source(day(3), 'import'))
  expect(end.asOf).toBe(day(9))
  expect(end.models[0]).toMatchObject({ name: 'a/a', status: 'current', lastSeen: day(9) })
  expect(history(end)).toEqual([
    [day(3), '3'],
    [day(9), '9'],
  ])
  expect(end.models[1]).toMatchObject({ id: 'a/old', status: 'retired', lastSeen: day(3) })
})

describe('implausible', () => {
  const many = (count: number, input = '1', more: Partial<Model> = {}) =>
    Array.from({ length: count }, (_, n) => listed(`a/${n}`, day(0), input, more))
  const known = { ...empty, models: many(10) }
  const unpriced = { points: [{ source: 'live', asOf: day(1), unpriced: 'no price' }] }

  test.each([
    ['the same', many(10), null],
    ['half of them', many(5), null],
    ['more', many(30), null],
    ['a price 999 times as high', many(10, '999'), null],
    ['a price that became free', many(10, '0'), null],
    ['one lost price', [...many(9), listed('a/9', day(1), '1', unpriced)], null],
    ['none', [], 'it lists no model'],
    ['fewer than half', many(4), 'it lists 4 models where 10 were known'],
    [
      'a thousandfold price',
      many(10, '1000'),
      'the price of a/0 went from $1 to $1000 per 1M tokens',
    ],
    ['a thousandth', many(10, '0.001'), 'the price of a/0 went from $1 to $0.001 per 1M tokens'],
    [
      'a negative price',
      many(10, '1', { kind: 'router', ...unpriced }),
      'the price of a/0 is negative',
    ],
    ['lost prices', many(10, '1', unpriced), '10 of 10 priced models have no price in it'],
    [
      'an absurd price of a new model',
      [...many(10), listed('b/new', day(1), '20000')],
      'b/new would cost $20000 per 1M tokens',
    ],
  ])('%s', (_, fresh, expected) => {
    expect(implausible(known, fresh)).toBe(expected)
  })
})
