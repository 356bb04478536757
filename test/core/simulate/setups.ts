import { readFileSync } from 'node:fs'
import type { Endpoint } from '../../../src/core/catalog/endpoint.ts'
import { ASSUMED } from '../../../src/core/simulate/assumptions.ts'
import { type Cast, cast, type Setup } from '../../../src/core/simulate/cast.ts'
import type { OutageTable } from '../../../src/core/simulate/outages.ts'
import { type Result, result } from '../../../src/core/simulate/result.ts'
import { prepare, startRun, type Tally } from '../../../src/core/simulate/run.ts'
import type { Assumptions } from '../../../src/core/simulate/scene.ts'
import { PACKAGE_DIR } from '../../context.ts'
import { endpoint, routing } from '../policy/endpoints.ts'

export const OUTAGES: OutageTable = JSON.parse(
  readFileSync(`${PACKAGE_DIR}/data/outages.json`, 'utf8'),
)

const HOUR = 3600e3
export const DAY = 24 * HOUR

/** An outage is final, and the healthy never fail. */
export const HARD: Assumptions = { ...ASSUMED, error: 0, rateLimited: 0, downError: 1 }

export const setup = (endpoints: readonly Endpoint[], more: Partial<Setup> = {}): Setup => ({
  endpoints,
  routing: routing(),
  sizes: [{ input: 1000, output: 200, share: 1 }],
  request: { time: 'average', parameters: [] },
  assumptions: ASSUMED,
  outages: OUTAGES,
  seed: 7,
  runs: 10,
  requests: 20_000,
  overMs: 30 * DAY,
  incidents: [],
  ...more,
})

export function castOf(endpoints: readonly Endpoint[], more: Partial<Setup> = {}): Cast {
  const made = cast(setup(endpoints, more))
  if (!made) throw new Error('nobody is left')
  return made
}

export function talliesOf(made: Cast): readonly Tally[] {
  const prepared = prepare(made.scene)
  return Array.from({ length: made.scene.runs }, (_, run) => {
    const { tally, advance } = startRun(prepared, run)
    advance(Number.POSITIVE_INFINITY)
    return tally
  })
}

export const simulated = (made: Cast): Result => result(made, talliesOf(made))

/** The three endpoints of deepseek/deepseek-chat on 2026-08-22. */
export const DEEPSEEK = [
  endpoint('streamlake', '0.2574/1.0287', {
    ttftMs: { p50: 1323, p75: 1598, p90: 2026, p99: 4268.99 },
  }),
  endpoint('deepinfra/fp4', '0.32/0.89', {
    ttftMs: { p50: 512.5, p75: 822, p90: 1809.9, p99: 5098.18 },
  }),
  endpoint('novita/fp8', '0.4/1.3', {
    ttftMs: { p50: 1025, p75: 1214.25, p90: 1538, p99: 3564.99 },
  }),
]
