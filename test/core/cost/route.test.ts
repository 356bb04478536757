import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Price } from '../../../src/core/catalog/price.ts'
import { cheapestRoute, type Offer, type Volume } from '../../../src/core/cost/route.ts'
import { routeCosts } from '../../../src/core/cost/route-costs.ts'
import { add, compare, multiply, type Usd, usd, ZERO } from '../../../src/core/money.ts'
import { model } from '../../model.ts'

const asOf = '2026-11-10'

const offer = (price: Price, own = price): Offer => ({
  model: model('acme/model', { points: [{ source: 's', asOf, price }] }),
  point: { source: 's', asOf, price },
  direct: [{ provider: 'acme', id: 'model', model: 'acme/model', price: own, source: 's', asOf }],
  hosts: [],
  listIsDirect: false,
})

const volume = (input: number, output: number): Volume => ({
  quantities: { input, output },
  requests: null,
  period: 'month',
  at: 'average',
})

const billing = (byokUsed: Usd | null = null) => ({
  purchase: { percent: '5.5', minimum: '0.80' },
  byok: { percent: '5', allowance: { unit: 'usd', amount: '25000' } } as const,
  topUp: null,
  byokUsed,
  discounts: {},
})

const rate = fc.nat(10 ** 8).map((units) => (units === 0 ? '0' : `${units}e-6`))
const tokens = fc.nat(10 ** 10)

function totals(price: Price, input: number, output: number, used: Usd | null = null) {
  const [direct, credits, byok] = routeCosts(offer(price), volume(input, output), billing(used))
  const total = (each: typeof direct) => each?.total ?? ZERO
  return { direct: total(direct), credits: total(credits), byok: total(byok) }
}

const atLeast = (a: Usd, b: Usd) => expect(compare(a, b)).toBeGreaterThanOrEqual(0)

describe('laws at one list price', () => {
  test('Credits ≥ Direct, and Direct ≤ BYOK ≤ Direct + 5 % of list', () => {
    fc.assert(
      fc.property(rate, rate, tokens, tokens, fc.nat(30_000), (input, output, i, o, used) => {
        const { direct, credits, byok } = totals({ input, output }, i, o, usd(String(used)))
        atLeast(credits, direct)
        atLeast(byok, direct)
        atLeast(add(direct, multiply(direct, usd('0.05'))), byok)
      }),
    )
  })

  test('every total grows with every volume', () => {
    fc.assert(
      fc.property(rate, rate, tokens, tokens, tokens, (input, output, i, o, more) => {
        const before = totals({ input, output }, i, o)
        for (const [a, b] of [
          [i + more, o],
          [i, o + more],
        ] as const) {
          const after = totals({ input, output }, a, b)
          atLeast(after.direct, before.direct)
          atLeast(after.credits, before.credits)
          atLeast(after.byok, before.byok)
        }
      }),
    )
  })

  test('on a tie the simpler way is the cheapest', () => {
    const routes = routeCosts(offer({ input: '1', output: '1' }), volume(1_000_000, 0), billing())
    expect(cheapestRoute(routes)?.route).toBe('direct')
  })

  test('Direct can be dearer than Credits, and then Credits wins', () => {
    const dear = offer({ input: '0.07', output: '1.4' }, { input: '1.4', output: '4.4' })
    const routes = routeCosts(dear, volume(100_000_000, 20_000_000), billing())
    expect(cheapestRoute(routes)?.route).toBe('credits')
  })
})
