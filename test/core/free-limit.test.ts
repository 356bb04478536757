import { describe, expect, test } from 'vitest'
import { freeQuota, freeRefusal } from '../../src/core/free-limit.ts'

const NOON = new Date('2026-11-22T12:00:00Z')
const at = (time: string) => new Date(`2026-11-22T${time}Z`)
const many = (count: number, time: string) => Array.from({ length: count }, () => at(time))

describe('a free request', () => {
  test.each([
    ['the first', [], undefined],
    ['the 20th of a minute', many(19, '11:59:30'), undefined],
    [
      'the 21st comes back when the first of them is a minute old',
      many(20, '11:59:30'),
      { per: 'minute', limit: 20, reported: true, resets: at('12:00:30') },
    ],
    [
      'minutes are not clock minutes',
      [...many(10, '11:59:10'), ...many(10, '11:59:50')],
      { per: 'minute', limit: 20, reported: true, resets: at('12:00:10') },
    ],
    ['older ones do not count in the minute', many(20, '11:59:00'), undefined],
    [
      'the 51st of a day comes back at midnight UTC',
      many(50, '03:00:00'),
      { per: 'day', limit: 50, reported: false, resets: new Date('2026-11-23T00:00:00Z') },
    ],
    [
      'yesterday does not count in the day',
      Array.from({ length: 60 }, () => new Date('2026-11-21T23:00:00Z')),
      undefined,
    ],
  ] as const)('%s', (_, starts, refusal) =>
    expect(freeRefusal({ starts, report: undefined }, NOON)).toEqual(refusal),
  )

  test('the minute does not start over at midnight', () => {
    const starts = Array.from({ length: 20 }, () => new Date('2026-11-21T23:59:50Z'))
    expect(freeRefusal({ starts, report: undefined }, at('00:00:10.000'))).toMatchObject({
      per: 'minute',
    })
  })
})

describe('what OpenRouter reported', () => {
  test('sets the limit for good, and the use for its day', () => {
    const report = { limit: 1_000, used: 400, at: at('10:00:00') }
    const starts = [...many(30, '09:00:00'), ...many(7, '11:00:00')]
    expect(freeQuota({ starts, report }, NOON).day).toEqual({
      used: 407,
      limit: 1_000,
      reported: true,
    })
    const yesterday = { ...report, at: new Date('2026-11-21T10:00:00Z') }
    expect(freeQuota({ starts, report: yesterday }, NOON).day).toEqual({
      used: 37,
      limit: 1_000,
      reported: true,
    })
  })
  test('never makes less of what was counted here', () => {
    const report = { limit: 50, used: 3, at: at('11:00:00') }
    expect(freeRefusal({ starts: many(50, '09:00:00'), report }, NOON)).toMatchObject({
      per: 'day',
    })
  })
})
