import { spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { newHome, PACKAGE_DIR } from '../context.ts'

const BIN = join(PACKAGE_DIR, 'bin', 'orx.js')

const orx = (...args: readonly string[]) =>
  spawnSync(process.execPath, [BIN, ...args], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], ORX_HOME: newHome() },
  })

test('the built program prices the report’s scenario', () => {
  const { status, stdout, stderr } = orx(
    ...'cost --in 100M --out 20M --catalog report --fees 2025-11 -m anthropic/claude-3.5-sonnet --json'.split(
      ' ',
    ),
  )
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  const totals = JSON.parse(stdout).models[0].routes.map(({ total }: { total: string }) => total)
  expect(totals).toEqual(['600', '633', '630'])
})

test('in a pipe there is no colour and nothing is cut', () => {
  const { stdout } = orx('cost', '--in', '100M', '--out', '20M', '-m', 'gpt-5.1')
  expect(stdout).not.toContain('\u001b')
  expect(stdout).not.toContain('…')
})

test('FORCE_COLOR colours a pipe, --no-color wins', () => {
  const coloured = (...args: readonly string[]) =>
    spawnSync(process.execPath, [BIN, 'fees', ...args], {
      encoding: 'utf8',
      env: { FORCE_COLOR: '1', ORX_HOME: newHome() },
    }).stdout.includes('\u001b')
  expect([coloured(), coloured('--no-color')]).toEqual([true, false])
})

test('a closed pipe ends quietly', async () => {
  const child = spawn(process.execPath, [BIN, 'fees', '--json'], {
    env: { ORX_HOME: newHome() },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  child.stdout.destroy()
  let stderr = ''
  child.stderr.on('data', (chunk) => {
    stderr += chunk
  })
  const status = await new Promise((resolve) => child.on('close', resolve))
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
})

test('an error is one JSON object on stderr with --json', () => {
  const { status, stdout, stderr } = orx('cost', '--in', '1', '-m', 'no-such-model', '--json')
  expect({ status, stdout }).toEqual({ status: 3, stdout: '' })
  expect(JSON.parse(stderr).error).toMatchObject({ code: 'MODEL_NOT_FOUND' })
})
