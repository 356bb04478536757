import type { Endpoint } from '../../../src/core/catalog/endpoint.ts'
import { CLASSIC, type RouteRequest, type Routing } from '../../../src/core/policy/routing.ts'

/** An endpoint called after its tag; `rates` are US$ per 1M tokens "in/out". */
export function endpoint(tag: string, rates: string, more: Partial<Endpoint> = {}): Endpoint {
  const [input = '0', output = input] = rates.split('/')
  return {
    model: 'acme/small',
    provider: tag.split('/')[0] ?? tag,
    tag,
    quantization: 'fp8',
    context: 100_000,
    maxPrompt: null,
    maxOutput: null,
    parameters: ['tools', 'max_tokens'],
    price: { input, output },
    ttftMs: { p50: 500, p75: 800, p90: 1500, p99: 4000 },
    throughput: { p50: 50, p75: null, p90: null, p99: null },
    status: 0,
    trains: false,
    retains: false,
    zdr: true,
    byokOnly: false,
    region: null,
    requests30m: 100,
    asOf: '2026-08-22',
    ...more,
  }
}

export const REQUEST: RouteRequest = {
  quantities: { input: 1000, output: 200 },
  time: 'average',
  parameters: [],
}

export const routing = (more: Partial<Routing> = {}): Routing => ({ ...CLASSIC, ...more })
