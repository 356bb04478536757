import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  limitOf,
  limitText,
  resetOf,
  scopesOf,
  spendOf,
  stateOf,
  tightest,
  windowOf,
} from '../../src/core/budget.ts'
import { compare, toDecimal, usd, ZERO } from '../../src/core/money.ts'

const NOON = new Date('2026-11-22T12:00:00Z')

describe('true spend, in the three shapes of a bill', () => {
  test.each([
    ['credits repeat the charge upstream', '0.0105', '0.0105', false, '0.0105'],
    ['BYOK within the allowance', '0', '0.02', true, '0.02'],
    ['BYOK beyond the allowance', '0.001', '0.02', true, '0.021'],
    ['credits without upstream', '0.0105', undefined, false, '0.0105'],
    ['BYOK without upstream', '0.001', undefined, true, '0.001'],
  ])('%s', (_, cost, upstream, isByok, spend) => {
    const bill = { cost: usd(cost), upstream: upstream ? usd(upstream) : undefined, isByok }
    expect(toDecimal(spendOf(bill))).toBe(spend)
  })
})

describe('limits', () => {
  test.each([
    ['5/day', '5/day'],
    ['$50/month', '50/month'],
    [' 2.50/total ', '2.5/total'],
    ['1_000/month', '1000/month'],
  ])('%j reads as %s', (typed, text) =>
    expect(limitText(limitOf(typed, { kind: 'all' }))).toBe(text),
  )

  test.each(['5', '5/week', '/day', '-1/day', '0/day', '0.00/day', '5 / day', '1e3/day', ''])(
    '%j is refused',
    (typed) => expect(() => limitOf(typed, { kind: 'all' })).toThrow(RangeError),
  )

  test.each([
    ['day', '2026-11-22', '2026-11-22', '2026-11-23T00:00:00.000Z'],
    ['month', '2026-11-01', '2026-11-31', '2026-12-01T00:00:00.000Z'],
  ] as const)('a %s is %s to %s', (per, first, last, reset) => {
    expect(windowOf(per, NOON)).toEqual({ first, last })
    expect(resetOf(per, NOON)?.toISOString()).toBe(reset)
  })

  test('a month ends with the year, a total never', () => {
    expect(resetOf('month', new Date('2026-12-31T23:59:59Z'))?.toISOString()).toBe(
      '2027-01-01T00:00:00.000Z',
    )
    expect(resetOf('total', NOON)).toBeUndefined()
  })

  test('a variant spends the budget of its model, and every prompt that of all', () => {
    expect([...scopesOf(['openai/gpt-5.1:nitro', 'acme/small'], 'work')]).toEqual([
      'all',
      'model:openai/gpt-5.1',
      'model:acme/small',
      'session:work',
    ])
  })

  test('what is left counts what is held, and is never below zero', () => {
    fc.assert(
      fc.property(
        fc.bigInt(1n, 10n ** 30n),
        fc.bigInt(0n, 10n ** 30n),
        fc.bigInt(0n, 10n ** 30n),
        (amount, spent, held) => {
          const limit = {
            scope: { kind: 'all' as const },
            amount: { units: amount, scale: 0 },
            per: 'day' as const,
          }
          const { left } = stateOf(limit, usd(String(spent)), usd(String(held)))
          const rest = amount - spent - held
          expect(toDecimal(left)).toBe(String(rest > 0n ? rest : 0n))
        },
      ),
    )
  })

  test('the tightest limit is the one that leaves least', () => {
    const state = (text: string) => stateOf(limitOf(text, { kind: 'all' }), ZERO, ZERO)
    expect(tightest([])).toBeUndefined()
    const least = tightest([state('5/day'), state('3/month'), state('9/total')])
    expect(compare(least?.left ?? ZERO, usd('3'))).toBe(0)
  })
})
