// What reading and pricing a log takes beside other tools, all in one interleaved run: npx tsx bench/usage.ts [rows]
// Build first. ccusage is measured where CCUSAGE names its command, e.g. CCUSAGE='node …/ccusage/dist/cli.js'.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'

const ROWS = Number(process.argv[2] ?? 1_000_000)
const ROUNDS = Number(process.env['ROUNDS'] ?? 5)
const FOLDER = '.bench'
const ORX = [process.execPath, 'bin/orx.js', 'usage']
const ENV = { ...process.env, NODE_EXTRA_CA_CERTS: undefined, ORX_HOME: join(FOLDER, 'home') }

type Run = { readonly ms: number; readonly megabytes: number }

/** Wall time and the largest memory, by GNU time. */
function run(command: readonly string[], env: Record<string, string | undefined> = {}): Run {
  const started = process.hrtime.bigint()
  const result = spawnSync('/usr/bin/time', ['-f', '%M', ...command], {
    env: { ...ENV, ...env } as NodeJS.ProcessEnv,
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  })
  if (result.status !== 0) throw new Error(`${command.join(' ')}: ${result.stderr.slice(0, 300)}`)
  const ms = Number(process.hrtime.bigint() - started) / 1e6
  return { ms, megabytes: Number(result.stderr.trim().split('\n').at(-1)) / 1024 }
}

const MODELS = [
  'openai/gpt-5.1',
  'anthropic/claude-sonnet-4.5',
  'deepseek/deepseek-chat',
  'google/gemini-2.5-flash',
  'openai/gpt-5-nano',
  'x-ai/grok-4',
  'anthropic/claude-opus-4.5',
  'qwen/qwen3-max',
]

function file(name: string, count: number, head: string, line: (at: number) => string): string {
  const path = join(FOLDER, name)
  if (existsSync(path)) return path
  const handle = openSync(path, 'w')
  let text = head
  for (let at = 0; at < count; at++) {
    text += line(at)
    if (text.length < 1 << 20) continue
    writeSync(handle, text)
    text = ''
  }
  writeSync(handle, text)
  return path
}

let state = 1
const random = () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0
  return state / 4294967296
}
const rowOf = (at: number, count: number) => {
  const input = Math.floor(random() ** 4 * 300_000) + 10
  const output = Math.floor(random() * 2000)
  return {
    time: new Date(Date.UTC(2026, 9, 1) + Math.floor((at / count) * 30 * 86_400e3)).toISOString(),
    model: MODELS[Math.floor(random() * MODELS.length)] ?? '',
    input,
    output,
    cost: ((input * 1.25 + output * 10) / 1e6).toFixed(8),
  }
}
const HEAD = 'created_at,model,tokens_prompt,tokens_completion,cost_total\n'
const csvRow = (at: number, count: number) => {
  const { time, model, input, output, cost } = rowOf(at, count)
  return `${time.slice(0, 19).replace('T', ' ')},${model},${input},${output},${cost}\n`
}
const idOf = (at: number) => `gen-${1_760_000_000 + at}-${((at * 2654435761) >>> 0).toString(36)}`
const jsonRow = (at: number, count: number) => {
  const { time, model, input, output, cost } = rowOf(at, count)
  return `{"created_at":"${time}","model":"${model}","prompt_tokens":${input},"completion_tokens":${output},"cost":${cost}}\n`
}
const claudeRow = (at: number, count: number) => {
  const { time, input, output } = rowOf(at, count)
  return `${JSON.stringify({
    type: 'assistant',
    timestamp: time,
    sessionId: `s${Math.floor(at / 500)}`,
    version: '1.0.0',
    requestId: `req_${at}`,
    message: {
      id: `msg_${at}`,
      model: 'claude-sonnet-4-5-20250929',
      usage: {
        input_tokens: output % 50,
        cache_creation_input_tokens: output,
        cache_read_input_tokens: input,
        output_tokens: output,
      },
    },
  })}\n`
}

const DUCKDB = `
import { DuckDBInstance } from '@duckdb/node-api'
const db = await (await DuckDBInstance.create()).connect()
await db.runAndReadAll("SELECT model, CAST(created_at AS DATE) d, SUM(tokens_prompt), SUM(tokens_completion), SUM(CAST(cost_total AS DECIMAL(18,8))) FROM read_csv('FILE') GROUP BY ALL")`
const READLINE = `
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
const sums = new Map()
for await (const line of createInterface({ input: createReadStream('FILE') })) {
  const { model, prompt_tokens, completion_tokens, cost } = JSON.parse(line)
  const sum = sums.get(model) ?? [0, 0, 0]
  sums.set(model, [sum[0] + prompt_tokens, sum[1] + completion_tokens, sum[2] + cost])
}`
const node = (script: string, path: string) => [
  process.execPath,
  '--input-type=module',
  '-e',
  script.replace('FILE', path),
]
/** The least that sums the three columns; what orx needs at the least is the second, the same by model. */
const mawk = (path: string) => ['mawk', '-F,', 'NR>1{p+=$3;c+=$4;u+=$5}END{print p,c,u}', path]
const mawkByModel = (path: string) => [
  'mawk',
  '-F,',
  'NR>1{n[$2]++;p[$2]+=$3;c[$2]+=$4;u[$2]+=$5}END{for(m in n)print m,n[m],p[m],c[m],u[m]}',
  path,
]

