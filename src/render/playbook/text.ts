import type { PlaybookTable } from '../../core/playbook/playbook.ts'
import { paragraph } from '../paragraph.ts'
import { proseTable } from '../prose.ts'
import { columnsOf, padEnd } from '../width.ts'
import { cellsOf, type PlaybookView, titlesOf } from './view.ts'

type Style = (text: string) => string
type Paint = Readonly<Record<'bold' | 'dim' | 'green', Style>>

/** Sections with their tables, for a terminal. */
export function playbookText(view: PlaybookView, width: number, paint: Paint): string {
  const blocks = view.sections.flatMap(({ title, tables }) => [
    [paint.bold(title[view.language].toUpperCase())],
    ...tables.map((table) => tableLines(view, table, width, paint)),
  ])
  const { playbook, catalog, fees } = view
  const footer = `the report: late 2025 (${playbook.asOf}) · today: prices of ${catalog.asOf}, fees ${fees}`
  return `${[...blocks, paragraph(footer, 1, width).map((line) => paint.dim(line))].map((lines) => lines.join('\n')).join('\n\n')}\n`
}

function tableLines(
  view: PlaybookView,
  table: PlaybookTable,
  width: number,
  paint: Paint,
): readonly string[] {
  const titles = titlesOf(table, view.language)
  const rows = table.rows.map((row) => cellsOf(view, table, row).map(readable))
  const room = width - 1
  const laid =
    proseTable(titles, rows, room, (text) => paint.bold(text)) ?? cards(titles, rows, room)
  return [
    ...paragraph(table.title[view.language], 0, width).map((line) => paint.green(line)),
    ...laid.map((line) => ` ${line}`.trimEnd()),
    ...(table.notes ?? [])
      .flatMap((note) => paragraph(note, 1, width))
      .map((line) => paint.dim(line)),
  ]
}

/** An address with Thai in it is a third as long, and says something, when it is decoded. */
const readable = (cell: string): string => (cell.includes('%E0') ? decodeURI(cell) : cell)

/** Where the columns do not fit side by side: one block a row, one line a cell. */
function cards(
  titles: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
): readonly string[] {
  const indent = Math.max(...titles.slice(1).map(columnsOf)) + 4
  return rows.flatMap(([head = '', ...cells]) => [
    ...head.split('\n'),
    ...cells.flatMap((cell, at) => {
      if (cell === '') return []
      const lines = cell.split('\n').flatMap((line) => paragraph(line, indent, width))
      const label = `  ${padEnd(titles[at + 1] ?? '', indent - 2)}`
      return lines.map((line, first) => (first === 0 ? label + line.slice(indent) : line))
    }),
  ])
}
