import { spawnSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

// Start-up of the built program against bare Node: median wall time of interleaved runs. NODE_EXTRA_CA_CERTS slows bare
// Node itself on some machines and would flatter every ratio, so it is left out.
const RUNS = Number(process.argv[2] ?? 31)
const BIN = fileURLToPath(new URL('../bin/orx.js', import.meta.url))

const CASES: readonly (readonly [name: string, args: readonly string[], atMost: number])[] = [
  ['node -e 0', ['-e', '0'], 1],
  ['orx --version', [BIN, '--version'], 1.5],
  ['orx cost', [BIN, 'cost', '--in', '100M', '--out', '20M'], 2],
  ['orx cost -m', [BIN, 'cost', '--in', '100M', '--out', '20M', '-m', 'gpt-5.1'], 2],
  ['orx recommend coding', [BIN, 'recommend', 'coding'], 2],
  ['orx models', [BIN, 'models'], 2],
]

const env = { PATH: process.env['PATH'], ORX_HOME: mkdtempSync(join(tmpdir(), 'orx-bench-')) }
const times = new Map<string, number[]>(CASES.map(([name]) => [name, []]))
for (let run = 0; run < RUNS; run++) {
  for (const [name, args] of CASES) {
    const start = process.hrtime.bigint()
    const { status } = spawnSync(process.execPath, args, { env, stdio: 'ignore' })
    const elapsed = Number(process.hrtime.bigint() - start) / 1e6
    if (status !== 0) throw new Error(`${name} exited ${status}`)
    times.get(name)?.push(elapsed)
  }
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0
const bare = median(times.get('node -e 0') ?? [])
console.log(`node ${process.version}, ${RUNS} interleaved runs, median wall time`)
for (const [name, , atMost] of CASES) {
  const own = median(times.get(name) ?? [])
  const ratio = (own / bare).toFixed(2)
  console.log(
    `${name.padEnd(24)} ${own.toFixed(1).padStart(7)} ms  ${ratio} x  (at most ${atMost})`,
  )
}
