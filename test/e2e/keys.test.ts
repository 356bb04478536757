import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { PACKAGE_DIR } from '../context.ts'

const SECRET = 'sk-proj-0123456789abcdef0123456789abcdef'

/** Runs a command line on a real terminal, by util-linux's `script`; types each text once the one before it has appeared. */
async function onTerminal(
  line: string,
  typed: readonly (readonly [after: string, text: string])[],
) {
  const home = mkdtempSync(join(tmpdir(), 'orx-pty-'))
  const command = `${process.execPath} ${join(PACKAGE_DIR, 'bin/orx.js')} ${line}`
  const child = spawn('script', ['-qec', command, '/dev/null'], {
    env: { PATH: process.env['PATH'], ORX_HOME: home, TERM: 'xterm' },
  })
  let seen = ''
  const steps = [...typed]
  child.stdout.on('data', (data) => {
    seen += data
    const [next] = steps
    if (!next || !seen.includes(next[0])) return
    steps.shift()
    child.stdin.write(next[1])
  })
  const status = await new Promise((resolve) => child.on('close', resolve))
  return { status, seen, home }
}

// macOS has a `script` of its own, with other options.
const pty = test.runIf(process.platform === 'linux' && existsSync('/usr/bin/script'))

pty('a key typed at the prompt is kept, and shown nowhere', async () => {
  const { status, seen, home } = await onTerminal('keys set openai', [
    ['nothing is shown', `${SECRET}x\u007f\r`],
  ])
  expect(status).toBe(0)
  expect(seen).toContain('openai: sk-proj-…cdef saved in')
  expect(seen).not.toContain('0123456789')
  const file = join(home, 'keys.json')
  expect(readFileSync(file, 'utf8')).toContain(SECRET)
  expect(statSync(file).mode & 0o777).toBe(0o600)
})

pty('Ctrl-C at the prompt keeps nothing', async () => {
  const { status, seen, home } = await onTerminal('keys set openai', [
    ['nothing is shown', `${SECRET}\u0003`],
  ])
  expect(status).toBe(130)
  expect(seen).not.toContain('0123456789')
  expect(existsSync(join(home, 'keys.json'))).toBe(false)
})
