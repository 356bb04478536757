import { describe, expect, test } from 'vitest'
import { orx } from '../context.ts'

// Shares 0.41805 StreamLake, 0.37496 DeepInfra, 0.20699 Novita (docs/simulate.md); in 0.2574, 0.32, 0.40, out 1.0287, 0.89, 1.30.
const INPUT = 0.41805 * 0.2574 + 0.37496 * 0.32 + 0.20699 * 0.4
const OUTPUT = 0.41805 * 1.0287 + 0.37496 * 0.89 + 0.20699 * 1.3

describe('--expected', () => {
  test('orx cost: the mean over the endpoints that serve it', async () => {
    const { status, out, err } = await orx(
      'cost --in 100M --out 20M -m deepseek-chat --expected --json',
    )
    expect(status).toBe(0)
    expect(err).toContain('endpoints 2026-08-22')
    const [{ source, asOf, price }] = JSON.parse(out).models
    expect({ source, asOf }).toEqual({ source: 'expected-routing', asOf: '2026-08-22' })
    expect(Number(price.input)).toBeCloseTo(INPUT, 4)
    expect(Number(price.output)).toBeCloseTo(OUTPUT, 4)
  })

  test('orx simulate expects the same of a million requests', async () => {
    const { out } = await orx('simulate deepseek-chat --requests 1k --runs 1 --json')
    expect(Number(JSON.parse(out).costPerMillion.exact)).toBeCloseTo(1000 * INPUT + 200 * OUTPUT, 1)
  })

  test('orx recommend ranks by it', async () => {
    const { status, out } = await orx('recommend coding --expected --json -q')
    expect(status).toBe(0)
    expect(out).toContain('expected-routing')
  })

  test('orx models show: the share that the rule gives', async () => {
    const { out } = await orx('models show deepseek-chat --json')
    const { endpoints } = JSON.parse(out)
    const shares = Object.fromEntries(
      endpoints.map(({ tag, share }: { tag: string; share: number }) => [tag, share]),
    )
    expect(shares).toEqual({
      streamlake: expect.closeTo(0.41805, 4),
      'deepinfra/fp4': expect.closeTo(0.37496, 4),
      'novita/fp8': expect.closeTo(0.20699, 4),
    })
  })

  test('the report knows no endpoints: exit 2', async () => {
    const { status, err } = await orx('cost --in 1M --out 1M --expected --catalog report')
    expect(status).toBe(2)
    expect(err).toContain('the report has none')
  })
})
