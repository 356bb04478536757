import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { PACKAGE_DIR } from '../context.ts'

const BIN = join(PACKAGE_DIR, 'bin', 'orx.js')

let home = ''
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'orx-code-'))
})
const kept = (command: string) => join(home, 'cache', 'code', `${command}.bin`)

function orx(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], {
    env: { PATH: process.env['PATH'], ORX_HOME: home },
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

test('the second run reads what the first one compiled, and says the same', () => {
  const first = orx('fees')
  const bytes = readFileSync(kept('fees'))
  expect(orx('fees')).toEqual(first)
  expect(readFileSync(kept('fees'))).toEqual(bytes)
})

describe('a cache that does not fit is replaced without a word', () => {
  const DAMAGES: readonly (readonly [name: string, damaged: (bytes: Buffer) => Buffer])[] = [
    ['empty', () => Buffer.alloc(0)],
    ['not ours', () => Buffer.from('{"a":1}\n')],
    ['cut short', (bytes) => bytes.subarray(0, bytes.length >> 1)],
    [
      'of another Node',
      (bytes) => Buffer.from(bytes.toString('latin1').replace(/v\d+/, 'v1'), 'latin1'),
    ],
  ]
  test.each(DAMAGES)('%s', (_, damaged) => {
    const first = orx('fees')
    const whole = readFileSync(kept('fees'))
    writeFileSync(kept('fees'), damaged(whole))
    expect(orx('fees')).toEqual(first)
    expect(readFileSync(kept('fees')).length).toBeGreaterThan(whole.length / 2)
    expect(orx('fees')).toEqual(first)
  })
})

test('a folder that cannot be written is no error', () => {
  mkdirSync(join(home, 'cache'))
  writeFileSync(join(home, 'cache', 'code'), 'a file in its place')
  const { status, stderr } = orx('fees')
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
})

test.each([['--version'], ['../../x'], ['nonsense']])('%s keeps nothing', (word) => {
  orx(word)
  expect(existsSync(join(home, 'cache'))).toBe(false)
})

test('deleting it is harmless', () => {
  const first = orx('fees')
  rmSync(join(home, 'cache'), { recursive: true })
  expect(orx('fees')).toEqual(first)
})

test('another build of the same length and date is not taken for this one', () => {
  const other = mkdtempSync(join(tmpdir(), 'orx-other-'))
  for (const folder of ['bin', 'data', 'dist', 'package.json']) {
    cpSync(join(PACKAGE_DIR, folder), join(other, folder), {
      recursive: true,
      preserveTimestamps: true,
    })
  }
  expect(orx('fees').stdout).toContain('credits')
  const edit = (file: string, from: RegExp, to: (found: string) => string) => {
    const path = join(other, 'dist', file)
    const { atime, mtime } = statSync(path)
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll(from, to))
    utimesSync(path, atime, mtime)
  }
  edit('program.cjs', /credits/g, () => 'CREDITS')
  edit('main.cjs', /[0-9a-f]{16}/g, (id) => id.replaceAll(/./g, '0'))
  const { stdout } = spawnSync(process.execPath, [join(other, 'bin', 'orx.js'), 'fees'], {
    env: { PATH: process.env['PATH'], ORX_HOME: home },
    encoding: 'utf8',
  })
  expect(stdout).toContain('CREDITS')
})
