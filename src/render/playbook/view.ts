import type {
  Language,
  Playbook,
  PlaybookRow,
  PlaybookSection,
  PlaybookTable,
} from '../../core/playbook/playbook.ts'
import type { Today } from '../../core/playbook/today.ts'
import { glued } from '../paragraph.ts'
import { inLanguage, quoted, todayText } from '../quote.ts'
import { roleWord } from '../words.ts'

/** Everything that a table's cells are made of. */
export type PlaybookView = {
  readonly playbook: Playbook
  readonly sections: readonly PlaybookSection[]
  readonly becameOf: (id: string) => Today
  /** Texts of the *today* column by name. */
  readonly facts: Readonly<Record<string, string>>
  /** Labels of tasks, by id. */
  readonly tasks: ReadonlyMap<string, { readonly en: string; readonly th: string }>
  /** Shortest unambiguous name of a model. */
  readonly name: (id: string) => string
  readonly language: Language
  readonly catalog: { readonly name: string; readonly asOf: string }
  readonly fees: string
}

export const titlesOf = ({ columns }: PlaybookTable, language: Language): readonly string[] =>
  columns.map(({ title }) => title[language])

/** One line a model in cells about models. */
export const cellsOf = (
  view: PlaybookView,
  table: PlaybookTable,
  row: PlaybookRow,
): readonly string[] => table.columns.map(({ key }) => cellOf(view, table, key, row))

function cellOf(view: PlaybookView, table: PlaybookTable, key: string, row: PlaybookRow): string {
  const { playbook, becameOf, language } = view
  const { models = [], cells } = row
  switch (key) {
    case 'label':
      return labelOf(view, row)
    case 'models':
      return models
        .map((id, at) => rolePrefix(row, at, language) + whole(playbook.names[id] ?? id))
        .join('\n')
    case 'said':
      return cells?.['said'] !== undefined
        ? inLanguage(cells['said'], language)
        : models.map((id) => saidOf(becameOf(id))).join('\n')
    case 'today':
      return todayOfRow(view, row, !table.columns.some((column) => column.key === 'said'))
    default:
      return inLanguage(cells?.[key], language)
  }
}

export const labelOf = ({ tasks, language }: PlaybookView, { label, task }: PlaybookRow): string =>
  label ? label[language] : (tasks.get(task ?? '')?.[language] ?? '')

/** Only where roles differ in more than their order: "budget: DeepSeek V3". */
const rolePrefix = ({ roles = [] }: PlaybookRow, at: number, language: Language): string =>
  roles.includes('budget') ? `${roleWord(roles[at] ?? '', language)}: ` : ''

/** Short names are not broken. */
const whole = (name: string): string => (name.length <= 17 ? glued(name) : name)

const saidOf = ({ said }: Today): string => (said ? glued(quoted(said)) : '–')

/**
 * What is true today: of each model, or of the fact.
 * @param withSaid adds what the report said of a price that differs, for tables that do not show it.
 */
export function todayOfRow(
  { becameOf, name, facts, playbook }: PlaybookView,
  { models = [], today, source }: PlaybookRow,
  withSaid: boolean,
): string {
  if (typeof today === 'string') return source ? `${today} (${source})` : today
  if (today) return facts[today.from] ?? ''
  return models
    .map((id) => {
      const became = becameOf(id)
      const prefix = models.length > 1 ? `${whole(playbook.names[id] ?? id)}: ` : ''
      const said = withSaid && differs(became) ? `, it said ${saidOf(became)}` : ''
      return prefix + todayText(became, name) + said
    })
    .join('\n')
}

const differs = ({ status, said, now }: Today): boolean =>
  status === 'current' &&
  said?.price?.input !== '0' &&
  (said?.price?.input !== now.point.price?.input || said?.price?.output !== now.point.price?.output)
