import width from 'fast-string-width'

/** Columns a text takes in a terminal. Thai marks take none: 'พิสูจน์คณิตศาสตร์' is 12 wide. */
export const columnsOf = (text: string): number => (PLAIN.test(text) ? text.length : width(text))

/** One column a character. Spares most texts the general rules, whose patterns take milliseconds to compile. */
const PLAIN = /^[ -~\u00a0-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e]*$/

export const padEnd = (text: string, columns: number): string =>
  text + ' '.repeat(Math.max(0, columns - columnsOf(text)))

export const padStart = (text: string, columns: number): string =>
  ' '.repeat(Math.max(0, columns - columnsOf(text))) + text

/** Cuts to `columns`, ending in "…", never inside a character with its marks. For plain text without styles. */
export function truncate(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text
  // The segmenter takes milliseconds to load, and most texts do not need it.
  if (PLAIN.test(text)) return `${text.slice(0, columns - 1)}…`
  let kept = ''
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (columnsOf(kept + segment) > columns - 1) break
    kept += segment
  }
  return `${kept}…`
}

/** Breaks a paragraph into lines of at most `columns`, at spaces; a longer word keeps its own line. */
export function wrap(text: string, columns: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/ +/)) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line !== '' && columnsOf(longer) > columns) {
      lines.push(line)
      line = word
    } else line = longer
  }
  return [...lines, line]
}
