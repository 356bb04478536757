import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Route } from '../../../src/core/cost/route.ts'
import { compare, toDecimal, type Usd, usd } from '../../../src/core/money.ts'
import { bill, optimum, type Priced, type Terms } from '../../../src/core/workload/optimum.ts'

const TERMS: Terms = {
  purchase: { percent: '5.5', minimum: '0.80' },
  byok: { percent: '5', allowance: { unit: 'usd', amount: '25000' } },
  topUp: null,
  byokUsed: null,
  opsCost: null,
}

const amount = (text: string | null): Usd | null => (text === null ? null : usd(text))

function priced(
  name: string,
  direct: string | null,
  credits: string | null,
  byok: string | null,
): Priced {
  const tokens = { direct: amount(direct), credits: amount(credits), byok: amount(byok) }
  return { name, months: [{ tokens, list: amount(byok) ?? usd('0'), requests: null }] }
}

const total = (workloads: readonly Priced[], routes: readonly Route[], terms = TERMS) => {
  const costed = bill(workloads, routes, terms)
  return costed && toDecimal(costed.total)
}

describe('one bill for several workloads', () => {
  const two = [priced('a', '600', '600', '600'), priced('b', null, '100', '30000')]
  // By hand: fees are taken on the sum, and the BYOK allowance is shared.
  test.each<[readonly Route[], string | null]>([
    [['credits', 'credits'], '738.5'],
    [['direct', 'credits'], '705.5'],
    [['byok', 'byok'], '30880'],
    [['direct', 'direct'], null],
  ])('%j costs %s', (routes, cost) => expect(total(two, routes)).toBe(cost))

  test('operations cost as soon as anything leaves Credits', () => {
    const terms = { ...TERMS, opsCost: usd('50') }
    expect(total(two, ['credits', 'credits'], terms)).toBe('738.5')
    expect(total(two, ['direct', 'credits'], terms)).toBe('755.5')
    // So the dearer tokens win: 738.50 against 755.50.
    expect(optimum(two, terms).best?.routes).toEqual(['credits', 'credits'])
  })

  test('two small purchases are dearer than one: 0.80 once', () => {
    const small = [priced('a', '5', '5', null), priced('b', null, '5', null)]
    expect(total(small, ['credits', 'credits'])).toBe('10.8')
    expect(optimum(small, TERMS).best?.routes).toEqual(['direct', 'credits'])
  })
})

test('no choice of routes is cheaper than the optimum', () => {
  const figure = fc.option(fc.integer({ min: 0, max: 60_000 }).map(String), { freq: 4 })
  const workload = fc.tuple(figure, fc.integer({ min: 0, max: 60_000 }).map(String), figure)
  fc.assert(
    fc.property(
      fc.array(workload, { minLength: 1, maxLength: 4 }),
      fc.array(fc.constantFrom<Route>('direct', 'credits', 'byok'), { minLength: 4, maxLength: 4 }),
      (figures, routes) => {
        const workloads = figures.map((each, at) => priced(`w${at}`, ...each))
        const { best, exact } = optimum(workloads, TERMS)
        const other = bill(workloads, routes.slice(0, workloads.length), TERMS)
        expect(exact).toBe(true)
        expect(best && other ? compare(best.total, other.total) : -1).toBeLessThanOrEqual(0)
      },
    ),
  )
})
