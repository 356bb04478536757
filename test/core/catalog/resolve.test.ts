import { describe, expect, test } from 'vitest'
import { resolveModel } from '../../../src/core/catalog/resolve.ts'
import { OrxError } from '../../../src/core/errors.ts'
import { loadCatalog } from '../../../src/sources/catalog.ts'
import { world } from '../../context.ts'

const catalog = await loadCatalog(world().context, 'snapshot')

describe('what people type', () => {
  test.each([
    ['gpt-5.1', 'openai/gpt-5.1'],
    ['deepseek-chat', 'deepseek/deepseek-chat'],
    ['claude-3.5-sonnet', 'anthropic/claude-3.5-sonnet'],
    ['OpenAI/GPT-5.1', 'openai/gpt-5.1'],
    ['gpt-5.1:batch', 'openai/gpt-5.1:batch'],
    ['openai/gpt-5.1-20251113', 'openai/gpt-5.1'],
    ['sonnet-5.5', 'anthropic/claude-sonnet-5.5'],
    ['mine', 'z-ai/glm-5.3'],
  ])('%s is %s', (typed, id) => {
    expect(resolveModel(catalog, typed, { mine: 'glm-5.3' }).id).toBe(id)
  })
})

const failure = (typed: string): OrxError => {
  try {
    resolveModel(catalog, typed)
  } catch (error) {
    if (error instanceof OrxError) return error
  }
  throw new Error(`${typed} was found`)
}

test('a text that fits several models names some of them', () => {
  const { exit, remedy } = failure('claude-opus')
  expect(exit).toBe(3)
  expect(remedy).toContain('anthropic/claude-opus-5')
})
test('a misspelt name gets a suggestion', () => {
  expect(failure('gpt5.1').remedy).toContain('openai/gpt-5.1')
})
test('nothing is not a model', () => {
  expect(failure(' ').code).toBe('MODEL_NOT_FOUND')
})
