import { columnsOf, truncate } from './width.ts'

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
  const { columns } = sheet
  const rows: Sheet['rows'] = [columns.map(({ title }) => title), ...sheet.rows]
  // Each cell is measured once: lists have thousands.
  const sizes = rows.map((row) => columns.map((_, at) => columnsOf(row[at] ?? '')))
  const widths = fitted(columns, sizes, width)
  let text = ''
  for (const [row, cells] of rows.entries()) {
    let line = ''
    for (const [at, column] of columns.entries()) {
      const laid = laidOut(cells[at] ?? '', sizes[row]?.[at] ?? 0, widths[at] ?? 0, column)
      const last = at === columns.length - 1 && column.align !== 'right'
      const padded = last ? laid.trimEnd() : laid
      const styled = row === 0 ? heading(padded) : (column.style?.(padded) ?? padded)
      line += at === 0 ? styled : GAP + styled
    }
    text += `${line.trimEnd()}\n`
  }
  return text
}

function laidOut(cell: string, size: number, width: number, column: Column): string {
  if (size > width) return column.flexible ? truncate(cell, width) : cell
  // Padding counts UTF-16 units, not columns.
  const units = cell.length + width - size
  return column.align === 'right' ? cell.padStart(units) : cell.padEnd(units)
}

function fitted(
  columns: readonly Column[],
  sizes: readonly (readonly number[])[],
  width: number,
): readonly number[] {
  const widths = columns.map((_, at) =>
    sizes.reduce((most, row) => Math.max(most, row[at] ?? 0), 0),
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
