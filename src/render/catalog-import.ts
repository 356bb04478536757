import type { Catalog } from '../core/catalog/model.ts'
import { plainColumns, type Sheet } from './sheet.ts'
import { wrap } from './width.ts'

type Problem = {
  readonly row: number
  readonly id: string | null
  readonly what: string
  readonly dropped: boolean
}

export type ImportView = {
  readonly file: string
  /** What "latest" is after the import. */
  readonly inForce: Catalog
  readonly done: {
    readonly kind: 'response' | 'catalogue'
    readonly asOf: string
    readonly models: number
    readonly effect: 'replaced' | 'merged' | 'partial' | 'history'
    readonly problems: readonly Problem[]
  }
}

const leftOut = ({ done }: ImportView): readonly Problem[] =>
  done.problems.filter(({ dropped }) => dropped)

export const importJson = (view: ImportView): object => ({
  schema: 'orx.catalog.import/1',
  file: view.file,
  kind: view.done.kind,
  asOf: view.done.asOf,
  models: view.done.models,
  effect: view.done.effect,
  inForce: { asOf: view.inForce.asOf, models: view.inForce.models.length },
  problems: view.done.problems,
})

export const importSheet = ({ done: { problems } }: ImportView): Sheet => ({
  columns: plainColumns(['row', 'model', 'problem', 'leftOut']),
  rows: problems.map(({ row, id, what, dropped }) => [
    String(row),
    id,
    what,
    dropped ? 'yes' : 'no',
  ]),
})

export function importText(view: ImportView, width: number): string {
  const { done, file, inForce } = view
  const many = leftOut(view).length
  const head = `${done.models} models of ${done.asOf} from ${file}${many > 0 ? `; ${many} rows left out` : ''}.`
  return [head, effect(done.effect, done.asOf, inForce, file)]
    .flatMap((text) => wrap(text, width))
    .map((line) => `${line}\n`)
    .join('')
}

function effect(
  kind: ImportView['done']['effect'],
  asOf: string,
  inForce: Catalog,
  file: string,
): string {
  const alone = `To price with this file alone: --catalog ${file}`
  switch (kind) {
    case 'merged':
      return 'They are the prices in force now. What changed: orx catalog diff'
    case 'partial':
      return 'They are the prices in force now. The list is too short to be complete, so no other model was retired.'
    case 'history':
      return `The catalogue in force is newer (${inForce.asOf}), so these prices only joined its history. ${alone}`
    case 'replaced':
      return asOf >= inForce.asOf
        ? 'It is the catalogue in force now. What changed: orx catalog diff'
        : `The bundled snapshot is newer (${inForce.asOf}) and stays in force. ${alone}`
    default:
      return kind satisfies never
  }
}

const MOST_WARNINGS = 20

/** One line for each row that was left out, but not hundreds. */
export function importWarnings(problems: readonly Problem[]): readonly string[] {
  const dropped = problems.filter((problem) => problem.dropped)
  const lines = dropped
    .slice(0, MOST_WARNINGS)
    .map(({ row, id, what }) => `warning: row ${row}${id ? ` (${id})` : ''} left out: ${what}`)
  const more = dropped.length - lines.length
  return more > 0 ? [...lines, `warning: … and ${more} more rows: see --json`] : lines
}
