import { columnsOf, truncate } from './width.ts'

export type Column = {
  /** Name in CSV. */
  readonly key: string
  /** Heading for people. */
  readonly title: string
  readonly align?: 'left' | 'right'
  /** May be cut where the terminal is too narrow. Columns that are not are never cut. */
  readonly flexible?: true
  /** What a flexible column keeps while there are optional ones to leave out. */
  readonly least?: number
  /** Left out, the last one first, where the terminal is too narrow for the others. */
  readonly optional?: true
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
  const natural = columns.map((_, at) =>
    sizes.reduce((most, row) => Math.max(most, row[at] ?? 0), 0),
  )
  const kept = keptColumns(columns, natural, width)
  const widths = fitted(columns, natural, kept, width)
  let text = ''
  for (const [row, cells] of rows.entries()) {
    let line = ''
    for (const at of kept) {
      const column = columns[at]
      if (!column) continue
      const laid = laidOut(cells[at] ?? '', sizes[row]?.[at] ?? 0, widths[at] ?? 0, column)
      const last = at === kept.at(-1) && column.align !== 'right'
      const padded = last ? laid.trimEnd() : laid
      const styled = row === 0 ? heading(padded) : (column.style?.(padded) ?? padded)
      line += at === kept[0] ? styled : GAP + styled
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

const LEAST = 12

function keptColumns(
  columns: readonly Column[],
  natural: readonly number[],
  width: number,
): readonly number[] {
  const needs = columns.map(({ flexible, least = LEAST }, at) => {
    const all = natural[at] ?? 0
    return flexible ? Math.min(all, least) : all
  })
  const kept = columns.map((_, at) => at)
  let excess = total(kept.map((at) => needs[at] ?? 0)) - width
  for (let at = columns.length - 1; at >= 0 && excess > 0; at--) {
    if (!columns[at]?.optional) continue
    kept.splice(at, 1)
    excess -= (needs[at] ?? 0) + GAP.length
  }
  return kept
}

const total = (widths: readonly number[]): number =>
  widths.reduce((sum, each) => sum + each + GAP.length, -GAP.length)

function fitted(
  columns: readonly Column[],
  natural: readonly number[],
  kept: readonly number[],
  width: number,
): readonly number[] {
  const widths = natural.map((each, at) => (kept.includes(at) ? each : 0))
  let excess = total(kept.map((at) => natural[at] ?? 0)) - width
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

/** Columns whose names are their headings too: "asOf" reads "as of". */
export const plainColumns = (keys: readonly string[]): readonly Column[] =>
  keys.map((key) => ({ key, title: apart(key, ' ') }))

/** RFC 4180, with a header line in snake_case. */
export const sheetCsv = ({ columns, rows }: Sheet): string =>
  [columns.map(({ key }) => apart(key, '_')), ...rows]
    .map((row) => `${row.map((cell) => csvCell(cell ?? '')).join(',')}\r\n`)
    .join('')

/** The words of a name in camelCase; anything else as it is. */
const apart = (key: string, between: string): string =>
  /^[a-z]+([A-Z][a-z\d]+)*$/.test(key)
    ? key.replaceAll(/[A-Z]/g, (letter) => between + letter.toLowerCase())
    : key

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
