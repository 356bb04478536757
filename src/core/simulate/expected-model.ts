import type { Endpoint } from '../catalog/endpoint.ts'
import type { Model, Source } from '../catalog/model.ts'
import type { Price, Rates } from '../catalog/price.ts'
import { add, compare, divide, multiply, round, toDecimal, type Usd, usd, ZERO } from '../money.ts'
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
function ratesOf({ plan, shares }: Expected, promptTokens: number): Rates {
  const weights = shares.map((share) => usd(share.toFixed(12)))
  const whole = add(...weights)
  const mean = (dimension: keyof typeof MILLION_OF): string | undefined => {
    const parts = plan.candidates.flatMap(({ endpoint }, at) => {
      const rate = rateAt(endpoint.price, dimension, promptTokens)
      return rate ? [multiply(rate, weights[at] ?? ZERO)] : []
    })
    if (parts.length < plan.candidates.length) return undefined
    const exact = divide(add(...parts), whole, 12)
    return toDecimal(round(exact, compare(exact, TEN_CENTS) < 0 ? 6 : 4))
  }
  const rates = {
    input: mean('input'),
    output: mean('output'),
    cacheRead: mean('cacheRead'),
    cacheWrite: mean('cacheWrite'),
  }
  return Object.fromEntries(Object.entries(rates).filter(([, value]) => value !== undefined))
}

const MILLION_OF = {
  input: { input: MILLION, output: 0 },
  output: { input: 0, output: MILLION },
  cacheRead: { input: MILLION, output: 0, cacheRead: MILLION },
  cacheWrite: { input: MILLION, output: 0, cacheWrite: MILLION },
} as const satisfies Record<string, Quantities>

/** A million tokens of one kind at an endpoint, its tiers and hours included; null where that has no price. */
function rateAt(
  price: Price,
  dimension: keyof typeof MILLION_OF,
  promptTokens: number,
): Usd | null {
  if (!price.overrides) {
    const rate = price[dimension] ?? (dimension === 'output' ? undefined : price.input)
    return rate === undefined ? null : usd(rate)
  }
  const charged = priceOf(price, MILLION_OF[dimension], promptTokens, 'average')
  return charged.kind === 'priced' ? charged.total : null
}
