import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { lastPoint, pointAt } from '../src/core/catalog/points.ts'
import { resolveModel } from '../src/core/catalog/resolve.ts'
import {
  loadCatalog,
  loadDirect,
  loadEndpoints,
  loadProviders,
  loadScores,
} from '../src/sources/catalog.ts'
import { checkCatalog, price, source } from '../src/sources/catalog-schema.ts'
import { PACKAGE_DIR, world } from './context.ts'

const { context } = world()
const file = (name: string): string => readFileSync(`${PACKAGE_DIR}/data/${name}`, 'utf8')

const id = z.string().regex(/^[^\s/]+\/[^\s/]+$/)
const percentiles = z
  .strictObject({
    p50: z.number().positive(),
    p75: z.number().nullable(),
    p90: z.number().nullable(),
    p99: z.number().nullable(),
  })
  .optional()

const SCHEMAS = {
  'endpoints.json': z.strictObject({
    schema: z.literal('orx.endpoints/1'),
    asOf: z.iso.date(),
    source,
    lists: z.array(z.array(z.string())),
    models: z.record(
      id,
      z.array(
        z.strictObject({
          provider: z.string(),
          tag: z.string(),
          quantization: z.string().optional(),
          context: z.int().positive().optional(),
          maxPrompt: z.int().positive().optional(),
          maxOutput: z.int().positive().optional(),
          price,
          ttftMs: percentiles,
          throughput: percentiles,
          status: z.int().optional(),
          trains: z.boolean().optional(),
          retains: z.boolean().optional(),
          zdr: z.boolean().optional(),
          byokOnly: z.literal(true).optional(),
          region: z.string().optional(),
          requests30m: z.int().min(0).optional(),
          parameters: z.int().min(0),
        }),
      ),
    ),
  }),
  'quality.json': z.strictObject({
    schema: z.literal('orx.quality/1'),
    sources: z.array(source),
    models: z.array(id),
    metrics: z.array(
      z.strictObject({
        metric: z.string(),
        unit: z.enum(['index', 'rating', 'percent']),
        source: z.string(),
        asOf: z.iso.date(),
        scores: z.array(
          z.tuple([
            z.int().min(0),
            z.number(),
            z.string().nullable().optional(),
            z.literal(1).optional(),
          ]),
        ),
      }),
    ),
  }),
  'direct.json': z.strictObject({
    schema: z.literal('orx.direct/1'),
    sources: z.array(source),
    offers: z.array(
      z.strictObject({
        provider: z.string(),
        id: z.string(),
        model: id,
        price,
        source: z.string(),
        asOf: z.iso.date(),
      }),
    ),
  }),
  'providers.json': z.strictObject({
    schema: z.literal('orx.providers/1'),
    source,
    providers: z.array(
      z.strictObject({
        slug: z.string(),
        name: z.string(),
        headquarters: z.string().optional(),
        datacenters: z.array(z.string()).optional(),
        privacyPolicy: z.url().optional(),
        termsOfService: z.url().optional(),
        statusPage: z.url().optional(),
      }),
    ),
  }),
} as const

describe('every file keeps its schema', () => {
  test.each(['models.json', 'report.json'])('%s', (name) => {
    expect(() => checkCatalog(JSON.parse(file(name)), name)).not.toThrow()
  })
  test.each(Object.entries(SCHEMAS))('%s', (name, schema) => {
    expect(() => schema.parse(JSON.parse(file(name)))).not.toThrow()
  })
})

const catalog = await loadCatalog(context, 'snapshot')
const endpoints = await loadEndpoints(context)
const scores = await loadScores(context)
const direct = await loadDirect(context)
const known = new Set(catalog.models.map((model) => model.id))
const model = (name: string) => resolveModel(catalog, name)
const sources = async (name: string): Promise<Set<string>> =>
  new Set(JSON.parse(file(name)).sources.map((each: { id: string }) => each.id))

