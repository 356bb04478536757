import { describe, expect, test } from 'vitest'
import { type NormalisedRow, normalisedModel } from '../../scripts/catalog/normalised.ts'
import type { Model } from '../../src/core/catalog/model.ts'
import type { Price } from '../../src/core/catalog/price.ts'

const SEEN = { source: 'late', asOf: '2026-11-10' }
const row = (
  cost: Partial<NormalisedRow['cost']> = {},
  more: Partial<NormalisedRow> = {},
): NormalisedRow => ({
  id: 'acme/a',
  name: 'A',
  cost: { input: 1, output: 2, cacheRead: 0, cacheWrite: 0, ...cost },
  contextWindow: 100_000,
  maxTokens: 8000,
  input: ['text', 'image'],
  reasoning: true,
  ...more,
})
const known = (price: Price, more: Partial<Model> = {}): Model => ({
  id: 'acme/a',
  slug: 'acme/a-20260101',
  name: 'A',
  author: 'acme',
  kind: 'base',
  created: '2026-01-01',
  context: 128_000,
  maxOutput: 4000,
  inputs: ['text', 'audio'],
  outputs: ['text'],
  parameters: ['tools'],
  status: 'current',
  lastSeen: '2026-08-22',
  points: [{ source: 'early', asOf: '2026-08-22', price }],
  ...more,
})
const read = (from: NormalisedRow, before?: Model, target?: NormalisedRow) => {
  const notes: string[] = []
  const model = normalisedModel(from, before, SEEN, (heading) => notes.push(heading), target)
  return { model, price: model?.points[0]?.price, notes }
}

describe('a cache price of 0', () => {
  test('is no separate price', () => {
    expect(read(row()).price).toEqual({ input: '1', output: '2' })
  })
  test('is never laid over a known one', () => {
    const before = known({ input: '1', output: '2', cacheRead: '0.1' })
    expect(read(row(), before).price).toEqual({ input: '1', output: '2', cacheRead: '0.1' })
  })
  test('does not keep one that would now exceed fresh input', () => {
    const before = known({ input: '5', output: '10', cacheRead: '2' })
    const { price, notes } = read(row(), before)
    expect(price).toEqual({ input: '1', output: '2' })
    expect(notes).toContain('rates left behind by a price change')
  })
})

describe('what the list does not know', () => {
  const before = known({
    input: '1',
    output: '2',
    cacheWrite1h: '3',
    audio: '4',
    webSearch: '0.01',
  })
  test('stays as it was while the price stands still', () => {
    expect(read(row(), before).price).toEqual({
      input: '1',
      output: '2',
      cacheWrite1h: '3',
      audio: '4',
      webSearch: '0.01',
    })
  })
  test('goes with the price where it is a price of tokens', () => {
    expect(read(row({ input: 2 }), before).price).toEqual({
      input: '2',
      output: '2',
      webSearch: '0.01',
    })
  })
  test('are modalities: those of before stay, new models have none', () => {
    expect(read(row(), known({ input: '1', output: '2' })).model?.inputs).toEqual(['text', 'audio'])
    expect(read(row()).model).toMatchObject({ inputs: null, outputs: null, created: null })
  })
  test('are other parameters than tools and reasoning', () => {
    expect(read(row()).model).toMatchObject({
      parameters: ['reasoning', 'tools'],
      partialParameters: true,
    })
  })
  test('are contexts of other providers: the raw list keeps its own', () => {
    expect(read(row(), known({ input: '1', output: '2' })).model?.context).toBe(128_000)
  })
  test('is an output cap of 90 % of the context', () => {
    expect(read(row({}, { maxTokens: 90_000 })).model?.maxOutput).toBeNull()
    expect(read(row({}, { maxTokens: 8000 })).model?.maxOutput).toBe(8000)
  })
})

test('tiers become overrides, strictly above', () => {
  const tiers = [{ inputTokensAbove: 200_000, input: 2, output: 3, cacheRead: 0, cacheWrite: 0 }]
  expect(read(row({ tiers })).price).toEqual({
    input: '1',
    output: '2',
    overrides: [{ minPromptTokens: 200_000, input: '2', output: '3' }],
  })
})

test('hours of before stay while the price stands still', () => {
  const overrides = [{ utcStart: 0, utcEnd: 600, input: '0.5' }]
  const before = known({ input: '1', output: '2', overrides })
  expect(read(row(), before).price?.overrides).toEqual(overrides)
  expect(read(row({ input: 3 }), before).price?.overrides).toBeUndefined()
})

describe('a price of 0', () => {
  test('of a router tells nothing', () => {
    const zero = row({ input: 0, output: 0 }, { id: 'openrouter/auto' })
    expect(read(zero, known({}, { id: 'openrouter/auto', kind: 'router' })).model?.points).toEqual(
      [],
    )
    expect(read(zero).model?.points[0]?.unpriced).toContain('routes to')
  })
  test('is free only where the id says so', () => {
    expect(read(row({ input: 0, output: 0 })).model?.points[0]?.price).toBeUndefined()
    const free = row({ input: 0, output: 0 }, { id: 'acme/a:free' })
    expect(read(free).price).toEqual({ input: '0', output: '0' })
  })
})

test('the bare id "auto" is dropped', () => {
  expect(read(row({}, { id: 'auto' })).model).toBeNull()
})

test('an alias whose price is not its target’s has moved', () => {
  const alias = known(
    { input: '1', output: '2' },
    { id: '~acme/latest', kind: 'alias', base: 'acme/a' },
  )
  const latest = row({}, { id: '~acme/latest' })
  expect(read(latest, alias, row()).model?.base).toBe('acme/a')
  expect(read(latest, alias, row({ input: 9 })).model?.base).toBeUndefined()
})

test('small figures keep all their digits', () => {
  expect(read(row({ input: 1e-7, output: 0.041667 })).price).toEqual({
    input: '0.0000001',
    output: '0.041667',
  })
})
