import { describe, expect, test } from 'vitest'
import { readEndpoints, slowHalf, speeds } from '../../scripts/catalog/endpoints.ts'

const percentiles = (p50: number, p75: number, p90: number, p99: number) => ({ p50, p75, p90, p99 })
const endpoint = (more: object = {}) => ({
  provider_name: 'A',
  tag: 'a/fp8',
  quantization: 'fp8',
  context_length: 1000,
  max_prompt_tokens: null,
  max_completion_tokens: null,
  supported_parameters: ['tools'],
  pricing: { prompt: '0.000001', completion: '0.000002', discount: 0.1 },
  latency_last_30m: percentiles(500, 700, 900, 2000),
  throughput_last_30m: percentiles(30, 40, 50, 60),
  status: 0,
  x_request_count_30m: 10,
  x_training: false,
  x_retains_prompts: false,
  x_region: null,
  x_byok_only: false,
  ...more,
})
const read = (...rows: readonly ReturnType<typeof endpoint>[]) =>
  readEndpoints({ 'acme/a': { endpoints: [...rows] } }, '2026-08-22', () => {})

describe('throughput', () => {
  test('that rises with the percentile has only its fast half', () => {
    expect(slowHalf(percentiles(30, 40, 50, 60))).toEqual({
      p50: 30,
      p75: null,
      p90: null,
      p99: null,
    })
  })
  test('that falls with the percentile is whole', () => {
    expect(slowHalf(percentiles(60, 50, 40, 30))).toEqual(percentiles(60, 50, 40, 30))
  })
  test('of nothing a second is not known', () => {
    expect(slowHalf(percentiles(0, 1, 2, 3))).toBeNull()
  })
})

test('time to first token stays in milliseconds, slow ones last', () => {
  expect(read(endpoint())[0]?.ttftMs).toEqual(percentiles(500, 700, 900, 2000))
})

test.each([
  [false, false, true],
  [false, true, false],
  [true, false, false],
  [null, false, null],
])('trains %j, retains %j: ZDR is %j', (x_training, x_retains_prompts, zdr) => {
  expect(read(endpoint({ x_training, x_retains_prompts }))[0]?.zdr).toBe(zdr)
})

test('endpoints whose names and tags repeat are all kept', () => {
  expect(read(endpoint(), endpoint())).toHaveLength(2)
})

test('a discount is already inside the price', () => {
  expect(read(endpoint())[0]?.price).toEqual({ input: '1', output: '2' })
})

test('a context of 0 is not known', () => {
  expect(read(endpoint({ context_length: 0 }))[0]?.context).toBeNull()
})

describe('a model’s speed', () => {
  const speedOf = (...rows: readonly ReturnType<typeof endpoint>[]) =>
    speeds(read(...rows)).get('acme/a')
  test('is that of its healthy endpoint with most requests', () => {
    expect(
      speedOf(
        endpoint({ tag: 'few', x_request_count_30m: 5 }),
        endpoint({ tag: 'most', x_request_count_30m: 90 }),
        endpoint({ tag: 'ill', x_request_count_30m: 900, status: -2 }),
        endpoint({ tag: 'unmeasured', x_request_count_30m: 900, latency_last_30m: null }),
        endpoint({ tag: 'own keys', x_request_count_30m: 900, x_byok_only: true }),
      ),
    ).toMatchObject({ tag: 'most', ttftMs: 500, throughput: 30, asOf: '2026-08-22' })
  })
  test('is not known where no endpoint was measured', () => {
    expect(speedOf(endpoint({ throughput_last_30m: null }))).toBeUndefined()
  })
})
