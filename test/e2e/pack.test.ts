import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { newHome, PACKAGE_DIR } from '../context.ts'

// No scripts: `npm test` has just built, and packing must not rebuild under the other tests.
test('the packed tarball installs and runs in an empty folder, and is under 3 MB', {
  timeout: 180_000,
}, () => {
  const folder = mkdtempSync(join(tmpdir(), 'orx-pack-'))
  const npm = (...args: readonly string[]) =>
    execFileSync('npm', args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' })
  npm('pack', PACKAGE_DIR, '--ignore-scripts', '--silent')
  const [tarball = ''] = readdirSync(folder)
  expect(statSync(join(folder, tarball)).size).toBeLessThan(3_000_000)
  writeFileSync(join(folder, 'package.json'), '{"private":true}')
  npm('install', `./${tarball}`, '--no-audit', '--no-fund', '--silent')
  const orx = (...args: readonly string[]) =>
    execFileSync(join(folder, 'node_modules', '.bin', 'orx'), args, {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], ORX_HOME: newHome() },
    })
  expect(orx('--version')).toMatch(/^\d+\.\d+\.\d+\n$/)
  expect(orx('cost', '--in', '100M', '--out', '20M', '-m', 'gpt-5.1')).toContain('325.00')
})
