import type { Endpoint } from '../catalog/endpoint.ts'
import type { Model, Source } from '../catalog/model.ts'
import type { Rates } from '../catalog/price.ts'
import { add, compare, divide, multiply, round, toDecimal, type Usd, usd } from '../money.ts'
import { CLASSIC } from '../policy/routing.ts'
import { priceOf, type Quantities } from '../price.ts'
import { type Expected, expectedPrice } from './expected.ts'
import type { OutageTable } from './outages.ts'

/** Where an expected price comes from, for footers. */
export const expectedSource = (endpoints: readonly Endpoint[], outages: OutageTable): Source => ({
  id: 'expected-routing',
  name: `expected under OpenRouter's documented routing (1/price²), outages ${outages.from} to ${outages.to}`,
  url: 'https://openrouter.ai/docs/guides/routing/provider-selection',
  asOf: newest(endpoints),
  terms: 'computed by orx',
})

const newest = (endpoints: readonly Endpoint[]): string =>
  endpoints
    .map(({ asOf }) => asOf)
    .toSorted()
    .at(-1) ?? ''

/**
 * The model with what requests of this size cost on average over the endpoints that serve them, in place of its list price.
 * Unchanged where no endpoint is known: nothing is expected of what nobody has measured.
 */
export function withExpectedPrice(
  model: Model,
  endpoints: readonly Endpoint[],
  outages: OutageTable,
  size: { readonly input: number; readonly output: number },
): Model {
  const request = { quantities: size, time: 'average', parameters: [] } as const
  const expected = expectedPrice(endpoints, request, { ...CLASSIC, models: [model.id] }, outages)
  if (!expected.price) return model
  const price = ratesOf(expected, size.input)
  if (price.input === undefined || price.output === undefined) return model
  const point = { source: 'expected-routing', asOf: newest(endpoints), price }
  return { ...model, points: [...model.points, point] }
}

const MILLION = 1_000_000
const TEN_CENTS = usd('0.1')

/** Rates per 1M tokens as means over the shares, to four decimals, or six below ten cents; costs are linear in tokens, so their mean is what is paid. */
function ratesOf(expected: Expected, promptTokens: number): Rates {
  const rate = (quantities: Quantities): string | undefined => {
    const parts = expected.plan.candidates.map(({ endpoint }, at): Usd | null => {
      const charged = priceOf(endpoint.price, quantities, promptTokens, 'average')
      if (charged.kind === 'unpriced') return null
      return multiply(charged.total, usd((expected.shares[at] ?? 0).toFixed(12)))
    })
    const priced = parts.filter((part) => part !== null)
    if (priced.length < parts.length) return undefined
    const whole = add(...expected.shares.map((share) => usd(share.toFixed(12))))
    const mean = divide(add(...priced), whole, 12)
    return toDecimal(round(mean, compare(mean, TEN_CENTS) < 0 ? 6 : 4))
  }
  const rates = {
    input: rate({ input: MILLION, output: 0 }),
    output: rate({ input: 0, output: MILLION }),
    cacheRead: rate({ input: MILLION, output: 0, cacheRead: MILLION }),
    cacheWrite: rate({ input: MILLION, output: 0, cacheWrite: MILLION }),
  }
  return Object.fromEntries(Object.entries(rates).filter(([, value]) => value !== undefined))
}
