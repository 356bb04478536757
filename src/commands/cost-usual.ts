import type { Context } from '../context.ts'
import type { Model } from '../core/catalog/model.ts'
import type { Volume } from '../core/cost/route.ts'
import { reportPicks } from '../core/playbook/playbook.ts'
import { recommend } from '../core/recommend/recommend.ts'
import { loadScores } from '../sources/catalog.ts'
import { loadPlaybook, loadTasks } from '../sources/playbook.ts'
import { demandsOf } from './recommend-question.ts'
import { today, type World } from './world.ts'

export type Group = { readonly title: string; readonly models: readonly Model[] }

/** Without --model: today's picks for general work at this volume, and the report's ranking. */
export async function usualModels(
  ctx: Context,
  { catalog }: World,
  { quantities, requests }: Volume,
): Promise<readonly Group[]> {
  const ranking = reportPicks(loadPlaybook(ctx), 'platform')
  const ranked = catalog.models.filter(({ id }) => ranking.some((pick) => pick.id === id))
  const report = { title: "the 2025 report's ranking", models: ranked }
  const task = loadTasks(ctx).find(({ id }) => id === 'default')
  if (catalog.name === 'report' || !task) return [report]
  const { picks } = recommend(catalog, await loadScores(ctx, [task.metric]), {
    task,
    volume: {
      input: quantities.input,
      output: quantities.output,
      requests: requests ?? task.volume.requests,
    },
    demands: demandsOf({}, null),
    weights: null,
    today: today(ctx),
  })
  const models = picks.flatMap(({ role, candidate }) =>
    candidate && role !== 'free' ? candidate.model : [],
  )
  return [{ title: "today's picks for general work", models: [...new Set(models)] }, report]
}
