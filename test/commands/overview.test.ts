import { expect, test } from 'vitest'
import { orx } from '../context.ts'
import { contract } from '../contract/overview.ts'

test('bare orx shows the four questions, and the age of the data', async () => {
  const { status, out, err } = await orx('--catalog snapshot')
  expect({ status, err }).toEqual({ status: 0, err: '' })
  expect(out).toContain('Which model?         orx recommend coding\n')
  expect(out).toMatch(/\d+ models, prices of \d{4}-\d\d-\d\d, \d+ days old/)
})

test('its --json fits its contract', async () => {
  const { out } = await orx('--catalog snapshot --json')
  expect(contract.parse(JSON.parse(out)).questions).toHaveLength(4)
})

test('its --format csv has a row for each question', async () => {
  const { out } = await orx('--format csv')
  expect(out.trim().split('\n')).toHaveLength(5)
})
