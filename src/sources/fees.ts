import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Context } from '../context.ts'
import { OrxError } from '../core/errors.ts'
import type { FeeSchedule } from '../core/fees.ts'

/** All known fee schedules, oldest first. */
export const loadSchedules = ({
  packageDir,
}: Pick<Context, 'packageDir'>): readonly FeeSchedule[] =>
  JSON.parse(readFileSync(join(packageDir, 'data', 'fees.json'), 'utf8')).schedules

/** One schedule by id, the newest without one. @throws OrxError BAD_ARGUMENT on an unknown id. */
export function loadSchedule(
  ctx: Pick<Context, 'packageDir'>,
  id: string | undefined,
): FeeSchedule {
  const all = loadSchedules(ctx)
  const found = id === undefined ? all.at(-1) : all.find((each) => each.id === id)
  if (found) return found
  throw new OrxError(
    'BAD_ARGUMENT',
    `there is no fee schedule "${id}"`,
    `Use --fees ${all.map((each) => each.id).join(' or ')}; \`orx fees\` shows them.`,
  )
}
