import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fingerprint } from '../../../src/core/usage/fingerprint.ts'
import { createIds } from '../../../src/core/usage/ids.ts'
import { MEASURE, MEASURES } from '../../../src/core/usage/measures.ts'

const hashOf = (text: string): readonly [number, number] => {
  const out = new Int32Array(2)
  const bytes = new TextEncoder().encode(text)
  fingerprint(new DataView(bytes.buffer), 0, bytes.length, out)
  return [(out[0] ?? 0) >>> 0, (out[1] ?? 0) >>> 0]
}

const count = fc.oneof(
  fc.nat(300),
  fc.nat(2 ** 31 - 1),
  fc.maxSafeNat().map((n) => n % 4e15),
)
const record = fc.record({
  id: fc.nat(40),
  group: fc.nat(100_000),
  values: fc.array(count, { minLength: MEASURES, maxLength: MEASURES }),
})

describe('the last record of an id wins', () => {
  test('the earlier record comes back, whatever it held', () => {
    fc.assert(
      fc.property(fc.array(record, { maxLength: 200 }), (records) => {
        const ids = createIds()
        const known = new Map<number, { group: number; values: readonly number[] }>()
        for (const { id, group, values } of records) {
          const before = known.get(id)
          const [high, low] = hashOf(`gen-${id}`)
          expect(ids.put(high, low, group, Float64Array.from(values))).toBe(before?.group ?? -1)
          expect(before ? [...ids.replaced] : undefined).toEqual(before?.values)
          known.set(id, { group, values })
        }
        expect(ids.size()).toBe(known.size)
      }),
    )
  })

  test('negative amounts, as for savings, come back too', () => {
    const ids = createIds()
    const values = new Float64Array(MEASURES)
    values[MEASURE.cost] = -123_456_789
    ids.put(1, 2, 7, values)
    expect(ids.put(1, 2, 8, new Float64Array(MEASURES))).toBe(7)
    expect(ids.replaced[MEASURE.cost]).toBe(-123_456_789)
  })

  test('300,000 ids take at most 32 bytes each, and none is taken for another', () => {
    const ids = createIds()
    const values = new Float64Array(MEASURES)
    values[MEASURE.requests] = 1
    values[MEASURE.reported] = 1
    let mistaken = 0
    for (let each = 0; each < 300_000; each++) {
      const [high, low] = hashOf(`gen-1760${each}-${(each * 2654435761) >>> 0}`)
      values[MEASURE.input] = (each * 7919) % 200_000
      values[MEASURE.output] = each % 2000
      values[MEASURE.cost] = (each * 104_729) % 9_000_000_000
      if (ids.put(high, low, each % 5000, values) >= 0) mistaken += 1
    }
    expect(mistaken).toBe(0)
    expect(ids.bytes() / ids.size()).toBeLessThanOrEqual(32)
  })
})
