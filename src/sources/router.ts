import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Context } from '../context.ts'
import { TABLE_BYTES, type Weights } from '../core/classify/model.ts'
import { OrxError } from '../core/errors.ts'

/** data/router.bin: one line of JSON, then the table, one byte a weight. Written by scripts/train-router.ts. */
export function loadRouter({ packageDir }: Pick<Context, 'packageDir'>): Weights {
  const bytes = readFileSync(join(packageDir, 'data', 'router.bin'))
  const end = bytes.indexOf(0x0a)
  const table = new Int8Array(bytes.buffer, bytes.byteOffset + end + 1, bytes.length - end - 1)
  if (end < 0 || table.length !== TABLE_BYTES) {
    throw new OrxError('BAD_INPUT', 'data/router.bin is damaged', 'Install orx again.')
  }
  return { ...JSON.parse(bytes.toString('utf8', 0, end)), table }
}
