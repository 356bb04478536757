import type { Context } from '../context.ts'
import type { UsageView } from '../render/usage/view.ts'

export async function writeUsageHtml(
  _file: string,
  _view: UsageView,
  _ctx: Context,
): Promise<void> {}
