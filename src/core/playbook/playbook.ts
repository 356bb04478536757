/** A text for people in both languages; only labels and headings have one. */
export type Label = { readonly en: string; readonly th: string }
export type Language = keyof Label

/** What is true today: a text with the date of its source, or the name of a figure worked out from the fee schedules. */
export type TodayFact = string | { readonly from: string }

export type PlaybookRow = {
  readonly label?: Label
  /** Ids of the models that the row is about, best first. */
  readonly models?: readonly string[]
  /** One role a model, where the row recommends them. */
  readonly roles?: readonly string[]
  /** The task of data/tasks.json that the row answers. */
  readonly task?: string
  readonly cells?: Readonly<Record<string, string | Label>>
  readonly today?: TodayFact
  /** YYYY-MM or YYYY-MM-DD of the source of `today`. */
  readonly source?: string
}

export type PlaybookTable = {
  readonly id: string
  readonly title: Label
  readonly columns: readonly { readonly key: string; readonly title: Label }[]
  readonly rows: readonly PlaybookRow[]
  readonly notes?: readonly string[]
}

export type PlaybookSection = {
  readonly id: string
  readonly title: Label
  readonly tables: readonly PlaybookTable[]
}

/** What the 2025 report says: data/playbook.json. */
export type Playbook = {
  /** YYYY-MM-DD. */
  readonly asOf: string
  /** The report's names of models, by id. */
  readonly names: Readonly<Record<string, string>>
  /** Ids that it names and no capture lists, with the id under which the same model is sold. */
  readonly renamed: Readonly<Record<string, string>>
  /** Likewise, with what follows the model in its line. */
  readonly successors: Readonly<Record<string, string>>
  readonly sections: readonly PlaybookSection[]
}

/** One model that the report recommends for a task. */
export type ReportPick = {
  readonly role: string
  readonly id: string
  readonly name: string
  readonly why: string
  readonly strategy: string | null
}

/** The report's picks for a task, in its order. */
export function reportPicks(playbook: Playbook, taskId: string): readonly ReportPick[] {
  const rows = playbook.sections.flatMap(({ tables }) => tables.flatMap(({ rows }) => rows))
  return rows
    .filter(({ task }) => task === taskId)
    .flatMap(({ models = [], roles = [], cells }) =>
      models.map((id, at) => ({
        role: roles[at] ?? 'first',
        id,
        name: playbook.names[id] ?? id,
        why: plain(cells?.['why']),
        strategy: plain(cells?.['strategy']) || null,
      })),
    )
}

const plain = (cell: string | Label | undefined): string =>
  (typeof cell === 'string' ? cell : (cell?.en ?? '')).replaceAll(/ \[\d\]/g, '')
