import { describe, expect, test } from 'vitest'
import { catalogOn } from '../../../src/core/catalog/as-of.ts'
import { diffCatalogs } from '../../../src/core/catalog/diff.ts'
import type { Catalog, Model } from '../../../src/core/catalog/model.ts'
import type { PricePoint } from '../../../src/core/catalog/price.ts'
import { model as bare } from '../../model.ts'

const model = (id: string, points: readonly PricePoint[], more: Partial<Model> = {}): Model =>
  bare(id, { lastSeen: points.at(-1)?.asOf ?? '', points, ...more })
const catalog = (...models: readonly Model[]): Catalog => ({
  name: 'test',
  asOf: '2026-01-01',
  sources: [],
  models,
})
const at = (asOf: string, input: string, output: string, more = {}): PricePoint => ({
  source: 's',
  asOf,
  price: { input, output, ...more },
})

describe('diffCatalogs', () => {
  test('names what is new, gone, repriced and of another context', () => {
    const from = catalog(
      model('a/stays', [at('2025-01-01', '1', '2')], { context: 1000 }),
      model('a/halved', [at('2025-01-01', '3', '15', { cacheRead: '0.3' })], { context: 1000 }),
      model('a/gone', [at('2025-01-01', '3', '15')]),
      model('a/retired', [at('2025-01-01', '1', '1')]),
      model('a/long-gone', [at('2024-01-01', '1', '1')], { status: 'retired' }),
    )
    const to = catalog(
      model('a/stays', [at('2025-01-01', '1', '2')], { context: 2000 }),
      model('a/halved', [at('2026-01-01', '1.5', '20', { cacheRead: '0.3' })], { context: 1000 }),
      model('a/retired', [at('2025-06-01', '2', '1')], { status: 'retired', successor: 'a/new' }),
      model('a/new', [at('2026-01-01', '0', '0')], { context: 5, created: '2025-12-31' }),
    )
    const quote = (input: string, output: string, asOf: string) => ({
      input,
      output,
      source: 's',
      asOf,
    })
    expect(diffCatalogs(from, to)).toEqual({
      arrived: [
        { model: 'a/new', quote: quote('0', '0', '2026-01-01'), context: 5, created: '2025-12-31' },
      ],
      departed: [
        {
          model: 'a/gone',
          quote: quote('3', '15', '2025-01-01'),
          last: null,
          lastSeen: '2025-01-01',
          successor: null,
        },
        {
          model: 'a/retired',
          quote: quote('1', '1', '2025-01-01'),
          last: quote('2', '1', '2025-06-01'),
          lastSeen: '2025-06-01',
          successor: 'a/new',
        },
      ],
      repriced: [
        {
          model: 'a/halved',
          from: quote('3', '15', '2025-01-01'),
          to: quote('1.5', '20', '2026-01-01'),
          changes: [
            { dimension: 'input', from: '3', to: '1.5', percent: '-50' },
            { dimension: 'output', from: '15', to: '20', percent: '33.3' },
          ],
        },
      ],
      context: [{ model: 'a/stays', from: 1000, to: 2000 }],
      unchanged: 1,
    })
  })

  test('the largest change comes first, a price that was zero before all', () => {
    const one = (id: string, input: string) => model(id, [at('2025-01-01', input, '1')])
    const { repriced } = diffCatalogs(
      catalog(one('a/a', '2'), one('a/b', '1'), one('a/zero', '0')),
      catalog(one('a/a', '1'), one('a/b', '3'), one('a/zero', '1')),
    )
    expect(repriced.map(({ model: id, changes }) => [id, changes[0]?.percent])).toEqual([
      ['a/zero', null],
      ['a/b', '200'],
      ['a/a', '-50'],
    ])
  })

  test.each([
    ['within a range', '0.15', []],
    ['at its end', '0.1', []],
    ['below a range', '0.05', ['input']],
    ['above it', '0.3', ['input']],
  ])('a price %s', (_, now, changed) => {
    const range = { ...at('2025-01-01', '0.2', '1'), low: { input: '0.1' } }
    const { repriced } = diffCatalogs(
      catalog(model('a/a', [range])),
      catalog(model('a/a', [at('2026-01-01', now, '1')])),
    )
    expect(repriced.flatMap(({ changes }) => changes.map(({ dimension }) => dimension))).toEqual(
      changed,
    )
  })

  test('an unknown price is no change, not a fall to zero', () => {
    const unknown = { source: 's', asOf: '2026-01-01', unpriced: 'routes' }
    const { repriced, unchanged } = diffCatalogs(
      catalog(model('a/a', [at('2025-01-01', '1', '1')])),
      catalog(model('a/a', [unknown])),
    )
    expect([repriced, unchanged]).toEqual([[], 1])
  })
})

describe('catalogOn', () => {
  const whole = catalog(
    model('a/old', [at('2025-12-02', '1', '2')], { status: 'retired', lastSeen: '2025-12-02' }),
    model('a/moved', [at('2025-12-02', '1', '2'), at('2026-08-22', '3', '4')], { context: 9 }),
    model('a/young', [at('2026-08-22', '1', '2')], { created: '2026-05-01' }),
  )
  const statuses = (day: string) =>
    catalogOn(whole, day).models.map(({ id, status, points }) => [
      id,
      status,
      points.at(-1)?.price?.input,
    ])

  test.each([
    ['2025-12-01', []],
    [
      '2025-12-02',
      [
        ['a/old', 'current', '1'],
        ['a/moved', 'current', '1'],
      ],
    ],
    [
      '2026-05-01',
      [
        ['a/old', 'retired', '1'],
        ['a/moved', 'current', '1'],
        ['a/young', 'current', undefined],
      ],
    ],
    [
      '2026-08-22',
      [
        ['a/old', 'retired', '1'],
        ['a/moved', 'current', '3'],
        ['a/young', 'current', '1'],
      ],
    ],
  ])('on %s', (day, expected) => {
    expect(statuses(day)).toEqual(expected)
  })

  test('knows no context of a past day, and says why a price is missing', () => {
    const { models, asOf } = catalogOn(whole, '2026-05-01')
    expect(asOf).toBe('2026-05-01')
    expect(models.map(({ context }) => context)).toEqual([null, null, null])
    expect(models[2]?.points).toEqual([
      { source: 's', asOf: '2026-05-01', unpriced: 'no price is known of 2026-05-01 or before' },
    ])
  })
})
