import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { attempts, type Health, type Placed } from '../../../src/core/policy/attempts.ts'

/** The same figures by brute force: every up/down state, every order of draws. */
function enumerated(placed: readonly Placed[], health: readonly Health[], tries: number) {
  const n = placed.length
  const sums = { first: Array(n).fill(0), tried: Array(n).fill(0), answered: Array(n).fill(0) }
  const key = (at: number, up: boolean) => {
    const { block = 0, last = false, rank = 0 } = placed[at] ?? {}
    return [block, up ? 0 : 1, last ? 1 : 0, rank]
      .map((each) => String(each).padStart(3, '0'))
      .join()
  }
  const walk = (
    ups: readonly boolean[],
    left: readonly number[],
    chance: number,
    depth: number[],
  ) => {
    if (left.length === 0 || chance === 0) return
    const best = left.map((at) => key(at, ups[at] ?? true)).sort()[0]
    const tier = left.filter((at) => key(at, ups[at] ?? true) === best)
    const block = placed[tier[0] ?? 0]?.block ?? 0
    if ((depth[block] ?? 0) >= tries)
      return walk(
        ups,
        left.filter((at) => placed[at]?.block !== block),
        chance,
        depth,
      )
    const sum = tier.reduce((total, at) => total + (placed[at]?.weight ?? 0), 0)
    for (const at of tier) {
      const here = (chance * (placed[at]?.weight ?? 0)) / sum
      const fail = (ups[at] ? health[at]?.failUp : health[at]?.failDown) ?? 0
      if (left.length === n) sums.first[at] += here
      sums.tried[at] += here
      sums.answered[at] += here * (1 - fail)
      const deeper = [...depth]
      deeper[block] = (deeper[block] ?? 0) + 1
      walk(
        ups,
        left.filter((each) => each !== at),
        here * fail,
        deeper,
      )
    }
  }
  for (let mask = 0; mask < 2 ** n; mask++) {
    const ups = placed.map((_, at) => (mask & (1 << at)) === 0)
    const chance = health.reduce((p, { seenUp }, at) => p * (ups[at] ? seenUp : 1 - seenUp), 1)
    walk(
      ups,
      placed.map((_, at) => at),
      chance,
      [],
    )
  }
  return sums
}

const share = fc.double({ min: 0, max: 1, noNaN: true })
const endpoint = fc.record({
  placed: fc.record({
    block: fc.nat(1),
    last: fc.boolean(),
    rank: fc.nat(1),
    weight: fc.integer({ min: -8, max: 8 }).map((power) => Math.exp(power / 2)),
  }),
  health: fc.record({ seenUp: share, failUp: share, failDown: share }),
})

const flat = (weight: number): Placed => ({ block: 0, last: false, rank: 0, weight })

describe('against the plain sum over states and orders', () => {
  test('any tiers, blocks, weights, health and number of tries', () => {
    fc.assert(
      fc.property(
        fc.array(endpoint, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 5 }),
        (list, tries) => {
          const placed = list.map((each) => each.placed)
          const health = list.map((each) => each.health)
          // Blocks count from 0 without gaps, as plans make them.
          const lowest = Math.min(...placed.map(({ block }) => block))
          const tidy = placed.map((each) => ({ ...each, block: each.block - lowest }))
          const plain = enumerated(tidy, health, tries)
          const quick = attempts(tidy, health, tries)
          for (const key of ['first', 'tried', 'answered'] as const) {
            for (const [at, value] of plain[key].entries())
              expect(quick[key][at]).toBeCloseTo(value, 11)
          }
        },
      ),
      { numRuns: 150 },
    )
  })
})

test('a block that always fails is still the first one tried', () => {
  const down = { seenUp: 0, failUp: 0, failDown: 1 }
  const { first } = attempts([flat(1), { ...flat(1), block: 1 }], [down, down], 1)
  expect([...first]).toEqual([1, 0])
})

test('prices 1, 2, 3 always up: 36/49, 9/49, 4/49', () => {
  const sure = { seenUp: 1, failUp: 0, failDown: 0 }
  const { first } = attempts([flat(1), flat(1 / 4), flat(1 / 9)], [sure, sure, sure], 3)
  expect([...first].map((chance) => chance * 49)).toEqual(
    [36, 9, 4].map((each) => expect.closeTo(each, 11)),
  )
})

test('many endpoints: the integral agrees with the closed form of a few', () => {
  // Ten in one tier against the same ten with four that are never seen healthy and always fail: five race for real.
  const sure = { seenUp: 1, failUp: 0.1, failDown: 1 }
  const never = { seenUp: 0, failUp: 1, failDown: 1 }
  const few = attempts(
    [1, 2, 3, 4, 5].map((weight) => flat(weight)),
    Array<Health>(5).fill(sure),
    3,
  )
  const many = attempts(
    [1, 2, 3, 4, 5, 1, 2, 3, 4, 5].map((weight) => flat(weight)),
    [...Array<Health>(5).fill(sure), ...Array<Health>(5).fill(never)],
    3,
  )
  for (const at of [0, 1, 2, 3, 4]) {
    expect(many.answered[at]).toBeCloseTo(few.answered[at] ?? 0, 9)
  }
  const ten = attempts(
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((weight) => flat(weight)),
    Array<Health>(10).fill(sure),
    1,
  )
  expect([...ten.first].map((chance) => chance * 55)).toEqual(
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((each) => expect.closeTo(each, 7)),
  )
})

test('many endpoints whose weights lie far apart: first tries are the weights', () => {
  const sure = { seenUp: 1, failUp: 0.01, failDown: 1 }
  const weights = Array.from({ length: 12 }, (_, at) => Math.exp(-at))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const { first } = attempts(weights.map(flat), Array<Health>(12).fill(sure), 3)
  for (const [at, weight] of weights.entries()) expect(first[at]).toBeCloseTo(weight / total, 9)
})

test('independent failures: success = 1 − Π(1 − aᵢ), attempts = the partial products', () => {
  const answers = [0.9, 0.5, 0.3, 0.8]
  const health = answers.map((a) => ({ seenUp: 1, failUp: 1 - a, failDown: 1 }))
  const order = answers.map((_, rank) => ({ ...flat(1), rank }))
  const { tried, answered } = attempts(order, health, 4)
  const total = (values: Float64Array) => values.reduce((sum, each) => sum + each, 0)
  expect(total(answered)).toBeCloseTo(1 - 0.1 * 0.5 * 0.7 * 0.2, 13)
  expect(total(tried)).toBeCloseTo(1 + 0.1 + 0.1 * 0.5 + 0.1 * 0.5 * 0.7, 13)
})

test('one more healthy endpoint never lowers success under full fallback', () => {
  const healthy = fc.record({
    weight: fc.integer({ min: 1, max: 100 }),
    health: fc.record({ seenUp: share, failUp: share, failDown: share }),
  })
  fc.assert(
    fc.property(fc.array(healthy, { minLength: 1, maxLength: 7 }), healthy, (list, extra) => {
      const success = (all: typeof list) =>
        attempts(
          all.map(({ weight }) => flat(weight)),
          all.map(({ health }) => health),
          all.length,
        ).answered.reduce((sum, each) => sum + each, 0)
      expect(
        success([...list, { ...extra, health: { ...extra.health, seenUp: 1 } }]),
      ).toBeGreaterThanOrEqual(success(list) - 1e-8)
    }),
  )
})
