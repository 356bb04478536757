import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { currentTarget } from '../../../src/sources/ledger/native-target.ts'
import { PACKAGE_DIR } from '../../context.ts'

const manifest = (...path: readonly string[]) =>
  JSON.parse(readFileSync(join(PACKAGE_DIR, ...path, 'package.json'), 'utf8'))

test('the native builds that orx asks for are those of the libsql that it bundles', () => {
  const libsql = manifest('node_modules', 'libsql')
  expect(manifest().optionalDependencies).toEqual(libsql.optionalDependencies)
})

test("this machine's build is one of them and loads", () => {
  const name = `@libsql/${currentTarget()}`
  expect(Object.keys(manifest().optionalDependencies)).toContain(name)
  expect(createRequire(import.meta.url)(name)).toHaveProperty('databaseOpen')
})
