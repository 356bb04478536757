import { describe, expect, test } from 'vitest'
import {
  formatCount,
  parseCount,
  parseDuration,
  parseMoney,
  parsePricePair,
  parseRate,
  parseShare,
  parseTimeOfDay,
} from '../../src/core/amount.ts'
import { OrxError } from '../../src/core/errors.ts'
import { toDecimal } from '../../src/core/money.ts'

describe('counts', () => {
  test.each([
    ['100M', 100_000_000],
    ['2.5k', 2500],
    ['1_000_000', 1_000_000],
    ['1,000,000', 1_000_000],
    ['1e6', 1_000_000],
    ['1.5e3', 1500],
    ['0', 0],
    ['2B', 2_000_000_000],
    ['1t', 1e12],
  ])('%s is %i', (text, count) => expect(parseCount(text)).toBe(count))

  test.each(['', '1.5', '-1', '1e-3', 'abc', '1.0001k', '9e15k', '0x10', 'NaN', '1e99', '١٢'])(
    'rejects %j',
    (text) => expect(() => parseCount(text, '--in')).toThrow(OrxError),
  )

  test.each([
    [100_000_000, '100M'],
    [2500, '2.5K'],
    [1234, '1,234'],
    [1_234_567, '1,234,567'],
    [128_000, '128K'],
    [7, '7'],
    [0, '0'],
  ])('%i is written %s', (count, text) => expect(formatCount(count)).toBe(text))
})

describe('shares, rates, money, prices', () => {
  test.each([
    ['60%', '0.6'],
    ['0.6', '0.6'],
    ['100%', '1'],
    ['12.5 %', '0.125'],
  ])('%s is a share of %s', (text, share) => expect(toDecimal(parseShare(text))).toBe(share))
  test.each(['101%', '1.5', '-5%', '%', ''])('%j is no share', (text) =>
    expect(() => parseShare(text)).toThrow(OrxError),
  )
  test('growth may pass 100 %', () => expect(toDecimal(parseRate('150%'))).toBe('1.5'))
  test.each([
    ['$20', '20'],
    ['1.5k', '1500'],
    ['0.000001', '0.000001'],
  ])('%s is $%s', (text, amount) => expect(toDecimal(parseMoney(text))).toBe(amount))
  test('1/5 is a price in and out', () => {
    const { input, output } = parsePricePair('1/5')
    expect([toDecimal(input), toDecimal(output)]).toEqual(['1', '5'])
  })
  test.each(['1/2/3', '/5', 'a/b'])('%j is no price', (text) =>
    expect(() => parsePricePair(text)).toThrow(OrxError),
  )
})

describe('time', () => {
  test.each([
    ['30s', 30_000],
    ['5m', 300_000],
    ['1h30m', 5_400_000],
    ['2d', 172_800_000],
    ['250ms', 250],
  ])('%s is %i ms', (text, ms) => expect(parseDuration(text)).toBe(ms))
  test.each(['', '5', '5 m', 'h', '1y', '5mm'])('%j is no duration', (text) =>
    expect(() => parseDuration(text)).toThrow(OrxError),
  )
  test.each([
    ['02:00Z', 120],
    ['23:59', 1439],
    ['0:00', 0],
  ])('%s is minute %i', (text, minute) => expect(parseTimeOfDay(text)).toBe(minute))
  test.each(['24:00', '2', '12:60'])('%j is no time', (text) =>
    expect(() => parseTimeOfDay(text)).toThrow(OrxError),
  )
})
