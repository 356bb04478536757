import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toDecimal } from '../../../src/core/money.ts'
import { NO_CUTS } from '../../../src/core/usage/groups.ts'
import { amountOf, HUGE_UNIT, MEASURE, MEASURES } from '../../../src/core/usage/measures.ts'
import { createTally } from '../../../src/core/usage/tally.ts'

const middle = fc.nat(2 ** 31 - 1).map((n) => n * 1_800_000)
const fine = fc.nat(2 ** 31 - 1).map((n) => n * 465)

test('sums of money are exact at any size, carries included', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(middle, fine, fc.nat(3)), { minLength: 1, maxLength: 60 }),
      (amounts) => {
        const tally = createTally(NO_CUTS)
        const model = tally.models.of('a/b')
        let units = 0n
        for (const [cost, costFine, costHuge] of amounts) {
          const values = new Float64Array(MEASURES)
          values[MEASURE.requests] = 1
          values[MEASURE.reported] = 1
          values[MEASURE.cost] = cost
          values[MEASURE.costFine] = costFine
          values[MEASURE.costHuge] = costHuge
          tally.add(model, 20_000, 0, 0, values)
          units +=
            (BigInt(cost) + BigInt(costHuge) * BigInt(HUGE_UNIT)) * 10n ** 12n + BigInt(costFine)
        }
        const sum = amountOf(tally.values(), 0, MEASURE.cost)
        expect(sum.units * 10n ** BigInt(24 - sum.scale)).toBe(units)
      },
    ),
  )
})

test('requests are kept apart by prompt size and hour, strictly above a size', () => {
  const tally = createTally({
    ofModel: () => ({ prompts: [100], minutes: [0, 60] }),
    contexts: [120],
  })
  const model = tally.models.of('a/b')
  for (const [input, minute] of [
    [100, 59],
    [101, 59],
    [101, 60],
    [121, 0],
  ] as const) {
    const values = new Float64Array(MEASURES)
    values[MEASURE.input] = input
    values[MEASURE.requests] = 1
    tally.add(model, 20_000, minute, 0, values)
  }
  expect(
    tally.cells().map(({ prompt, minute, base }) => [prompt, minute, tally.values()[base]]),
  ).toEqual([
    [0, 0, 100],
    [101, 0, 222],
    [101, 60, 101],
  ])
  expect(tally.over('a/b', 120)).toBe(1)
})

test('an amount of one fine unit is the 24th decimal', () => {
  const values = new Float64Array(MEASURES)
  values[MEASURE.costFine] = 1
  expect(toDecimal(amountOf(values, 0, MEASURE.cost))).toBe('0.000000000000000000000001')
})
