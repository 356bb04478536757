import { describe, expect, test } from 'vitest'
import {
  effortIn,
  highest,
  readAider,
  readArtificialAnalysis,
  readLmarena,
} from '../../scripts/catalog/quality.ts'

const SEEN = { source: 's', asOf: '2026-07-10' }
const nothing = () => {}

test.each([
  ['GPT-5 (high)', 'high'],
  ['Claude Opus 4.8 (Adaptive Reasoning, Max Effort)', 'max'],
  ['Claude Sonnet 4.6 (Non-reasoning, High Effort)', 'non-reasoning high'],
  ['GLM-4.6 (Non-reasoning)', 'non-reasoning'],
  ['GLM-4.6 (Reasoning)', 'reasoning'],
  ["DeepSeek R1 (Jan '25)", null],
  ['Kimi K2', null],
])('the effort in %j is %j', (name, effort) => {
  expect(effortIn(name)).toBe(effort)
})

describe('several efforts of one model', () => {
  const rows = [
    {
      slug: 'a-low',
      name: 'A (low)',
      evaluations: { artificial_analysis_coding_index: 40, gpqa: 0.5 },
    },
    {
      slug: 'a',
      name: 'A (high)',
      evaluations: { artificial_analysis_coding_index: 60, gpqa: 0.4 },
    },
  ]
  const ids = { a: ['acme/a'], 'a-low': ['acme/a'] } as Record<string, [string]>
  test('leave the highest of each metric, which names its effort', () => {
    const scores = highest(readArtificialAnalysis({ rows }, ids, SEEN, nothing))
    expect(scores.map(({ metric, value, effort }) => [metric, value, effort])).toEqual([
      ['coding', 60, 'high'],
      ['gpqa', 50, 'low'],
    ])
  })
})

test('a score reaches a model only through the map', () => {
  const notes: string[] = []
  const rows = [{ slug: 'gpt-5', name: 'GPT-5', evaluations: { gpqa: 0.9 } }]
  expect(readArtificialAnalysis({ rows }, {}, SEEN, (_, row) => notes.push(row))).toEqual([])
  expect(notes).toEqual(['gpt-5'])
})

test('an index that the source calls an estimate says so', () => {
  const evaluations = {
    artificial_analysis_intelligence_index: 9.95,
    artificial_analysis_intelligence_index_is_estimated: true,
    artificial_analysis_coding_index: 30,
  }
  const rows = [{ slug: 'a', name: 'A', evaluations }]
  expect(readArtificialAnalysis({ rows }, { a: ['acme/a'] }, SEEN, nothing)).toMatchObject([
    { metric: 'intelligence', value: 10, estimated: true },
    { metric: 'coding', value: 30 },
  ])
})

test('arena categories keep their ratings', () => {
  const models = {
    a: { full: [1450.5, 5] as [number, number], no_tie: [1, 1] as [number, number] },
  }
  expect(readLmarena({ models }, { a: ['acme/a', 'high'] }, SEEN, nothing)).toEqual([
    {
      model: 'acme/a',
      metric: 'arena-overall',
      value: 1450.5,
      unit: 'rating',
      effort: 'high',
      ...SEEN,
    },
  ])
})

test('Aider’s second pass rate counts', () => {
  const yaml =
    '- dirname: x\n  model: A one\n  pass_rate_1: 10.0\n  pass_rate_2: 51.6\n  date: 2025-01-01\n'
  expect(readAider(yaml, { 'A one': ['acme/a'] }, SEEN, nothing)).toMatchObject([
    { model: 'acme/a', metric: 'aider-polyglot', value: 51.6, unit: 'percent' },
  ])
})
