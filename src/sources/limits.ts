import type { Context } from '../context.ts'
import { type Limit, limitsIn } from '../core/budget.ts'
import type { Config } from '../core/config.ts'
import { OrxError } from '../core/errors.ts'
import { configFile } from './config.ts'

/** The budget in force. @throws OrxError BAD_CONFIG where an entry is not understood: a budget must not be half read. */
export function limitsOf(ctx: Pick<Context, 'env'>, config: Config): readonly Limit[] {
  try {
    return limitsIn(config.budget)
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause
    throw new OrxError(
      'BAD_CONFIG',
      `${configFile(ctx)}: [budget]: ${cause.message}`,
      'Write day = "5", month = "50" or "model:openai/gpt-5.1" = "1/day 10/month".',
      { cause },
    )
  }
}
