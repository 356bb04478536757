import { unglued } from '../paragraph.ts'
import { plainColumns, type Sheet, sheetMarkdown } from '../sheet.ts'
import { cellsOf, type PlaybookView, titlesOf } from './view.ts'

/** All tables as one, with the columns of all of them: for CSV. */
export function playbookSheet(view: PlaybookView): Sheet {
  const tables = view.sections.flatMap(({ id, tables }) => tables.map((table) => ({ id, table })))
  const keys = [...new Set(tables.flatMap(({ table }) => table.columns.map(({ key }) => key)))]
  // What every table ends with stays last.
  const ordered = [
    ...keys.filter((key) => key !== 'today'),
    ...keys.filter((key) => key === 'today'),
  ]
  return {
    columns: plainColumns(['section', 'table', ...ordered]),
    rows: tables.flatMap(({ id, table }) =>
      table.rows.map((row) => {
        const cells = cellsOf(view, table, row)
        const at = (key: string) => table.columns.findIndex((column) => column.key === key)
        return [id, table.id, ...ordered.map((key) => plain(cells[at(key)] ?? '') || null)]
      }),
    ),
  }
}

const plain = (cell: string): string => unglued(cell).replaceAll('\n', '; ')

/** One Markdown table a table, under headings. */
export const playbookMarkdown = (view: PlaybookView): string =>
  view.sections
    .map(({ title, tables }) =>
      [
        `## ${title[view.language]}\n`,
        ...tables.map((table) =>
          [
            `### ${table.title[view.language]}\n`,
            sheetMarkdown({
              columns: titlesOf(table, view.language).map((each) => ({ key: each, title: each })),
              rows: table.rows.map((row) => cellsOf(view, table, row).map((cell) => plain(cell))),
            }).trimEnd(),
            ...(table.notes ?? []).map((note) => `\n${note}`),
          ].join('\n'),
        ),
      ].join('\n\n'),
    )
    .join('\n\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .concat('\n')
