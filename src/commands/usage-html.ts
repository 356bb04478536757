import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Context } from '../context.ts'
import { OrxError } from '../core/errors.ts'
import { ZERO } from '../core/money.ts'
import { feeCurve } from '../core/usage/breakeven.ts'
import type { Route } from '../core/usage/elsewhere.ts'
import type { Regret } from '../core/usage/regret.ts'
import type { PageExtras } from '../render/html/data.ts'
import { usagePage } from '../render/html/page.ts'
import type { UsageView } from '../render/usage/view.ts'
import type { Analysis } from './usage-files.ts'
import { today } from './world.ts'

/** Writes the page. @throws OrxError BAD_INPUT where the file cannot be written */
export async function writeUsageHtml(
  file: string,
  view: UsageView,
  analysis: Analysis,
  ctx: Context,
): Promise<void> {
  // Built beside the program: charts, sorting, themes.
  const script = await readFile(join(ctx.packageDir, 'dist', 'usage-page.js'), 'utf8')
  try {
    await writeFile(file, usagePage(view, extrasOf(analysis, ctx), script))
  } catch (cause) {
    throw new OrxError(
      'BAD_ARGUMENT',
      `--html: ${file} cannot be written (${(cause as NodeJS.ErrnoException).code})`,
      'Name a file in a folder that is there.',
      { cause },
    )
  }
}

const ROUTES: readonly Route[] = ['direct', 'credits', 'byok']
const OTHERS = 6

/** Routes and other models are shown on the page also where they were not asked for. */
function extrasOf({ world, terms, models, regret, at }: Analysis, ctx: Context): PageExtras {
  const shown = regret ?? NO_REGRET
  const usual = shown.front.slice(0, OTHERS).map(({ model }) => world.find(model))
  return {
    routes: ROUTES.map((route) => at({ model: null, route })),
    others: (models.length > 0 ? models : usual).map((model) => at({ model, route: null })),
    regret: shown,
    fees: feeCurve(terms),
    sources: world.catalog.sources,
    made: today(ctx),
  }
}

const NO_REGRET: Regret = {
  metric: 'score',
  rows: [],
  now: ZERO,
  best: ZERO,
  saved: ZERO,
  front: [],
  field: [],
  notScored: [],
  config: '',
  requests: [],
}
