import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { build, type Maps } from '../../scripts/catalog/build.ts'
import { fromDisk } from '../../src/core/catalog/codec.ts'
import { checkCatalog } from '../../src/sources/catalog-schema.ts'

/** A folder of captures, small but whole. */
function captures(files: Readonly<Record<string, unknown>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'orx-captures-'))
  for (const [name, body] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), typeof body === 'string' ? body : JSON.stringify(body))
  }
  return folder
}

const raw = (id: string, prompt: string, more: object = {}) => ({
  id,
  pricing: { prompt, completion: '0.00001' },
  supported_parameters: ['tools'],
  ...more,
})
const normalised = (id: string, input: number) => ({
  id,
  name: id,
  cost: { input, output: 10, cacheRead: 0, cacheWrite: 0 },
  contextWindow: 1000,
  maxTokens: 100,
  input: ['text'],
  reasoning: false,
})
const percentiles = { p50: 10, p75: 20, p90: 30, p99: 40 }

const FILES = {
  'openrouter/models-2025-12-02.json': {
    data: [raw('acme/old', '0.000003'), raw('acme/a', '0.000002')],
  },
  'openrouter/models-2026-08-22.json': {
    data: [
      raw('acme/a', '0.000002', {
        benchmarks: { artificial_analysis: { coding_index: 50.04, intelligence_index: null } },
      }),
      raw('acme/gone', '0.000001'),
      raw('acme/embed', '0.000001', { supported_parameters: [] }),
      raw('acme/any', '-1', {
        pricing: { prompt: '-1', completion: '-1' },
        supported_parameters: [],
      }),
    ],
  },
  'openrouter/models-2026-11-10.normalised.json': [
    normalised('acme/a', 4),
    normalised('acme/new', 1),
    normalised('auto', 0),
  ],
  'openrouter/endpoints-2026-08-22.json': {
    'acme/a': {
      endpoints: [
        {
          provider_name: 'A',
          tag: 'a',
          quantization: null,
          context_length: 1000,
          max_prompt_tokens: null,
          max_completion_tokens: null,
          supported_parameters: ['tools'],
          pricing: { prompt: '0.000002', completion: '0.00001' },
          latency_last_30m: percentiles,
          throughput_last_30m: percentiles,
          status: 0,
          x_request_count_30m: 1,
          x_training: false,
          x_retains_prompts: false,
          x_region: null,
          x_byok_only: false,
        },
      ],
    },
  },
  'openrouter/providers-2026-08-22.json': {
    data: [
      {
        slug: 'a',
        name: 'A',
        headquarters: 'US',
        datacenters: null,
        privacy_policy_url: null,
        terms_of_service_url: null,
        status_page_url: null,
      },
    ],
  },
  'direct/acme-2026-11-10.json': [
    { ...normalised('a-1', 4), input: ['text'] },
    normalised('unmapped', 1),
  ],
  'quality/artificial-analysis-2026-07-10.json': {
    rows: [{ slug: 'a', name: 'A (high)', evaluations: { gpqa: 0.5 } }],
  },
  'quality/lmarena-text-2025-12-17.json': { models: { a: { full: [1400, 5] } } },
  'quality/aider-polyglot-2025-10-03.yml': '- model: A\n  pass_rate_2: 51.6\n',
}

const MAPS: Maps = {
  direct: { acme: { 'a-1': 'acme/a' } },
  quality: { artificialAnalysis: { a: ['acme/a'] }, lmarena: { a: ['acme/a'] }, aider: {} },
  successors: { 'acme/old': 'acme/new', 'acme/gone': 'acme/old' },
}

test('the same captures give the same bytes', () => {
  const first = build(captures(FILES), null, MAPS)
  expect(build(captures(FILES), null, MAPS)).toEqual(first)
})

test('captures are laid over one another, and the report says what became of each row', () => {
  const { files, report } = build(captures(FILES), null, MAPS)
  const { models, asOf } = fromDisk(
    checkCatalog(JSON.parse(files['models.json'] ?? ''), 'models.json'),
  )
  expect(asOf).toBe('2026-11-10')
  expect(
    models.map(({ id, status, lastSeen, successor }) => [id, status, lastSeen, successor]),
  ).toEqual([
    ['acme/a', 'current', '2026-11-10', undefined],
    ['acme/any', 'current', '2026-08-22', undefined],
    ['acme/embed', 'current', '2026-08-22', undefined],
    ['acme/gone', 'retired', '2026-08-22', undefined],
    ['acme/new', 'current', '2026-11-10', undefined],
    ['acme/old', 'retired', '2025-12-02', 'acme/new'],
  ])
  const [a] = models
  expect(a?.points.map(({ asOf: day, price }) => [day, price?.input])).toEqual([
    ['2025-12-02', '2'],
    ['2026-08-22', '2'],
    ['2026-11-10', '4'],
  ])
  expect(a?.speed).toMatchObject({ tag: 'a', ttftMs: 10, throughput: 10 })
  expect(report.join('\n')).toMatchInlineSnapshot(`
    "6 models as of 2026-11-10: 4 current, 2 retired
    5 base, 0 variants, 0 aliases, 1 routers
    1 unpriced, 1 with a speed, 1 endpoints

    retired, not listed on 2026-08-22: 1
      acme/old

    repriced: 1
      acme/a: 2 / 10 -> 4 / 10

    normalised rows dropped: 1
      auto: not an OpenRouter id

    new on 2026-11-10: 1
      acme/new

    retired, not listed on 2026-11-10: 1
      acme/gone

    successors that are not current: 1
      acme/gone -> acme/old

    retired without a clear successor: 1
      acme/gone

    direct offers of no mapped model: 1
      acme unmapped

    Aider rows of no mapped model: 1
      A

    scores: 1
      3 read, 3 kept, of 1 models"
  `)
})

test('a capture that does not fit its schema stops the build and names what is wrong', () => {
  const broken = { ...FILES, 'direct/acme-2026-11-10.json': [{ id: 'a-1' }] }
  expect(() => build(captures(broken), null, MAPS)).toThrow(/acme-2026-11-10\.json: 0\.name/)
})