const best = (runs: readonly Run[]): Run => ({
  ms: Math.min(...runs.map(({ ms }) => ms)),
  megabytes: Math.max(...runs.map(({ megabytes }) => megabytes)),
})

/** Runs all commands in turn, several rounds, and keeps each one's best time and largest memory. */
function race(commands: Readonly<Record<string, readonly string[]>>): Record<string, Run> {
  const runs = Object.fromEntries(Object.keys(commands).map((name) => [name, [] as Run[]]))
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, command] of Object.entries(commands)) runs[name]?.push(run(command))
  }
  return Object.fromEntries(Object.entries(runs).map(([name, each]) => [name, best(each)]))
}

const NONE: Run = { ms: Number.NaN, megabytes: Number.NaN }
const show = (what: string, value: number, wanted: string) =>
  console.log(`${what.padEnd(52)} ${value.toFixed(2).padStart(8)}   wanted ${wanted}`)

mkdirSync(FOLDER, { recursive: true })
console.log(
  `node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, load ${loadavg()[0]?.toFixed(1)}, ${ROWS} rows, best of ${ROUNDS}`,
)
const plain = file(`rows-${ROWS}.csv`, ROWS, HEAD, (at) => csvRow(at, ROWS))
const withIds = file(
  `ids-${ROWS}.csv`,
  ROWS,
  `request_id,${HEAD}`,
  (at) => `${idOf(at)},${csvRow(at, ROWS)}`,
)
const lines = file(`rows-${ROWS}.jsonl`, ROWS, '', (at) => jsonRow(at, ROWS))
const claude = file('claude-200000.jsonl', 200_000, '', (at) => claudeRow(at, 200_000))
const all = race({
  orx: [...ORX, plain, '--json'],
  duckdb: node(DUCKDB, plain),
  mawk: mawk(plain),
  'by model': mawkByModel(plain),
  ids: [...ORX, withIds, '--json'],
  jsonl: [...ORX, lines, '--json'],
  readline: node(READLINE, lines),
  claude: [...ORX, claude, '--json'],
})
for (const [name, { ms, megabytes }] of Object.entries(all))
  console.log(
    `  ${name.padEnd(10)} ${ms.toFixed(0).padStart(6)} ms ${megabytes.toFixed(0).padStart(6)} MB`,
  )
const { orx = NONE, duckdb = NONE, ids = NONE, jsonl = NONE, readline = NONE } = all
show('CSV: orx / DuckDB', orx.ms / duckdb.ms, '≤ 1')
show('CSV: orx / mawk', orx.ms / (all['mawk'] ?? NONE).ms, '≤ 0.6')
show('CSV: orx / mawk summing by model', orx.ms / (all['by model'] ?? NONE).ms, '–')
show('CSV with ids / without', ids.ms / orx.ms, '≤ 2.5')
show('JSON Lines: orx / readline + JSON.parse', jsonl.ms / readline.ms, '≤ 0.5')
if (process.env['TEN'] !== '0') {
  const ten = file(`rows-${ROWS * 10}.csv`, ROWS * 10, HEAD, (at) => csvRow(at, ROWS * 10))
  const much = run([...ORX, ten, '--json'])
  show('memory of ten times the rows', much.megabytes / orx.megabytes, '≤ 1.3')
  show('  MB', much.megabytes, '< 150')
}
const ccusage = process.env['CCUSAGE']
if (ccusage) {
  const home = join(FOLDER, 'claude')
  mkdirSync(join(home, 'projects', 'p', 's'), { recursive: true })
  spawnSync('cp', [claude, join(home, 'projects', 'p', 's.jsonl')])
  const runs = Array.from({ length: ROUNDS }, () =>
    run([...ccusage.split(' '), 'daily', '--json', '--offline'], { CLAUDE_CONFIG_DIR: home }),
  )
  console.log(`  ccusage    ${best(runs).ms.toFixed(0).padStart(6)} ms`)
  show('200,000 records: orx / ccusage', (all['claude'] ?? NONE).ms / best(runs).ms, '< 1')
}
