import { toDecimal } from '../../core/money.ts'
import type { Language } from '../../core/playbook/playbook.ts'
import type { Advice } from '../../core/recommend/advice.ts'
import type { Task } from '../../core/recommend/task.ts'
import { type Sheet, sheetText } from '../sheet.ts'
import { word } from '../words.ts'

const COLUMNS = [
  ['part', 'left'],
  ['role', 'left'],
  ['model', 'left'],
  ['score', 'right'],
  ['metric', 'left'],
  ['effort', 'left'],
  ['score_as_of', 'left'],
  ['input', 'right'],
  ['output', 'right'],
  ['price_as_of', 'left'],
  ['cost', 'right'],
  ['ttft_ms', 'right'],
  ['throughput', 'right'],
  ['context', 'right'],
  ['said_input', 'right'],
  ['said_output', 'right'],
  ['status', 'left'],
  ['successor', 'left'],
  ['why', 'left'],
  ['marks', 'left'],
] as const

type Cells = Partial<Record<(typeof COLUMNS)[number][0], string | number | null>>

/** One row a pick: first the report's, then today's. Models have their full ids. */
export function adviceSheet({ report, picks, unscored }: Advice): Sheet {
  const rows: Cells[] = [
    ...report.map(
      ({ role, id, why, score, today }): Cells => ({
        part: 'report',
        role,
        model: today.now.id,
        score: score?.value ?? null,
        metric: score?.metric ?? null,
        effort: score?.effort ?? null,
        score_as_of: score?.asOf ?? null,
        input: today.now.point.price?.input ?? null,
        output: today.now.point.price?.output ?? null,
        price_as_of: today.now.point.asOf,
        said_input: today.said?.price?.input ?? null,
        said_output: today.said?.price?.output ?? null,
        status: today.status,
        successor: today.successor?.id ?? null,
        why: today.now.id === id ? why : `${why} (it said ${id})`,
      }),
    ),
    ...picks.map(
      ({ role, candidate, why }): Cells => ({
        part: 'today',
        role,
        why,
        ...(candidate && {
          model: candidate.model.id,
          score: candidate.score.value,
          metric: candidate.score.metric,
          effort: candidate.score.effort,
          score_as_of: candidate.score.asOf,
          input: candidate.rates.input ?? null,
          output: candidate.rates.output ?? null,
          price_as_of: candidate.point.asOf,
          cost: toDecimal(candidate.cost),
          ttft_ms: candidate.model.speed?.ttftMs ?? null,
          throughput: candidate.model.speed?.throughput ?? null,
          context: candidate.model.context,
          status: candidate.model.status,
          marks: candidate.marks.map(({ text }) => text).join('; '),
        }),
      }),
    ),
    ...unscored.newer.map(
      ({ model, rates, point }): Cells => ({
        part: 'unscored',
        model: model.id,
        input: rates.input ?? null,
        output: rates.output ?? null,
        price_as_of: point.asOf,
        context: model.context,
        status: model.status,
      }),
    ),
  ]
  return {
    columns: COLUMNS.map(([key, align]) => ({ key, title: key.replaceAll('_', ' '), align })),
    rows: rows.map((cells) => COLUMNS.map(([key]) => textOf(cells[key]))),
  }
}

const textOf = (cell: string | number | null | undefined): string | null =>
  cell === undefined || cell === null ? null : String(cell)

/** `orx recommend --list`: with all that is known in CSV and Markdown, one language on a terminal. */
export const tasksSheet = (tasks: readonly Task[]): Sheet => ({
  columns: [
    { key: 'id', title: 'task' },
    { key: 'label', title: 'what it is' },
    { key: 'label_th', title: 'ภาษาไทย' },
    { key: 'source', title: 'from' },
    { key: 'aliases', title: 'also' },
  ],
  rows: tasks.map(({ id, label, labelTh, source, aliases }) => [
    id,
    label,
    labelTh,
    source,
    aliases.join(', '),
  ]),
})

export const tasksText = (
  tasks: readonly Task[],
  language: Language,
  width: number,
  heading: (text: string) => string,
): string =>
  sheetText(
    {
      columns: [
        { key: 'id', title: word('task', language) },
        { key: 'label', title: word('label', language) },
        { key: 'aliases', title: word('aliases', language), flexible: true },
      ],
      rows: tasks.map(({ id, label, labelTh, aliases }) => [
        id,
        language === 'th' ? labelTh : label,
        aliases.filter((alias) => THAI.test(alias) === (language === 'th')).join(', '),
      ]),
    },
    width,
    heading,
  )

const THAI = /\p{Script=Thai}/u
