import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { build } from 'esbuild'
import Database from 'libsql'
import { beforeAll, describe, expect, test } from 'vitest'
import { add, toDecimal, usd } from '../../../src/core/money.ts'
import { newHome, PACKAGE_DIR } from '../../context.ts'

let worker = ''
beforeAll(async () => {
  const folder = newHome()
  symlinkSync(join(PACKAGE_DIR, 'node_modules'), join(folder, 'node_modules'))
  worker = join(folder, 'worker.cjs')
  await build({
    entryPoints: [join(PACKAGE_DIR, 'test/sources/ledger/worker.ts')],
    outfile: worker,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['libsql'],
    logLevel: 'error',
  })
})

type Run = { readonly child: ChildProcess; readonly lines: () => readonly string[] }

function start(...args: readonly string[]): Run {
  const child = spawn(process.execPath, [worker, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      out += text
    })
  }
  return { child, lines: () => out.split('\n').filter(Boolean) }
}

const finish = async ({ child }: Run) => {
  await once(child, 'close')
}

const acknowledged = (runs: readonly Run[], word: string): readonly number[] =>
  runs.flatMap(({ lines }) =>
    lines()
      .filter((line) => line.startsWith(`${word} `))
      .map((line) => Number(line.slice(word.length + 1))),
  )

/** The ledger as another program sees it. */
function ledger(home: string) {
  const database = new Database(join(home, 'data', 'ledger.sqlite'))
  const all = <T>(sql: string): readonly T[] => database.prepare(sql).all() as T[]
  return {
    integrity: all<{ integrity_check: string }>('PRAGMA integrity_check'),
    attempts: all<{ id: number; status: string; spend: string | null }>(
      'SELECT id, status, spend FROM attempt ORDER BY id',
    ),
    spent: all<{ amount: string }>("SELECT amount FROM spent WHERE scope = 'all'"),
  }
}

const sum = (amounts: readonly string[]): string => toDecimal(add(...amounts.map(usd)))
const spends = (attempts: readonly { spend: string | null }[]): readonly string[] =>
  attempts.flatMap(({ spend }) => (spend === null ? [] : [spend]))

describe('eight processes at once on a fresh file', () => {
  test('lose no row', async () => {
    const home = newHome()
    const runs = Array.from({ length: 8 }, () => start(home, '25'))
    await Promise.all(runs.map(finish))
    const { attempts, integrity, spent } = ledger(home)
    expect(integrity).toEqual([{ integrity_check: 'ok' }])
    expect([...acknowledged(runs, 'settled')].sort((a, b) => a - b)).toEqual(
      Array.from({ length: 200 }, (_, at) => at + 1),
    )
    expect(attempts.filter(({ status }) => status === 'ok')).toHaveLength(200)
    // 200 × $0.007
    expect(sum(spent.map(({ amount }) => amount))).toBe('1.4')
    expect(runs.flatMap(({ lines }) => lines()).filter((line) => /warn|fail/.test(line))).toEqual(
      [],
    )
  })

  test('cannot overspend a budget, and use up all of it', async () => {
    const home = newHome()
    // Worst case $0.01, cost $0.007, budget $0.5: after 71 prompts $0.497 is spent, and no eighth of a cent fits.
    const runs = Array.from({ length: 8 }, () => start(home, '25', '0.5/total'))
    await Promise.all(runs.map(finish))
    const { attempts, spent } = ledger(home)
    expect(Number(sum(spends(attempts)))).toBeLessThanOrEqual(0.5)
    expect(sum(spends(attempts))).toBe(sum(spent.map(({ amount }) => amount)))
    // One process alone stops once less than the worst case is left: after 71 prompts. Others' reservations may stop it sooner.
    expect(attempts.length).toBeGreaterThanOrEqual(60)
    expect(attempts.length).toBeLessThanOrEqual(71)
  })
})

describe('kill -9', () => {
  test.each([0, 1, 2, 3, 4, 5])('at any moment loses nothing acknowledged (%i)', async (nth) => {
    const home = newHome()
    const runs = Array.from({ length: 3 }, () => start(home, '100000'))
    // Some are killed while they make the file, the others in the middle of their work.
    await new Promise((resolve) => setTimeout(resolve, 60 + nth * 37))
    for (const { child } of runs) child.kill('SIGKILL')
    await Promise.all(runs.map(finish))
    mkdirSync(join(home, 'data'), { recursive: true })
    // The next orx finds a ledger it can use.
    const next = start(home, '1')
    await finish(next)
    expect(next.lines().map((line) => line.split(' ')[0])).toEqual(['held', 'settled'])
    const { attempts, integrity, spent } = ledger(home)
    expect(integrity).toEqual([{ integrity_check: 'ok' }])
    const byId = new Map(attempts.map((attempt) => [attempt.id, attempt]))
    expect(acknowledged(runs, 'held').filter((id) => !byId.has(id))).toEqual([])
    expect(acknowledged(runs, 'settled').filter((id) => byId.get(id)?.status !== 'ok')).toEqual([])
    expect(sum(spent.map(({ amount }) => amount))).toBe(sum(spends(attempts)))
  })
})

describe('where the ledger cannot be kept, prompts go on with one warning', () => {
  test('a home below a file', async () => {
    const run = start(join(worker, 'home'), '3', '5/day')
    await finish(run)
    expect(run.lines()).toEqual([
      expect.stringMatching(/^warning .*ENOTDIR/),
      ...[1, 2, 3].flatMap((id) => [`held ${id}`, `settled ${id}`]),
    ])
  })

  // Root may write anywhere, so the process becomes somebody else.
  test.skipIf(process.getuid?.() !== 0)(
    'a ledger of somebody else: its sums still count',
    async () => {
      const home = newHome()
      await finish(start(home, '71', '0.5/total'))
      for (const path of [home, dirname(worker)]) execFileSync('chmod', ['-R', 'a+rX', path])
      const child = spawn(process.execPath, [worker, home, '2', '0.5/total'], { uid: 65_534 })
      let out = ''
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        out += text
      })
      await once(child, 'close')
      expect(out.split('\n')).toEqual([
        expect.stringMatching(/^warning .*readonly/),
        'over-budget',
        'over-budget',
        '',
      ])
    },
  )

  test('a disk that fills up', async () => {
    const home = newHome()
    const first = start(home, '2')
    await finish(first)
    // Files may not grow past 80 KB (160 blocks of 512 bytes): to SQLite that is a full disk.
    const child = spawn(
      'sh',
      [
        '-c',
        `trap '' XFSZ; ulimit -f 160; exec "$0" "$@"`,
        process.execPath,
        worker,
        home,
        '200',
        '1/total',
      ],
      { stdio: ['ignore', 'pipe', 'ignore'] },
    )
    let out = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text
    })
    await once(child, 'close')
    const words = out.split('\n').map((line) => line.split(' ')[0])
    expect(words.filter((word) => word === 'warning')).toHaveLength(1)
    expect(words).not.toContain('failed')
    // 2 × $0.007 before; within the budget of $1 there is room for 140 more of $0.007 with $0.01 held each.
    expect(words.filter((word) => word === 'settled')).toHaveLength(140)
    expect(ledger(home).integrity).toEqual([{ integrity_check: 'ok' }])
  })
})
