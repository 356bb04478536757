import { describe, expect, test } from 'vitest'
import { type Capture, merge } from '../../../src/core/catalog/merge.ts'
import type { Catalog, Model } from '../../../src/core/catalog/model.ts'
import { model as bare } from '../../model.ts'

const source = (asOf: string) => ({ id: `s-${asOf}`, name: 's', url: '', asOf, terms: '' })

const model = (id: string, asOf: string, more: Partial<Model> = {}): Model =>
  bare(id, {
    lastSeen: asOf,
    points: [{ source: `s-${asOf}`, asOf, price: { input: '1', output: '2' } }],
    ...more,
  })

const EARLY = '2026-08-22'
const LATE = '2026-11-10'
const before = (...models: readonly Model[]): Catalog => ({
  name: 'test',
  asOf: EARLY,
  sources: [source(EARLY)],
  models,
})
const capture = (models: readonly Model[], covers: Capture['covers'] = () => true): Capture => ({
  source: source(LATE),
  models,
  covers,
})
const merged = (old: Model, seen: Model): Model | undefined =>
  merge(before(old), capture([seen])).models[0]

describe('what is not listed any more', () => {
  const tools = ({ parameters }: Model) => parameters?.includes('tools') === true
  test.each([
    ['is retired where the list would have it', ['tools'], 'retired'],
    ['stays current where the list cannot tell', ['seed'], 'current'],
  ] as const)('%s', (_, parameters, status) => {
    const catalog = merge(before(model('acme/a', EARLY, { parameters })), capture([], tools))
    expect(catalog.models[0]).toMatchObject({ status, lastSeen: EARLY })
  })
  test('is retired anyway once it has expired', () => {
    const old = model('acme/a', EARLY, { expires: '2026-09-30' })
    expect(
      merge(
        before(old),
        capture([], () => false),
      ).models[0]?.status,
    ).toBe('retired')
  })
})

describe('what is listed again', () => {
  test('gains a price point and keeps the older ones', () => {
    expect(
      merged(model('acme/a', EARLY), model('acme/a', LATE))?.points.map(({ asOf }) => asOf),
    ).toEqual([EARLY, LATE])
  })
  test('replaces its point of the same source and day', () => {
    const again = { source: `s-${EARLY}`, asOf: EARLY, price: { input: '3', output: '4' } }
    expect(
      merged(model('acme/a', EARLY), model('acme/a', LATE, { points: [again] }))?.points,
    ).toEqual([again])
  })
  test('keeps what the newer list does not know', () => {
    const old = model('acme/a', EARLY, {
      context: 1000,
      inputs: ['text', 'image'],
      created: '2026-01-01',
      successor: 'acme/b',
    })
    expect(merged(old, model('acme/a', LATE))).toMatchObject({
      context: 1000,
      inputs: ['text', 'image'],
      created: '2026-01-01',
      successor: 'acme/b',
    })
  })
  test('is current again', () => {
    const old = model('acme/a', EARLY, { status: 'retired' })
    expect(merged(old, model('acme/a', LATE))?.status).toBe('current')
  })
  test('has outlived an expiry date of before', () => {
    const old = model('acme/a', EARLY, { expires: '2026-09-30' })
    expect(merged(old, model('acme/a', LATE))?.expires).toBeUndefined()
  })
  test('keeps an expiry date to come', () => {
    const old = model('acme/a', EARLY, { expires: '2026-12-31' })
    expect(merged(old, model('acme/a', LATE))?.expires).toBe('2026-12-31')
  })
  test('as an alias points only where the newest list says', () => {
    const old = model('~acme/latest', EARLY, { kind: 'alias', base: 'acme/a' })
    expect(merged(old, model('~acme/latest', LATE, { kind: 'alias' }))?.base).toBeUndefined()
  })
})

test('models are in the order of their ids, and the date is the newest', () => {
  const catalog = merge(before(model('acme/b', EARLY)), capture([model('acme/a', LATE)]))
  expect(catalog.models.map(({ id }) => id)).toEqual(['acme/a', 'acme/b'])
  expect(catalog.asOf).toBe(LATE)
})
