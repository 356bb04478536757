import { readFileSync } from 'node:fs'
import { extname } from 'node:path'
import type { Context } from '../context.ts'
import { toDecimal } from '../core/money.ts'
import { loadWorkloads } from '../sources/workload.ts'
import type { Globals } from './globals.ts'
import { print } from './print.ts'
import { openChooser, placed } from './workload-models.ts'
import { openWorld } from './world.ts'

/** `orx recommend -f FILE`: the cheapest model for each workload that keeps its quality floor, as a file to use. */
export async function recommendWorkloads(
  ctx: Context,
  path: string,
  options: Globals,
): Promise<void> {
  const file = await loadWorkloads(path)
  const world = await openWorld(ctx, options)
  const choose = await openChooser(ctx, world)
  const picks = file.workloads.map((workload) => ({ workload, candidate: choose(workload) }))
  if (!options.quiet) {
    for (const { workload, candidate } of picks) {
      const { model: name } = workload
      const before = name ? `${placed(workload, () => world.find(name)).id} → ` : ''
      const { score, model, cost } = candidate
      ctx.err(
        `${workload.name}: ${before}${model.id}, ${score.metric} ${score.value}, $${toDecimal(cost)} a month at list price\n`,
      )
    }
  }
  const models = picks.map(({ candidate }) => candidate.model.id)
  const text = await rewritten(path, models)
  const rows = picks.map(({ workload, candidate }) => ({
    name: workload.name,
    model: candidate.model.id,
    score: {
      metric: candidate.score.metric,
      value: candidate.score.value,
      source: candidate.score.source,
      asOf: candidate.score.asOf,
    },
    cost: toDecimal(candidate.cost),
  }))
  print(ctx, options.format, {
    json: () => ({
      schema: 'orx.recommend.workloads/1',
      catalog: world.catalog.asOf,
      workloads: rows,
    }),
    sheet: () => ({
      columns: ['workload', 'model', 'metric', 'score', 'cost'].map((key) => ({ key, title: key })),
      rows: rows.map((row) => [
        row.name,
        row.model,
        row.score.metric,
        String(row.score.value),
        row.cost,
      ]),
    }),
    text: () => text,
  })
}

/** The user's own file, comments and all, with the models put in. */
async function rewritten(path: string, models: readonly string[]): Promise<string> {
  const text = readFileSync(path, 'utf8')
  if (extname(path).toLowerCase() === '.toml') {
    const { parse, stringify } = await import('smol-toml')
    const value = parse(text) as { workloads: Record<string, unknown>[] }
    for (const [at, model] of models.entries()) Object.assign(value.workloads[at] ?? {}, { model })
    return `${stringify(value)}\n`
  }
  const { parseDocument } = await import('../sources/yaml.ts')
  const document = parseDocument(text)
  for (const [at, model] of models.entries()) document.setIn(['workloads', at, 'model'], model)
  return document.toString()
}
