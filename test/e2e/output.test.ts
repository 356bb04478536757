import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { newHome, PACKAGE_DIR } from '../context.ts'

const BIN = join(PACKAGE_DIR, 'bin', 'orx.js')
const env = { PATH: process.env['PATH'], ORX_HOME: newHome(), NODE: process.execPath, BIN }
const sh = (command: string) =>
  spawnSync('sh', ['-c', command], { env, encoding: 'utf8', maxBuffer: 10_000_000 })

/** Larger than any pipe. */
const answer = sh('"$NODE" "$BIN" models --all --json').stdout

test('the whole of a long answer goes into a file, a pipe, and a reader that is slow', () => {
  expect(answer.length).toBeGreaterThan(300_000)
  const file = join(newHome(), 'answer')
  sh(`"$NODE" "$BIN" models --all --json > ${file}`)
  expect(readFileSync(file, 'utf8')).toBe(answer)
  expect(sh('"$NODE" "$BIN" models --all --json | (sleep 0.3; cat)').stdout).toBe(answer)
})

// Node itself cannot make a pipe so.
const python = sh('python3 -V').status === 0
test.skipIf(!python)('so it does into a pipe that does not wait', () => {
  const nonBlocking =
    'import fcntl,os; fcntl.fcntl(1,fcntl.F_SETFL,fcntl.fcntl(1,fcntl.F_GETFL)|os.O_NONBLOCK); os.execv(os.environ["NODE"],[os.environ["NODE"],os.environ["BIN"],"models","--all","--json"])'
  const { stdout } = sh(`python3 -c '${nonBlocking}' | (sleep 0.5; cat)`)
  expect(stdout).toBe(answer)
})

test.each(['models | head -1', 'models >/dev/null', 'models >&-'])('%s ends quietly', (command) => {
  const { stderr } = sh(`"$NODE" "$BIN" ${command}`)
  expect(stderr).toBe('')
})
