import { columnsOf, padEnd, padStart, truncate } from './width.ts'

export type Column = {
  /** Name in CSV. */
  readonly key: string
  /** Heading for people. */
  readonly title: string
  readonly align?: 'left' | 'right'
  /** May be cut where the terminal is too narrow. Columns that are not are never cut. */
  readonly flexible?: true
  /** Styles a cell after it has been laid out. */
  readonly style?: (text: string) => string
}

/** Rows under columns: the one shape behind the table, CSV and Markdown of most commands. Null is an empty cell. */
export type Sheet = {
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly (string | null)[])[]
}

const GAP = '  '

/**
 * Borderless aligned text, some hundred rows in a millisecond. For prose in cells that must wrap see prose.ts.
 * Fits `width` by cutting flexible columns, the widest first.
 */
export function sheetText(sheet: Sheet, width: number, heading = (text: string) => text): string {
  const widths = fitted(sheet, width)
  const line = (cells: readonly string[], style: (text: string, column: number) => string) =>
    cells
      .map((cell, at) => {
        const columns = widths[at] ?? 0
        const cut = sheet.columns[at]?.flexible ? truncate(cell, columns) : cell
        const last = at === cells.length - 1
        const padded =
          sheet.columns[at]?.align === 'right'
            ? padStart(cut, columns)
            : last
              ? cut
              : padEnd(cut, columns)
        return style(padded, at)
      })
      .join(GAP)
      .trimEnd()
  const head = line(
    sheet.columns.map(({ title }) => title),
    (text) => heading(text),
  )
  const body = sheet.rows.map((row) =>
    line(
      row.map((cell) => cell ?? ''),
      (text, at) => sheet.columns[at]?.style?.(text) ?? text,
    ),
  )
  return `${[head, ...body].join('\n')}\n`
}

function fitted({ columns, rows }: Sheet, width: number): readonly number[] {
  const widths = columns.map(({ title }, at) =>
    rows.reduce((most, row) => Math.max(most, columnsOf(row[at] ?? '')), columnsOf(title)),
  )
  let excess = widths.reduce((sum, each) => sum + each + GAP.length, -GAP.length) - width
  while (excess > 0) {
    const at = widestFlexible(columns, widths)
    if (at === undefined) return widths
    widths[at] = (widths[at] ?? 0) - 1
    excess -= 1
  }
  return widths
}

const NARROWEST = 6

function widestFlexible(columns: readonly Column[], widths: readonly number[]): number | undefined {
  let widest: number | undefined
  for (const [at, { flexible }] of columns.entries()) {
    const columnsHere = widths[at] ?? 0
    if (!flexible || columnsHere <= NARROWEST) continue
    if (widest === undefined || columnsHere > (widths[widest] ?? 0)) widest = at
  }
  return widest
}

/** RFC 4180, with a header line. */
export const sheetCsv = ({ columns, rows }: Sheet): string =>
  [columns.map(({ key }) => key), ...rows]
    .map((row) => `${row.map((cell) => csvCell(cell ?? '')).join(',')}\r\n`)
    .join('')

const csvCell = (text: string): string =>
  /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text

/** A GitHub-flavoured Markdown table. */
export function sheetMarkdown({ columns, rows }: Sheet): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`
  const escaped = (text: string | null) => (text ?? '').replaceAll('|', '\\|').replaceAll('\n', ' ')
  return [
    line(columns.map(({ title }) => escaped(title))),
    line(columns.map(({ align }) => (align === 'right' ? '---:' : '---'))),
    ...rows.map((row) => line(row.map(escaped))),
  ].join('')
}
