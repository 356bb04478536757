import type { Context } from '../context.ts'
import { latestScores } from '../core/catalog/latest-scores.ts'
import type { Catalog, Model } from '../core/catalog/model.ts'
import type { Question } from '../core/usage/regret.ts'
import { loadScores } from '../sources/catalog.ts'

/** Classes of prompts: tasks by number, 0 being no prompt. */
export type Classes = {
  readonly classify: (text: string) => number
  readonly nameOf: (kind: number) => string
  readonly laneOf: (className: string) => string
}

/** Prompts by task, as `orx pick` tells it. */
export async function classesFor(ctx: Context): Promise<Classes> {
  const [{ classify }, { laneOf, TASKS }, { loadRouter }] = await Promise.all([
    import('../core/classify/classify.ts'),
    import('../core/classify/task.ts'),
    import('../sources/router.ts'),
  ])
  const weights = loadRouter(ctx)
  return {
    classify: (text) => TASKS.indexOf(classify(promptOf(text), weights).task) + 1,
    nameOf: (kind) => TASKS[kind - 1] ?? '',
    laneOf: (name) => {
      const task = TASKS.find((each) => each === name)
      return task ? laneOf(task) : 'default'
    },
  }
}

/** The last thing the user said, where the log has the messages as JSON; else the text itself. */
function promptOf(text: string): string {
  if (!text.startsWith('[')) return text
  try {
    const messages: unknown = JSON.parse(text)
    const said = Array.isArray(messages) ? messages.findLast(({ role }) => role === 'user') : null
    return typeof said?.content === 'string' ? said.content : JSON.stringify(said?.content ?? text)
  } catch {
    return text
  }
}

/** What regret needs to know of the catalogue: which models may be proposed, and how good they are. */
export async function questionFor(
  ctx: Context,
  catalog: Catalog,
  { nameOf, laneOf }: Classes,
  overflow: Question['overflow'],
): Promise<Question> {
  const scores = latestScores(await loadScores(ctx, ['intelligence', 'coding']))
  const today = ctx.now().toISOString().slice(0, 10)
  return {
    metric: 'Intelligence Index',
    // Code is held to the Coding Index alone: a model's score on one index says nothing beside another's on the other.
    scoreOf: (model, className) =>
      scores.of(model, className === 'code' ? 'coding' : 'intelligence')?.value,
    candidates: catalog.models.filter((model) => isCandidate(model, today)),
    kindName: nameOf,
    laneOf,
    overflow,
  }
}

/** Ordinary text models that can be had and are not about to go. */
const isCandidate = ({ kind, status, outputs, expires }: Model, today: string): boolean =>
  kind === 'base' &&
  status === 'current' &&
  (outputs === null || outputs.includes('text')) &&
  (expires === undefined || expires > today)
