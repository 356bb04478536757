import { expect, test } from 'vitest'
import { joinMarks, markText } from '../../../src/core/catalog/marks.ts'
import type { Price } from '../../../src/core/catalog/price.ts'

const speed = { tag: 'a', provider: 'A', ttftMs: 500, throughput: 50, asOf: '2026-08-22' }
const model = (then: Price | undefined, now: Price | undefined) => ({
  id: 'acme/a',
  speed,
  points: [
    { source: 's', asOf: '2026-08-22', ...(then ? { price: then } : { unpriced: '?' }) },
    { source: 's', asOf: '2026-11-10', ...(now ? { price: now } : { unpriced: '?' }) },
  ],
})
const at = (input: string, output: string): Price => ({ input, output })

test.each([
  ['stood still', at('1', '2'), at('1', '2'), 'dates'],
  ['moved by a quarter', at('1', '2'), at('1.25', '1.6'), 'dates'],
  ['rose further', at('1', '2'), at('1.26', '2'), 'host'],
  ['fell further', at('1', '2'), at('0.79', '2'), 'host'],
  ['moved in its output only', at('1', '2'), at('1', '4'), 'host'],
  ['came to be known', undefined, at('1', '2'), 'host'],
  ['is not known any more', at('1', '2'), undefined, 'host'],
] as const)('a price that %s', (_, then, now, kind) => {
  expect(joinMarks(model(then, now))).toEqual([{ kind, price: '2026-11-10', speed: '2026-08-22' }])
})

test('price and speed of one day need no mark', () => {
  const [point] = model(at('1', '2'), undefined).points
  expect(joinMarks({ id: 'acme/a', speed, points: point ? [point] : [] })).toEqual([])
})

test('without a speed there is nothing to join', () => {
  expect(joinMarks({ ...model(at('1', '2'), at('9', '9')), speed: undefined })).toEqual([])
})

test('in words', () => {
  const [mark] = joinMarks(model(at('1', '2'), at('9', '9')))
  expect(mark && markText(mark)).toBe(
    'price of 2026-11-10, speed of 2026-08-22: perhaps not the same provider',
  )
})
