import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  add,
  compare,
  divide,
  multiply,
  perMillion,
  round,
  subtract,
  times,
  toDecimal,
  type Usd,
  usd,
} from '../../src/core/money.ts'

const decimals = fc
  .tuple(fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), fc.nat(60))
  .map(([units, scale]) => usd(`${units}e-${scale}`))

describe('laws', () => {
  test('text and money round-trip, with any number of decimals', () => {
    fc.assert(
      fc.property(decimals, (amount) => {
        expect(usd(toDecimal(amount))).toEqual(amount)
      }),
    )
  })
  test('n copies cost n times one copy', () => {
    fc.assert(
      fc.property(decimals, fc.nat(30), (amount, n) => {
        expect(add(...Array<Usd>(n).fill(amount))).toEqual(times(amount, n))
      }),
    )
  })
  test('what is added can be taken away, and order is kept', () => {
    fc.assert(
      fc.property(decimals, decimals, (a, b) => {
        expect(subtract(add(a, b), b)).toEqual(a)
        expect(Math.sign(compare(a, b))).toBe(Math.sign(Number(subtract(a, b).units)))
      }),
    )
  })
})

describe('text', () => {
  test.each([
    ['0.000000020833333333333335', '0.000000020833333333333335'],
    ['3.00', '3'],
    ['1e-7', '0.0000001'],
    ['1.5E3', '1500'],
    ['-0.50', '-0.5'],
    ['-0', '0'],
  ])('%s reads as %s', (text, canonical) => expect(toDecimal(usd(text))).toBe(canonical))

  test.each(['', '.5', '1.', '0x1', 'NaN', ' 1', '1,000', '$5', '1e999'])('rejects %j', (text) => {
    expect(() => usd(text)).toThrow(RangeError)
  })
})

describe('arithmetic', () => {
  test.each([
    ['1.375', 2, '1.38'],
    ['1.374999', 2, '1.37'],
    ['-1.375', 2, '-1.38'],
    ['2', 2, '2'],
    ['0.5', 0, '1'],
  ])('%s to %i places is %s', (text, places, rounded) =>
    expect(toDecimal(round(usd(text), places))).toBe(rounded),
  )

  test.each([
    ['100', '1.055', 4, '94.7867'],
    ['1', '3', 6, '0.333333'],
    ['-2', '3', 2, '-0.67'],
  ])('%s / %s to %i places is %s', (a, b, places, quotient) =>
    expect(toDecimal(divide(usd(a), usd(b), places))).toBe(quotient),
  )

  test('rates are per million tokens', () => {
    expect(toDecimal(perMillion(usd('0.14'), 100))).toBe('0.000014')
    expect(toDecimal(multiply(usd('600'), usd('0.055')))).toBe('33')
  })
  test('nothing is divided by zero', () =>
    expect(() => divide(usd('1'), usd('0'), 2)).toThrow(RangeError))
})
