import { availableParallelism, loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { CLASSIC } from '../src/core/policy/routing.ts'
import { ASSUMED } from '../src/core/simulate/assumptions.ts'
import { expectedPrice } from '../src/core/simulate/expected.ts'
import { prepare, startRun } from '../src/core/simulate/run.ts'
import type { Scene } from '../src/core/simulate/scene.ts'
import { loadEndpoints } from '../src/sources/catalog.ts'
import { loadOutages, serveRuns } from '../src/sources/simulation.ts'

// npx tsx bench/simulate.ts: the simulator against a bare kernel written by hand, interleaved in one process, so the ratio
// holds on a busy machine too. Build first: --jobs 2 runs dist/simulate-worker.cjs.

const ENDPOINTS = 8
const REQUESTS = 4_000_000
const DAY = 86_400e3
const packageDir = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '')
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

const scene: Scene = {
  seed: 7,
  runs: 8,
  requests: REQUESTS,
  overMs: 30 * DAY,
  tries: 3,
  fallback: 'draw',
  byPrice: Array.from({ length: ENDPOINTS }, (_, at) => at),
  incidents: [],
  players: Array.from({ length: ENDPOINTS }, (_, at) => ({
    key: `endpoint ${at}`,
    churn: { betweenMs: 9 * 3600e3, lengthMs: 47 * 60e3 },
    ttftMs: { p50: 500 + 100 * at, p75: 800 + 100 * at, p90: 1500 + 100 * at, p99: 5000 },
  })),
  sizes: [
    {
      share: 1,
      seats: Array.from({ length: ENDPOINTS }, (_, at) => ({
        block: 0,
        last: false,
        rank: 1,
        weight: 1 / ((1 + at / 4) * (1 + at / 4)),
      })),
    },
  ],
  assumptions: ASSUMED,
}

/** Outages, up to three tries, cost and histogram with nothing else: xoshiro128** inline, one alias table a state. */
function bareKernel(requests: number): number {
  const tables = new Float32Array(ENDPOINTS * 4096)
  for (let at = 0; at < tables.length; at++) tables[at] = 300 + (at % 4096) * (1 + (at >> 12) / 8)
  const cost = new Float64Array(ENDPOINTS).map((_, at) => 400 + 50 * at)
  const flips = new Float64Array(ENDPOINTS).map((_, at) => 5000 * (at + 1))
  const down = new Uint8Array(ENDPOINTS)
  const cumulative = new Float64Array(ENDPOINTS)
  const histogram = new Int32Array(8192)
  const bits = new Float32Array(1)
  const asInt = new Int32Array(bits.buffer)
  let [a, b, c, d] = [0x9e3779b9 | 0, 0x243f6a88, 0xb7e15162 | 0, 0x15]
  const next = (): number => {
    const s = Math.imul(b, 5)
    const out = Math.imul((s << 7) | (s >>> 25), 9) >>> 0
    const t = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= t
    d = (d << 11) | (d >>> 21)
    return out
  }
  const rebuild = () => {
    let sum = 0
    for (let at = 0; at < ENDPOINTS; at++) {
      const price = cost[at] as number
      sum += down[at] ? 0 : 1 / (price * price)
      cumulative[at] = sum
    }
  }
  rebuild()
  const flip = (request: number): number => {
    for (let at = 0; at < ENDPOINTS; at++) {
      if ((flips[at] as number) > request) continue
      down[at] = 1 - (down[at] as number)
      flips[at] = request + (down[at] ? 4000 : 46_000)
    }
    rebuild()
    return Math.min(...flips)
  }
  let due = 1000
  let spent = 0
  for (let request = 0; request < requests; request++) {
    if (request >= due) due = flip(request)
    let tried = 0
    let waited = 0
    for (let attempt = 0; attempt < 3; attempt++) {
      const spot = (next() / 4294967296) * (cumulative[ENDPOINTS - 1] as number)
      let at = 0
      while (at < ENDPOINTS - 1 && spot >= (cumulative[at] as number)) at++
      if (tried & (1 << at)) continue
      tried |= 1 << at
      waited += tables[at * 4096 + (next() >>> 20)] as number
      if (next() < 42_949_672) continue
      spent += cost[at] as number
      bits[0] = waited
      const cell = (((asInt[0] as number) >>> 16) - 16_000) & 8191
      histogram[cell] = (histogram[cell] as number) + 1
      break
    }
  }
  return spent + (histogram[0] ?? 0)
}

const rate = (work: () => unknown): number => {
  const begun = performance.now()
  work()
  return REQUESTS / (performance.now() - begun) / 1000
}

const prepared = prepare(scene)
const ours: number[] = []
const bare: number[] = []
for (let round = 0; round < 8; round++) {
  ours.push(rate(() => startRun(prepared, round).advance(Number.POSITIVE_INFINITY)))
  bare.push(rate(() => bareKernel(REQUESTS)))
}

/** Long enough that two workers' start does not count; needs two free cores to say anything. */
const long: Scene = { ...scene, requests: 3 * REQUESTS }
const serve = async (jobs: number): Promise<number> => {
  const begun = performance.now()
  await serveRuns(long, {
    packageDir,
    jobs,
    signal: new AbortController().signal,
    progress: () => {},
  })
  return performance.now() - begun
}
const speedups: number[] = []
for (let round = 0; round < 3; round++) {
  const one = await serve(1)
  speedups.push(one / (await serve(2)))
}

const memory = (requests: number): number => {
  globalThis.gc?.()
  const before = process.memoryUsage().rss
  startRun(prepare({ ...scene, requests }), 0).advance(Number.POSITIVE_INFINITY)
  return (process.memoryUsage().rss - before) / 1e6
}
const [small, large] = [memory(100_000), memory(20_000_000)]

const context = { packageDir, env: {}, err: () => {} }
const outages = loadOutages(context)
const byModel = new Map<string, Awaited<ReturnType<typeof loadEndpoints>>[number][]>()
for (const endpoint of await loadEndpoints(context)) {
  byModel.set(endpoint.model, [...(byModel.get(endpoint.model) ?? []), endpoint])
}
const request = {
  quantities: { input: 1000, output: 200 },
  time: 'average',
  parameters: [],
} as const
// The first sweep compiles what it runs, as it does in a command.
const sweeps = Array.from({ length: 25 }, () => {
  const begun = performance.now()
  for (const list of byModel.values()) expectedPrice(list, request, CLASSIC, outages)
  return performance.now() - begun
})
const [cold = 0] = sweeps

const line = (name: string, value: string) => console.log(`${name.padEnd(52)} ${value}`)
line(
  'node, cores, load',
  `${process.version}, ${availableParallelism()}, ${loadavg()[0]?.toFixed(1)}`,
)
line(
  'simulator, million requests a second (median, best)',
  `${median(ours).toFixed(1)}, ${Math.max(...ours).toFixed(1)}`,
)
line('bare kernel (median, best)', `${median(bare).toFixed(1)}, ${Math.max(...bare).toFixed(1)}`)
line('ratio of medians (wanted: 0.4)', (median(ours) / median(bare)).toFixed(2))
line('--jobs 2 against --jobs 1 (wanted: 1.6)', median(speedups).toFixed(2))
line('memory of 0.1M and 20M requests, MB more', `${small.toFixed(1)}, ${large.toFixed(1)}`)
line(
  `exact expectations, ${byModel.size} models, ms (median, cold; 20)`,
  `${median(sweeps).toFixed(1)}, ${cold.toFixed(1)}`,
)
