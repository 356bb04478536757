import type { Context } from '../context.ts'

/** Bare `orx`: the four questions it answers. */
export function overview({ out, paint }: Context): void {
  out(
    [
      `${paint.bold('orx')} answers four questions about language models, offline first:`,
      '',
      `  Which model?              ${paint.cyan('orx recommend coding')}`,
      `  What will it cost?        ${paint.cyan('orx cost --in 100M --out 20M')}`,
      `  Who will serve it?        ${paint.cyan('orx simulate deepseek-chat')}`,
      `  Then do it.               ${paint.cyan('orx chat --model auto')}`,
      '',
      'All commands: orx --help',
      '',
    ].join('\n'),
  )
}
