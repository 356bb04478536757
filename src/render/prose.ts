import Table from 'cli-table3'
import { unglued } from './paragraph.ts'
import { columnsOf, wrap } from './width.ts'

const GAP = 2
/** A column is not squeezed under its longest word, unless that is longer than this. */
const LONGEST_WORD = 24

/**
 * A small table whose cells wrap, as wide as `width` at most; null where its words do not fit side by side. Cells may
 * have several lines. cli-table3 takes Thai marks for columns, so every character with marks goes through it as one
 * private-use character.
 */
export function proseTable(
  titles: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
  heading: (text: string) => string,
): readonly string[] | null {
  const widths = fitted([titles, ...rows], titles.length, width)
  if (!widths) return null
  const clusters = clusterSwap()
  const laid = (cells: readonly string[]) =>
    cells.map((cell, at) => clusters.hide(wrapped(cell, widths[at] ?? 0).join('\n')))
  const lines = (cells: readonly (readonly string[])[]) => {
    const table = new Table({ chars: NO_LINES, style: BARE, colWidths: [...widths] })
    table.push(...cells.map((row) => laid(row)))
    return table
      .toString()
      .split('\n')
      .map((line) => unglued(clusters.show(line)).trimEnd())
  }
  return [...lines([titles]).map(heading), ...lines(rows)]
}

const BARE = { head: [], border: [], 'padding-left': 0, 'padding-right': 0, compact: true }
const NO_LINES = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: ' '.repeat(GAP),
}

/** Natural widths where they fit; else what is left after the longest words goes to those that want more. */
function fitted(
  rows: readonly (readonly string[])[],
  columns: number,
  width: number,
): readonly number[] | null {
  const measured = Array.from({ length: columns }, (_, at) => {
    const cells = rows.map((row) => row[at] ?? '')
    const lines = cells.flatMap((cell) => cell.split('\n'))
    const natural = Math.max(1, ...lines.map(columnsOf))
    const words = lines.flatMap((line) => line.split(' '))
    return { natural, least: Math.min(Math.max(1, ...words.map(columnsOf)), LONGEST_WORD) }
  })
  const room = width - GAP * (columns - 1)
  const sum = (key: 'natural' | 'least') => measured.reduce((total, each) => total + each[key], 0)
  if (sum('natural') <= room) return measured.map(({ natural }) => natural)
  const spare = room - sum('least')
  if (spare < 0) return null
  return shared(measured, spare)
}

function shared(
  measured: readonly { readonly natural: number; readonly least: number }[],
  spare: number,
): readonly number[] {
  const widths = measured.map(({ least }) => least)
  // One column at a time to the one whose text would have most lines.
  for (let left = spare; left > 0; left--) {
    let neediest = 0
    let most = 0
    for (const [at, { natural }] of measured.entries()) {
      const lines = natural / (widths[at] ?? 1)
      if (lines > most && natural > (widths[at] ?? 0)) {
        most = lines
        neediest = at
      }
    }
    widths[neediest] = (widths[neediest] ?? 0) + 1
  }
  return widths
}

/** Wrapped at spaces; a word that is too long breaks between its own words (Thai writes none) or characters. */
function wrapped(cell: string, width: number): readonly string[] {
  return cell.split('\n').flatMap((line) => {
    if (columnsOf(line) <= width) return [line]
    return wrap(line, width).flatMap((part) =>
      columnsOf(part) <= width ? [part] : broken(part, width),
    )
  })
}

function broken(text: string, width: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const piece of pieces(text, width)) {
    if (line !== '' && columnsOf(line + piece) > width) {
      lines.push(line)
      line = piece
    } else line += piece
  }
  return [...lines, line]
}

/** Words by the rules of the language, those longer than the line by characters. */
const pieces = (text: string, width: number): readonly string[] =>
  [...new Intl.Segmenter('th', { granularity: 'word' }).segment(text)].flatMap(({ segment }) =>
    columnsOf(segment) <= width
      ? [segment]
      : [...new Intl.Segmenter().segment(segment)].map((each) => each.segment),
  )

const FIRST_PRIVATE = 0xe000

/** Swaps characters with marks for private-use ones of one column, and back. */
function clusterSwap() {
  const known: string[] = []
  const standIn = (cluster: string): string => {
    const at = known.indexOf(cluster)
    return String.fromCharCode(FIRST_PRIVATE + (at < 0 ? known.push(cluster) - 1 : at))
  }
  return {
    hide: (text: string): string =>
      /\p{M}/u.test(text)
        ? [...new Intl.Segmenter().segment(text)]
            .map(({ segment }) =>
              segment.length > 1 && columnsOf(segment) === 1 ? standIn(segment) : segment,
            )
            .join('')
        : text,
    show: (text: string): string =>
      text.replaceAll(
        /[\ue000-\uf8ff]/g,
        (each) => known[each.charCodeAt(0) - FIRST_PRIVATE] ?? each,
      ),
  }
}
