import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Price } from '../../src/core/catalog/price.ts'
import { add, compare, toDecimal } from '../../src/core/money.ts'
import { type Charge, charge, priceOf, type Quantities, ratesFor } from '../../src/core/price.ts'

const total = (result: Charge): string =>
  result.kind === 'priced' ? toDecimal(result.total) : result.why
const noon = { minute: 720, day: 1 }

describe('rates for one request', () => {
  const tiered: Price = {
    input: '2',
    output: '6',
    cacheRead: '0.5',
    overrides: [
      { minPromptTokens: 200_000, input: '4', output: '12' },
      { minPromptTokens: 400_000, input: '8' },
    ],
  }
  test.each([
    [199_999, '2', '6'],
    [200_000, '2', '6'],
    [200_001, '4', '12'],
    [400_001, '8', '12'],
  ])('%i prompt tokens pay %s / %s', (tokens, input, output) =>
    expect(ratesFor(tiered, tokens, noon)).toMatchObject({ input, output, cacheRead: '0.5' }),
  )

  const hours: Price = {
    input: '1',
    output: '1',
    overrides: [{ utcStart: 2200, utcEnd: 130, utcDays: [1, 2], input: '3' }],
  }
  test.each([
    [1, 22 * 60, '3'],
    [1, 22 * 60 - 1, '1'],
    [1, 89, '3'],
    [1, 90, '1'],
    [3, 0, '1'],
  ])('on day %i at minute %i the input costs %s', (day, minute, input) =>
    expect(ratesFor(hours, 0, { day, minute }).input).toBe(input),
  )

  test('the mean over the week weighs each window by its minutes', () => {
    // 2 of 7 days with 3.5 of 24 hours at 3 instead of 1: 1 + 2 × (2 × 3.5) / 168 = 1.08333…
    const mean = priceOf(hours, { input: 1_000_000, output: 0 }, 0, 'average')
    expect(total(mean)).toBe('1.083333333333333333333333')
  })
})

describe('what a volume costs', () => {
  const price: Price = {
    input: '3',
    output: '15',
    cacheRead: '0.3',
    cacheWrite: '3.75',
    webSearch: '0.01',
  }
  test.each<[string, Quantities, string]>([
    ['plain', { input: 100_000_000, output: 20_000_000 }, '600'],
    ['60 % cached', { input: 1_000_000, output: 0, cacheRead: 600_000 }, '1.38'],
    ['cache writes', { input: 1_000_000, output: 0, cacheWrite: 1_000_000 }, '3.75'],
    [
      'an hour-long write falls back to the short one',
      { input: 1_000_000, output: 0, cacheWrite1h: 1_000_000 },
      '3.75',
    ],
    ['searches', { input: 0, output: 0, searches: 3 }, '0.03'],
    [
      'image tokens without a rate cost what input does',
      { input: 0, output: 0, images: 1, imageTokens: 1000 },
      '0.003',
    ],
    [
      'images of unknown size',
      { input: 0, output: 0, images: 1 },
      'images are priced by their tokens, and how many an image takes is not given',
    ],
  ])('%s', (_, quantities, expected) => expect(total(charge(price, quantities))).toBe(expected))

  test.each<[Price, string]>([
    [{ output: '1' }, 'no price is known for input'],
    [{}, 'no price is known for input and output'],
  ])('a missing price is never zero: %j', (rates, why) =>
    expect(total(charge(rates, { input: 0, output: 0 }))).toBe(why),
  )

  const rate = fc
    .nat(10 ** 9)
    .map((n) => `${n}e-9`)
    .map((text) => (text === '0e-9' ? '0' : text))
  const tokens = fc.nat(10 ** 9)
  test('costs add up at a fixed request size, and grow with every volume', () => {
    fc.assert(
      fc.property(rate, rate, tokens, tokens, tokens, tokens, (input, output, a, b, c, d) => {
        const cost = (i: number, o: number) => charge({ input, output }, { input: i, output: o })
        const [one, two, both] = [cost(a, b), cost(c, d), cost(a + c, b + d)]
        const totals = [one, two, both].flatMap((each) =>
          each.kind === 'priced' ? [each.total] : [],
        )
        const [x, y, z] = totals
        expect(x && y && add(x, y)).toEqual(z)
        expect(x && z && compare(x, z)).toBeLessThanOrEqual(0)
      }),
    )
  })
})
