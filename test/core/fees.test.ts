import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  byokFee,
  cheapestTopUp,
  creditsDeducted,
  creditsFor,
  type PurchaseFee,
  purchaseFee,
  purchasesFee,
} from '../../src/core/fees.ts'
import { add, compare, toDecimal, usd } from '../../src/core/money.ts'

const CARD: PurchaseFee = { percent: '5.5', minimum: '0.80' }
const CRYPTO: PurchaseFee = { percent: '5', minimum: '0' }

describe('buying credits', () => {
  // Worked out by hand: max(0.80, 5.5 %) rounded half up to the cent.
  test.each([
    ['5', '5.8'],
    ['10', '10.8'],
    ['14.54', '15.34'],
    ['14.55', '15.35'],
    ['25', '26.38'],
    ['100', '105.5'],
    ['0', '0'],
  ])('$%s of credit costs $%s by card', (credits, cash) => {
    const amount = usd(credits)
    expect(toDecimal(add(amount, purchaseFee(amount, CARD)))).toBe(cash)
  })

  test.each([
    ['100', '94.79'],
    ['105.50', '100'],
    ['5.80', '5'],
    ['15.35', '14.55'],
    ['0.80', '0'],
    ['0.5', '0'],
  ])('$%s of cash buys $%s by card', (cash, credits) => {
    expect(toDecimal(creditsFor(usd(cash), CARD))).toBe(credits)
  })

  test('the report deducts instead: $100 leaves $94.50', () => {
    expect(toDecimal(creditsDeducted(usd('100'), CARD))).toBe('94.5')
  })

  test('crypto has no minimum', () => {
    expect(toDecimal(purchaseFee(usd('5'), CRYPTO))).toBe('0.25')
    expect(cheapestTopUp(CRYPTO)).toBeNull()
  })

  test('the percentage decides from $14.55 on', () => {
    expect(toDecimal(cheapestTopUp(CARD) ?? usd('0'))).toBe('14.55')
  })

  test.each([
    ['600', '25', 24, '33.12'],
    ['600', '600', 1, '33'],
    ['601', '600', 2, '66'],
    ['1', '25', 1, '1.38'],
    ['0', '25', 0, '0'],
  ])('$%s in top-ups of $%s takes %i of them and $%s of fees', (spend, topUp, purchases, fee) => {
    const result = purchasesFee(usd(spend), usd(topUp), CARD)
    expect({ ...result, fee: toDecimal(result.fee) }).toEqual({ purchases, fee })
  })

  test('what cash buys is affordable, and a cent more is not', () => {
    fc.assert(
      fc.property(fc.integer({ min: 81, max: 10_000_000 }), (cents) => {
        const cash = usd(`${cents}e-2`)
        const credits = creditsFor(cash, CARD)
        const more = add(credits, usd('0.01'))
        expect(compare(add(credits, purchaseFee(credits, CARD)), cash)).toBeLessThanOrEqual(0)
        expect(compare(add(more, purchaseFee(more, CARD)), cash)).toBe(1)
      }),
    )
  })
})

describe('BYOK', () => {
  const dollars = { percent: '5', allowance: { unit: 'usd', amount: '25000' } } as const
  const requests = { percent: '5', allowance: { unit: 'requests', amount: '1000000' } } as const

  test.each([
    ['600', null, '0'],
    ['25000', null, '0'],
    ['25000.01', null, '0.0005'],
    ['30000', null, '250'],
    ['600', '25000', '30'],
    ['600', '24900', '25'],
    ['600', '99999', '30'],
  ])('2026-08: $%s of list price with $%s used pays $%s', (list, used, fee) => {
    expect(toDecimal(byokFee(usd(list), dollars, used === null ? null : usd(used)))).toBe(fee)
  })

  test.each([
    ['600', null, '30'],
    ['600', '1000000', '0'],
    ['600', '2000000', '15'],
    ['600', '1', '0'],
  ])('2025-11: $%s of list price in %s requests pays $%s', (list, used, fee) => {
    expect(toDecimal(byokFee(usd(list), requests, used === null ? null : usd(used)))).toBe(fee)
  })
})
