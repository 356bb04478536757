import { expect, test } from 'vitest'
import { meets, parseNeeds } from '../../src/core/catalog/needs.ts'

const model = { inputs: ['text', 'image'], parameters: ['tools', 'response_format'] } as const

test.each([
  ['vision', true],
  ['audio', false],
  ['tools', true],
  ['json', true],
  ['reasoning', false],
] as const)('a model that reads images and calls tools: %s is %s', (need, met) =>
  expect(meets(model, need)).toBe(met),
)

test('what the catalogue does not say is neither promised nor denied', () => {
  expect(meets({ inputs: null, parameters: null }, 'vision')).toBeNull()
  expect(meets({ inputs: null, parameters: null }, 'tools')).toBeNull()
})

test('needs are read as typed, once each', () =>
  expect(parseNeeds(' Vision,tools,,vision')).toEqual(['vision', 'tools']))

test('an unknown need names the known ones', () =>
  expect(() => parseNeeds('telepathy')).toThrow(/telepathy/))
