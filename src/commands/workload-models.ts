import type { Context } from '../context.ts'
import type { Score } from '../core/catalog/score.ts'
import { OrxError } from '../core/errors.ts'
import { compare, toNumber } from '../core/money.ts'
import type { Candidate } from '../core/recommend/candidate.ts'
import type { Floor } from '../core/recommend/floor.ts'
import { recommend } from '../core/recommend/recommend.ts'
import { findTask, type Task, unknownTask } from '../core/recommend/task.ts'
import type { Workload } from '../core/workload/workload.ts'
import { loadScores } from '../sources/catalog.ts'
import { loadTasks } from '../sources/playbook.ts'
import { today, type World } from './world.ts'

/** The cheapest eligible model that keeps a workload's quality floor. */
export type Chooser = (workload: Workload) => Candidate

/** Reads what the choice needs once, for all workloads of a file. */
export async function openChooser(ctx: Context, { catalog }: World): Promise<Chooser> {
  const scores: readonly Score[] = await loadScores(ctx)
  const tasks = loadTasks(ctx)
  return (workload) =>
    placed(workload, () => {
      const task = taskOf(tasks, workload)
      const { field, floor } = recommend(catalog, scores, {
        task,
        volume: {
          input: workload.volume.input,
          output: workload.volume.output,
          requests: workload.volume.requests ?? task.volume.requests,
        },
        demands: {
          needs: workload.needs,
          minContext: workload.minContext,
          maxPrice: workload.maxPrice,
          budget: null,
          authors: [],
          exclude: [],
          zdr: null,
          freeOnly: false,
        },
        weights: null,
        today: today(ctx),
      })
      return cheapestAbove(workload, field, floor)
    })
}

/** Says where in the file it is that no model can be had. @throws OrxError */
export function placed<T>({ place }: Workload, choose: () => T): T {
  try {
    return choose()
  } catch (error) {
    if (!(error instanceof OrxError)) throw error
    throw new OrxError(error.code, `${place}: ${error.message}`, error.remedy, { cause: error })
  }
}

function taskOf(tasks: readonly Task[], { task: text }: Workload): Task {
  const task = findTask(tasks, text ?? 'default')
  if (!task) throw unknownTask(tasks, text ?? '')
  return task
}

/** @throws OrxError NOTHING_LEFT where no scored model is left for the workload. */
function cheapestAbove(
  { floor: share }: Workload,
  field: readonly Candidate[],
  usual: Floor | null,
): Candidate {
  const [best] = field
  const index = best?.score.unit !== 'rating'
  const least = share && best && index ? toNumber(share) * best.quality : (usual?.value ?? 0)
  const [cheapest] = field
    .filter(({ quality }) => quality >= least)
    .toSorted((a, b) => compare(a.cost, b.cost) || b.quality - a.quality)
  if (cheapest) return cheapest
  throw new OrxError(
    'NOTHING_LEFT',
    'no scored model is left',
    'Loosen its needs, minContext, maxPrice or floor.',
  )
}
