import { expect, test } from 'vitest'
import type { Model } from '../../../src/core/catalog/model.ts'
import { scoresOf, versus } from '../../../src/core/catalog/profile.ts'
import { model } from '../../model.ts'

const priced = (input: string, output: string, context: number | null): Model =>
  model('acme/a', {
    context,
    points: [{ source: 's', asOf: '2026-11-10', price: { input, output } }],
  })

// Claude 3.5 Sonnet: the report has 3 / 15, OpenRouter's last price was 6 / 30, which is twice as much.
test('report and today differ by a percentage of what was said', () => {
  expect(versus(priced('3', '15', 200_000), priced('6', '15', null)).differences).toEqual([
    { what: 'input', said: '3', now: '6', percent: '100' },
    { what: 'context', said: '200000', now: null, percent: null },
  ])
})

test('nothing is a percentage of a price of zero', () => {
  expect(versus(priced('0', '0', null), priced('0.35', '1', null)).differences).toMatchObject([
    { percent: null },
    { percent: null },
  ])
})

test('one score a metric: the newest, and of one day the highest', () => {
  const score = (value: number, asOf: string, effort: string | null) =>
    ({
      model: 'acme/a',
      metric: 'coding',
      value,
      unit: 'index',
      effort,
      source: asOf,
      asOf,
    }) as const
  expect(
    scoresOf(
      [
        score(90, '2026-07-10', 'max'),
        score(50, '2026-08-22', 'low'),
        score(60, '2026-08-22', 'high'),
        { ...score(99, '2026-08-22', null), model: 'acme/b' },
      ],
      'acme/a',
    ),
  ).toEqual([score(60, '2026-08-22', 'high')])
})
