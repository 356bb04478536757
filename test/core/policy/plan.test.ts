import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { usd } from '../../../src/core/money.ts'
import { draw, type IsDown, odds, tiers } from '../../../src/core/policy/draw.ts'
import { plan } from '../../../src/core/policy/plan.ts'
import type { Plan, Preferences, Routing } from '../../../src/core/policy/routing.ts'
import { endpoint, REQUEST, routing } from './endpoints.ts'

const ABC = [endpoint('a', '1'), endpoint('b', '2'), endpoint('c', '3')]
const up: IsDown = () => false
const down =
  (...tags: string[]): IsDown =>
  ({ endpoint: { tag } }) =>
    tags.includes(tag)
const order = (made: Plan, isDown = up, random = () => 0) =>
  draw(made, isDown, random)
    .map(({ endpoint: { tag } }) => tag)
    .join(' ')

describe('classic', () => {
  test('prices 1, 2, 3 share 36/49, 9/49, 4/49', () => {
    const [a, b, c] = odds(plan(ABC, REQUEST, routing()), up)
    expect(a).toBeCloseTo(36 / 49, 14)
    expect(b).toBeCloseTo(9 / 49, 14)
    expect(c).toBeCloseTo(4 / 49, 14)
  })
  test('with the second unhealthy 9/10 and 1/10, and the order is a, c, b', () => {
    const made = plan(ABC, REQUEST, routing())
    const [a, b, c] = odds(made, down('b'))
    expect([a, b, c]).toEqual([expect.closeTo(0.9, 14), 0, expect.closeTo(0.1, 14)])
    expect(order(made, down('b'))).toBe('a c b')
  })
  test('the price is that of this request, not of the prompt', () => {
    // 1,000 in + 200 out: 1.0 + 0.2 × 9 = 2.8 against 1.4 × 1.2 = 1.68 thousandths, although 1 < 1.4.
    const made = plan([endpoint('a', '1/9'), endpoint('b', '1.4')], REQUEST, routing())
    expect(odds(made, up)[1]).toBeCloseTo(2.8 ** 2 / (2.8 ** 2 + 1.68 ** 2), 12)
  })
  test('free endpoints go first, evenly', () => {
    const made = plan([endpoint('f', '0'), ...ABC, endpoint('g', '0')], REQUEST, routing())
    expect(odds(made, up)).toEqual([0.5, 0, 0, 0, 0.5])
    expect(tiers(made, down('f')).map((tier) => tier.length)).toEqual([1, 3, 1])
  })
  test('another exponent', () =>
    expect(odds(plan(ABC, REQUEST, routing({ exponent: 1 })), up)[0]).toBeCloseTo(6 / 11, 12))
  test('behind the first draw, fallbacks go by price where asked', () => {
    const made = plan(ABC, REQUEST, routing({ fallback: 'price' }))
    expect(order(made, up, () => 0.999)).toBe('c a b')
  })
  test('a full outage still tries everybody', () =>
    expect(order(plan(ABC, REQUEST, routing()), down('a', 'b', 'c'))).toBe('a b c'))
})

test.each<[string, Partial<Routing>, string]>([
  ['floor: cheapest first, flex admitted', { policy: 'floor' }, 'a/flex d b c'],
  ['nitro: fastest first, priority admitted', { policy: 'nitro' }, 'c/priority b c d'],
  ['latency: quickest first token', { policy: 'latency' }, 'd c b'],
  ['order, the rest balanced', { policy: 'order', preferences: { order: ['c'] } }, 'c b d'],
  ['an order overrules', { policy: 'nitro', preferences: { order: ['b', 'd'] } }, 'b d c'],
  [
    'order without fallbacks',
    { policy: 'order', preferences: { order: ['c', 'b'], allowFallbacks: false } },
    'c b',
  ],
  [
    'too slow goes last',
    { policy: 'floor', preferences: { minThroughput: { p50: 60 } } },
    'b c a/flex d',
  ],
  [
    'too late goes last',
    { policy: 'floor', preferences: { maxLatency: { p50: 0.25 } } },
    'd a/flex b c',
  ],
])('%s', (_, asked, expected) => {
  const speed = (p50: number, ms: number) => ({
    throughput: { p50, p75: null, p90: null, p99: null },
    ttftMs: { p50: ms, p75: null, p90: null, p99: null },
  })
  const endpoints = [
    endpoint('a/flex', '0.5', speed(20, 900)),
    endpoint('b', '2', speed(80, 400)),
    endpoint('c', '3', speed(70, 300)),
    endpoint('c/priority', '6', speed(200, 100)),
    endpoint('d', '1', speed(40, 200)),
  ]
  expect(order(plan(endpoints, REQUEST, routing(asked)))).toBe(expected)
})

