import fc from 'fast-check'
import { expect, test } from 'vitest'
import { utcDay } from '../../src/core/day.ts'

test('the day is that of the ISO text, whatever the hour', () => {
  const min = new Date('1000-01-01T00:00:00Z')
  const max = new Date('9999-12-31T23:59:59Z')
  fc.assert(
    fc.property(fc.date({ min, max, noInvalidDate: true }), (date) => {
      expect(utcDay(date)).toBe(date.toISOString().slice(0, 10))
    }),
  )
})