describe('what refers to something finds it', () => {
  test('models are listed once', () => expect(known.size).toBe(catalog.models.length))
  test('endpoints, scores and direct offers have their models', () => {
    const named = [...endpoints, ...scores, ...direct].map((each) => each.model)
    expect([...new Set(named)].filter((each) => !known.has(each))).toEqual([])
  })
  test('bases are known, successors are known and current', () => {
    const bases = catalog.models.map(({ base }) => base).filter((base) => base !== undefined)
    expect(bases.filter((base) => !known.has(base))).toEqual([])
    const successors = catalog.models.flatMap(({ successor }) => successor ?? [])
    expect(successors.length).toBeGreaterThan(50)
    expect(successors.map((each) => model(each).status)).not.toContain('retired')
  })
  test('a successor is of the same author', () => {
    const strangers = catalog.models.filter(
      ({ author, successor }) => successor !== undefined && model(successor).author !== author,
    )
    expect(strangers).toEqual([])
  })
  test('every figure has its source', async () => {
    const listed = new Set(catalog.sources.map((each) => each.id))
    const points = catalog.models.flatMap((each) => each.points)
    expect(points.filter((point) => !listed.has(point.source))).toEqual([])
    expect(points.filter(({ price: known, unpriced }) => !known === !unpriced)).toEqual([])
    const [quality, offers] = [await sources('quality.json'), await sources('direct.json')]
    expect(scores.filter((score) => !quality.has(score.source))).toEqual([])
    expect(direct.filter((offer) => !offers.has(offer.source))).toEqual([])
  })
  test('price points are in the order of their days', () => {
    const sorted = catalog.models.filter(({ points }) =>
      points.some(({ asOf }, at) => asOf < (points[at - 1]?.asOf ?? '')),
    )
    expect(sorted).toEqual([])
  })
  test('one model’s endpoints are the same, read alone', async () => {
    const alone = await loadEndpoints(context, 'deepseek/deepseek-chat')
    expect(alone).toEqual(endpoints.filter((each) => each.model === 'deepseek/deepseek-chat'))
    expect(await loadEndpoints(context, 'acme/none')).toEqual([])
  })
  test('scores of one metric are the same, read alone', async () => {
    expect(await loadScores(context, ['coding'])).toEqual(
      scores.filter(({ metric }) => metric === 'coding'),
    )
  })
})

// Read off the captures by hand, or with another tool.
describe('facts', () => {
  test.each([
    ['claude-3.5-sonnet', '6', '30', '2025-12-02'],
    ['deepseek-chat', '0.32', '0.89', '2026-11-10'],
    ['glm-5.3', '0.0699', '1.4', '2026-11-10'],
    ['gpt-5.1', '1.25', '10', '2026-11-10'],
    ['mistralai/codestral', '0.1', '0.4', '2025-11-30'],
  ])('%s costs %s / %s, as of %s', (name, input, output, asOf) => {
    expect(lastPoint(model(name))).toMatchObject({ asOf, price: { input, output } })
  })
  test('DeepSeek V3 has been repriced twice', () => {
    const inputs = ['2025-12-02', '2026-08-22', '2026-11-10'].map(
      (day) => pointAt(model('deepseek-chat'), day)?.price?.input,
    )
    expect(inputs).toEqual(['0.3', '0.2574', '0.32'])
  })
  test('74 models that call tools went between August and November', () => {
    const went = catalog.models.filter(
      ({ status, lastSeen }) => status === 'retired' && lastSeen === '2026-08-22',
    )
    expect(went).toHaveLength(74)
    expect(went.every(({ parameters }) => parameters?.includes('tools'))).toBe(true)
  })
  test.each([
    'openrouter/auto',
    'openrouter/auto-code',
    'stealth/ox-alpha',
    'google/lyria-3-pro-preview',
  ])('%s has no price', (name) => expect(lastPoint(model(name)).price).toBeUndefined())
  test('the speed of DeepSeek V3 is its busiest provider’s', () => {
    expect(model('deepseek-chat').speed).toEqual({
      tag: 'novita/fp8',
      provider: 'Novita',
      ttftMs: 1025,
      throughput: 2,
      asOf: '2026-08-22',
    })
  })
  test('there are 1,003 endpoints of 323 models, of 103 providers', async () => {
    expect(endpoints).toHaveLength(1003)
    expect(new Set(endpoints.map((each) => each.model)).size).toBe(323)
    expect(await loadProviders(context)).toHaveLength(103)
  })
  test('no endpoint has a fast half for a slow one', () => {
    expect(
      endpoints.filter(({ throughput }) => (throughput?.p99 ?? 0) > (throughput?.p50 ?? 0)),
    ).toEqual([])
  })
  test('ten providers sell by themselves', () => {
    expect([...new Set(direct.map(({ provider }) => provider))].sort()).toEqual([
      'anthropic',
      'cerebras',
      'deepseek',
      'fireworks',
      'google-ai-studio',
      'groq',
      'mistral',
      'openai',
      'together',
      'xai',
    ])
  })
  test.each([
    ['anthropic/claude-3.5-sonnet', 'coding', 30.2],
    ['deepseek/deepseek-chat', 'coding', 23],
    ['anthropic/claude-opus-5', 'coding', 78],
    ['anthropic/claude-3.5-sonnet', 'aider-polyglot', 51.6],
    ['google/gemini-3-pro-preview', 'arena-coding', 1520.2],
  ])('%s: %s %d', (name, metric, value) => {
    const found = scores.filter((each) => each.model === name && each.metric === metric)
    expect(found.map((each) => each.value)).toContain(value)
  })
})
