import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { usd } from '../../../src/core/money.ts'
import { type Axes, dominates, undominated } from '../../../src/core/recommend/axes.ts'
import { floorOf } from '../../../src/core/recommend/floor.ts'
import { knee, kneePoints } from '../../../src/core/recommend/knee.ts'
import { rolesOf } from '../../../src/core/recommend/roles.ts'
import { PRIORITIES, parseWeights, utilities } from '../../../src/core/recommend/weights.ts'

// Few distinct values, so that ties are common.
const axes: fc.Arbitrary<Axes> = fc.record({
  quality: fc.integer({ min: 50, max: 60 }),
  cost: fc.integer({ min: 1, max: 12 }).map((cost) => usd(`${cost}e-1`)),
  seconds: fc.option(fc.integer({ min: 1, max: 6 }), { nil: null }),
})
const field = fc.array(axes, { minLength: 1, maxLength: 25 })
const weights = fc.record({
  intelligence: fc.integer({ min: 0, max: 5 }),
  latency: fc.integer({ min: 0, max: 5 }),
  cost: fc.integer({ min: 1, max: 5 }),
})

/** The law again, written independently: at least as good on every axis known for both, better on one. */
function beats(a: Axes, b: Axes): boolean {
  const pairs: readonly (readonly [number, number])[] = [
    [a.quality, b.quality],
    [-Number(a.cost.units) / 10 ** a.cost.scale, -Number(b.cost.units) / 10 ** b.cost.scale],
    ...(a.seconds === null || b.seconds === null ? [] : [[-a.seconds, -b.seconds] as const]),
  ]
  return pairs.every(([x, y]) => x >= y) && pairs.some(([x, y]) => x > y)
}

describe('laws', () => {
  test('no pick is dominated by another eligible model', () => {
    fc.assert(
      fc.property(field, weights, fc.integer({ min: 40, max: 60 }), (all, weighted, floor) => {
        const roles = Object.values(rolesOf(all, floor, weighted))
        for (const pick of roles) {
          if (pick) expect(all.filter((other) => beats(other, pick))).toEqual([])
        }
      }),
      { numRuns: 500 },
    )
  })
  test('dominance is the law, and something is always left', () => {
    fc.assert(
      fc.property(field, (all) => {
        for (const a of all) for (const b of all) expect(dominates(a, b)).toBe(beats(a, b))
        expect(undominated(all).length).toBeGreaterThan(0)
      }),
    )
  })
  test('best has the highest score, budget the least cost above the floor, all picks keep the floor', () => {
    fc.assert(
      fc.property(field, weights, (all, weighted) => {
        const top = Math.max(...all.map(({ quality }) => quality))
        const { value } = floorOf(top, 'index')
        const roles = rolesOf(all, value, weighted)
        expect(roles.best?.quality).toBe(top)
        for (const pick of Object.values(roles)) {
          expect(pick === undefined || pick.quality >= value).toBe(true)
        }
        const able = all.filter(({ quality }) => quality >= value)
        expect(
          able.some((each) =>
            beats(
              { ...each, seconds: null, quality: 0 },
              { ...(roles.budget ?? each), seconds: null, quality: 0 },
            ),
          ),
        ).toBe(false)
      }),
    )
  })
  test('weights in proportion give the same choice', () => {
    fc.assert(
      fc.property(field, weights, (all, { intelligence, latency, cost }) => {
        const doubled = { intelligence: intelligence * 2, latency: latency * 2, cost: cost * 2 }
        expect(rolesOf(all, 0, doubled).choice).toBe(
          rolesOf(all, 0, { intelligence, latency, cost }).choice,
        )
      }),
    )
  })
})

const at = (quality: number, cost: string, seconds: number | null = null): Axes => ({
  quality,
  cost: usd(cost),
  seconds,
})

test('the knee is the point furthest above the chord in log cost', () => {
  // Chord from (1, 70) to (100, 80): 75 at cost 10. Heights by hand: 0, 79 - 75 = 4, 0.
  const points = [at(70, '1'), at(79, '10'), at(80, '100'), at(71, '50')]
  expect(kneePoints(points).map(({ height }) => Number(height.toFixed(6)))).toEqual([0, 4, 0])
  expect(knee(points)).toBe(points[1])
})

test('without a bend the cheapest of the front is the knee', () => {
  const points = [at(70, '1'), at(80, '100')]
  expect(knee(points)).toBe(points[0])
})

test('ratings keep 70 points, indices a share', () => {
  expect(floorOf(1457, 'rating').value).toBe(1387)
  expect(floorOf(78, 'index').value).toBeCloseTo(66.3, 10)
})

test('an unknown time counts as the mean of the known ones', () => {
  // Log times of 1 s and 100 s: positions 0 and 1, so latencies 1 and 0, and 0.5 for the unknown one.
  const [, , third] = utilities([at(1, '1', 1), at(1, '1', 100), at(1, '1')], 0, PRIORITIES.speed)
  expect(third).toMatchObject({ latency: 0.5, assumedLatency: true })
})

test.each(['', 'speed=1', 'cost', 'cost=-1', 'cost=0'])('--weights %j is refused', (text) =>
  expect(() => parseWeights(text)).toThrow(/--weights/),
)
test('weights left out count nothing', () =>
  expect(parseWeights('cost=2, latency=0.5')).toEqual({ intelligence: 0, latency: 0.5, cost: 2 }))
