import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

// Usage: npx tsx scripts/build-outages.ts FOLDER_OF_ROUTING_CAPTURES
// Turns the five-minute transition tables into data/outages.json.

const folder = process.argv[2]
if (!folder) throw new Error('give the folder that holds provider_markov_5min.csv')

const SAMPLE_MINUTES = 5

type Rates = readonly [down: number, up: number, transitions: number]

/** provider_slug,n_transitions,p_up_to_down_per_5min,q_down_to_up_per_5min,… */
const providers = Object.fromEntries(
  readFileSync(join(folder, 'provider_markov_5min.csv'), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line): [string, Rates] => {
      const [slug = '', transitions, down, up] = line.split(',')
      return [slug, [Number(down), Number(up), Number(transitions)]]
    })
    .sort(([a], [b]) => (a < b ? -1 : 1)),
)

/** All endpoints together: the line "status<0 {(0, 0): n, (0, 1): n, (1, 1): n, (1, 0): n} …" of the summary. */
const summary = readFileSync(join(folder, 'markov_summary.txt'), 'utf8')
const line = /^status<0 .*$/m.exec(summary)?.[0] ?? ''
const count = (from: number, to: number): number =>
  Number(new RegExp(`\\(${from}, ${to}\\): (\\d+)`).exec(line)?.[1])
const rate = (hits: number, misses: number): number => Number((hits / (hits + misses)).toFixed(5))
const all: Rates = [
  rate(count(0, 1), count(0, 0)),
  rate(count(1, 0), count(1, 1)),
  count(0, 0) + count(0, 1) + count(1, 0) + count(1, 1),
]

/** provider,n_endpoint_days,median_p50_ttft_ms,median_p90_ttft_ms,median_p99_ttft_ms,… */
const speeds = readFileSync(join(folder, 'provider_aggregates.csv'), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((row): [string, [number, number, number]] => {
    const [provider = '', , p50, p90, p99] = row.split(',')
    return [provider, [Number(p50), Number(p90), Number(p99)]]
  })
  .sort(([a], [b]) => (a < b ? -1 : 1))
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

const dates = /(\d{4}-\d{2}-\d{2}) (\d{4}-\d{2}-\d{2})/.exec(summary)
writeFileSync(
  'data/outages.json',
  `${JSON.stringify(
    {
      source: {
        id: 'openrouter-status',
        name: 'OpenRouter endpoint status, sampled every five minutes',
        url: 'https://openrouter.ai',
        terms: 'facts from a public API',
      },
      from: dates?.[1],
      to: dates?.[2],
      note: 'Down means a negative endpoint status, which OpenRouter derives from a rolling half hour: outages are smoothed, and each is some 30 minutes too long.',
      sampleMinutes: SAMPLE_MINUTES,
      columns: ['p up to down per sample', 'q down to up per sample', 'transitions seen'],
      all,
      providers,
      ttftFrom: '2026-07-20',
      ttftTo: '2026-08-22',
      ttftColumns: ['p50 ms', 'p90 ms', 'p99 ms'],
      ttftAll: [0, 1, 2].map((at) => median(speeds.map(([, figures]) => figures[at] ?? 0))),
      ttft: Object.fromEntries(speeds),
    },
    null,
    1,
  ).replaceAll(
    /\[\n\s+([^\]]*?)\n\s+\]/g,
    (_, body: string) => `[${body.replaceAll(/\n\s+/g, ' ')}]`,
  )}\n`,
)
