import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Model } from '../../../src/core/catalog/model.ts'
import { readModels } from '../../../src/sources/openrouter/models.ts'

const SEEN = { source: 'test', asOf: '2026-08-22' }

const row = (overrides: object = {}) => ({
  id: 'acme/one',
  pricing: { prompt: '0.000001', completion: '0.000002' },
  ...overrides,
})
const read = (overrides: object = {}) => {
  const { models, problems } = readModels({ data: [row(overrides)] }, SEEN)
  return { model: models[0] as Model, point: models[0]?.points[0], problems }
}
const price = (pricing: object, id = 'acme/one') =>
  read({ id, pricing: { prompt: '0.000001', completion: '0.000002', ...pricing } }).point

describe('prices', () => {
  test('are per 1M tokens, exact to the last digit', () => {
    const { price: read } = price({ prompt: '0.000000020833333333333335' }) ?? {}
    expect(read).toEqual({ input: '0.020833333333333335', output: '2' })
  })
  test('of a router are unknown: neither free nor minus a million', () => {
    const { model, point } = read({
      id: 'acme/any',
      pricing: { prompt: '-1', completion: '-1' },
    })
    expect(model.kind).toBe('router')
    expect(point).toEqual({ ...SEEN, unpriced: expect.stringContaining('routes to') })
  })
  test.each([
    ['acme/one:free', { input: '0', output: '0' }],
    ['openrouter/free', { input: '0', output: '0' }],
    ['stealth/alpha', undefined],
  ])('of zero: %s', (id, expected) => {
    expect(price({ prompt: '0', completion: '0' }, id)?.price).toEqual(expected)
  })
  test.each([
    [{ discount: 0.1 }, 'a discount, which the price has already'],
    [{ internal_reasoning: '0.000002' }, 'reasoning, which is the output price over again'],
    [{ input_cache_read: '0', request: '0', image: '0', web_search: '0' }, 'zeros of 2025'],
  ])('leave out %j: %s', (extra, _why) => {
    expect(price(extra)?.price).toEqual({ input: '1', output: '2' })
  })
  test('name a reasoning price that differs', () => {
    const { problems } = read({
      pricing: { prompt: '0.000001', completion: '0.000002', internal_reasoning: '0.000003' },
    })
    expect(problems).toMatchObject([{ id: 'acme/one', dropped: false }])
  })
  test.each([
    ['0.001238', { image: '0.001238' }, 'a picture, in 2025'],
    ['0.000001', { imageToken: '1' }, 'an image token, in 2026'],
  ])('of an image at %s are %j: %s', (image, expected, _why) => {
    expect(price({ image })?.price).toMatchObject(expected)
  })
  test('have overrides with their conditions, in their order', () => {
    const overrides = [
      { min_prompt_tokens: 200000, prompt: '0.000002' },
      { utc_start: 1000, utc_end: 100, utc_days: [0, 6], completion: '0.000001' },
    ]
    expect(price({ overrides })?.price?.overrides).toEqual([
      { minPromptTokens: 200000, input: '2' },
      { utcStart: 1000, utcEnd: 100, utcDays: [0, 6], output: '1' },
    ])
  })
  test('leave out an override that cannot be understood, and say so', () => {
    const { point, problems } = read({
      pricing: {
        prompt: '0.000001',
        completion: '0.000002',
        overrides: [{ min_prompt_tokens: 'many', prompt: '0.1' }, { prompt: '0.1' }],
      },
    })
    expect(point?.price).toEqual({ input: '1', output: '2' })
    expect(problems).toHaveLength(2)
  })
  test.each([{}, { prompt: '' }, { prompt: 'NaN', completion: '1' }, { prompt: null }])(
    '%j are unpriced',
    (pricing) => {
      const { point } = read({ pricing })
      expect(point).toEqual({ ...SEEN, unpriced: 'OpenRouter lists no price' })
    },
  )
})

describe('facts', () => {
  test.each([
    [null, null],
    [0, null],
    [-5, null],
    [131072, 131072],
  ])('a context of %j is %j', (context_length, context) => {
    expect(read({ context_length }).model.context).toBe(context)
  })
  test('an output cap is never larger than the context', () => {
    const { model, problems } = read({
      context_length: 8192,
      top_provider: { max_completion_tokens: 16384 },
    })
    expect(model.maxOutput).toBe(8192)
    expect(problems[0]?.what).toContain('16384')
  })
  test('a variant shares its slug with its base', () => {
    expect(read({ id: 'acme/one:batch', canonical_slug: 'acme/one-20260101' }).model).toMatchObject(
      {
        kind: 'variant',
        base: 'acme/one',
        slug: 'acme/one-20260101',
      },
    )
  })
  test('an alias points at its target', () => {
    expect(read({ id: '~acme/latest', alias_target: { slug: 'acme/one' } }).model).toMatchObject({
      kind: 'alias',
      author: 'acme',
      base: 'acme/one',
    })
  })
  test.each([
    ['2026-12-31', '2026-12-31'],
    ['2098-12-31', undefined],
    [null, undefined],
  ])('an expiration date of %j is %j', (expiration_date, expires) => {
    expect(read({ expiration_date }).model.expires).toBe(expires)
  })
  test('keys that are not there are not known', () => {
    expect(read().model).toMatchObject({
      created: null,
      inputs: null,
      outputs: null,
      parameters: null,
    })
  })
})

describe('odd answers', () => {
  test('a row without an id or a price is named and left out', () => {
    const { models, problems } = readModels({ data: [{ id: 'x' }, { id: 'a/b' }, row()] }, SEEN)
    expect(models.map(({ id }) => id)).toEqual(['acme/one'])
    expect(problems.map(({ row: at, dropped }) => [at, dropped])).toEqual([
      [0, true],
      [1, true],
    ])
  })
  test('of two rows with one id the first counts', () => {
    const { models, problems } = readModels([row({ name: 'A' }), row({ name: 'B' })], SEEN)
    expect(models.map(({ name }) => name)).toEqual(['A'])
    expect(problems[0]?.what).toContain('listed twice')
  })
  test('nothing that JSON can hold makes it throw', () => {
    const odd = fc.oneof(
      fc.jsonValue(),
      fc.record({ data: fc.array(fc.jsonValue()) }),
      fc.record({
        data: fc.array(
          fc.record({
            id: fc.constant('a/b'),
            pricing: fc.dictionary(fc.string(), fc.jsonValue()),
          }),
        ),
      }),
    )
    fc.assert(
      fc.property(odd, (body) => {
        expect(() => readModels(body, SEEN)).not.toThrow()
      }),
    )
  })
})
