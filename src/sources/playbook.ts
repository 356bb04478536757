import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Context } from '../context.ts'
import type { Playbook } from '../core/playbook/playbook.ts'
import type { Task } from '../core/recommend/task.ts'

type Ctx = Pick<Context, 'packageDir'>

/** Files of our own making, checked by tests and not again when read. */
const bundled = <T>({ packageDir }: Ctx, file: string): T =>
  JSON.parse(readFileSync(join(packageDir, 'data', file), 'utf8')) as T

export const loadPlaybook = (ctx: Ctx): Playbook => bundled<Playbook>(ctx, 'playbook.json')

export const loadTasks = (ctx: Ctx): readonly Task[] =>
  bundled<{ readonly tasks: readonly Task[] }>(ctx, 'tasks.json').tasks