describe('filters keep their reason', () => {
  const endpoints = [
    endpoint('deepinfra/fp4', '1', { quantization: 'mxfp4', provider: 'DeepInfra' }),
    endpoint('google-vertex/us-east5', '2/4', { zdr: false, retains: true }),
    endpoint('novita', '3', { context: 1100, trains: null }),
    endpoint('mute', '3', { parameters: ['max_tokens'], maxOutput: 100 }),
    endpoint('own', '1', { byokOnly: true }),
    endpoint('dark', '1', { price: { output: '1' } }),
  ]
  test.each<[string, Preferences, string]>([
    ['only, by base slug', { only: ['google-vertex'] }, 'google-vertex/us-east5'],
    ['only, by display name', { only: ['DeepInfra'] }, 'deepinfra/fp4'],
    ['ignore, by full slug', { ignore: ['deepinfra/fp4', 'novita'] }, 'google-vertex/us-east5'],
    ['quantization families', { quantizations: ['fp4'] }, 'deepinfra/fp4'],
    ['zero retention', { zdr: true }, 'deepinfra/fp4'],
    ['no training', { dataCollection: 'deny' }, 'deepinfra/fp4'],
    ['price', { maxPrice: { completion: usd('3.5') } }, 'deepinfra/fp4'],
  ])('%s', (_, preferences, left) => {
    const made = plan(endpoints, REQUEST, routing({ preferences }))
    expect(made.candidates.map(({ endpoint: { tag } }) => tag)).toEqual([left])
    expect(made.dropped).toHaveLength(endpoints.length - 1)
  })
  test('every reason without preferences', () => {
    const request = { ...REQUEST, parameters: ['tools'] }
    const made = plan([...endpoints, endpoint('x/flex', '1')], request, routing())
    expect(
      made.dropped.map(({ endpoint: { tag }, reason, detail }) => [tag, reason, detail]),
    ).toEqual([
      ['novita', 'context', '1200 > 1100'],
      ['mute', 'output', '200 > 100'],
      ['own', 'byok', ''],
      ['x/flex', 'tier', 'flex'],
      ['dark', 'unpriced', 'no price is known for input'],
    ])
  })
  test('tools are preferred where somebody has them, ignored where nobody has', () => {
    const request = { ...REQUEST, parameters: ['tools'] }
    const mute = endpoint('mute', '1', { parameters: [] })
    expect(plan([mute, endpoint('a', '2')], request, routing()).dropped[0]?.reason).toBe('tools')
    expect(plan([mute], request, routing()).candidates).toHaveLength(1)
    const strict = routing({ preferences: { requireParameters: true } })
    expect(plan([mute], request, strict).dropped[0]?.reason).toBe('parameters')
  })
})

describe('several models', () => {
  const endpoints = [endpoint('a', '9'), endpoint('b', '1', { model: 'acme/big' })]
  const models = ['acme/small', 'acme/big']
  test('in order, even where the first is unhealthy', () =>
    expect(order(plan(endpoints, REQUEST, routing({ models })), down('a'))).toBe('a b'))
  test('pooled by price and load', () => {
    const pooled = plan(endpoints, REQUEST, routing({ models, pooled: true }))
    expect(odds(pooled, up)[1]).toBeCloseTo(81 / 82, 12)
    expect(order(pooled, down('b'))).toBe('a b')
  })
})

test('adjusted comes near the illustrated shares', () => {
  // Price and end-to-end speed of OpenRouter's five illustrated endpoints; a first token at once makes p50 the end-to-end speed.
  const illustrated = [
    ['0.98', 92, 0.35],
    ['1.32', 125, 0.34],
    ['0.84', 59, 0.22],
    ['1.54', 77, 0.07],
    ['2.06', 83, 0.02],
  ] as const
  const endpoints = illustrated.map(([price, speed], at) =>
    endpoint(`p${at}`, price, {
      ttftMs: { p50: 0, p75: null, p90: null, p99: null },
      throughput: { p50: speed, p75: null, p90: null, p99: null },
    }),
  )
  const shares = odds(plan(endpoints, REQUEST, routing({ policy: 'adjusted' })), up)
  for (const [at, [, , share]] of illustrated.entries()) {
    expect(Math.abs((shares[at] ?? 0) - share)).toBeLessThan(0.01)
  }
})

describe('laws of classic', () => {
  const prices = fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 8 })
  const sharesOf = (list: readonly number[], scale = 1) =>
    odds(
      plan(
        list.map((price, at) => endpoint(`e${at}`, String(price * scale))),
        REQUEST,
        routing(),
      ),
      up,
    )
  test('scaling all prices changes no share', () => {
    fc.assert(
      fc.property(prices, fc.integer({ min: 1, max: 1000 }), (list, scale) => {
        expect(sharesOf(list, scale)).toEqual(sharesOf(list))
      }),
    )
  })
  test('an order never holds an ignored endpoint, and holds every other once', () => {
    fc.assert(
      fc.property(prices, fc.nat(7), fc.double({ min: 0, max: 0.999 }), (list, out, uniform) => {
        const endpoints = list.map((price, at) => endpoint(`e${at}`, String(price)))
        const made = plan(endpoints, REQUEST, routing({ preferences: { ignore: [`e${out}`] } }))
        const tags = draw(made, up, () => uniform).map(({ endpoint: { tag } }) => tag)
        const rest = endpoints.map(({ tag }) => tag).filter((tag) => tag !== `e${out}`)
        expect(tags.toSorted()).toEqual(rest)
      }),
    )
  })
})
