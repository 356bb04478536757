import { lexer, type MarkedToken, type Token, type Tokens } from 'marked'
import { columnsOf, padEnd, padStart, wrap } from './width.ts'

/** The text styles it needs; `Paint` of the context has them. */
type Styles = Readonly<Record<'bold' | 'dim' | 'cyan' | 'yellow', (text: string) => string>>

/**
 * Renders Markdown for a terminal while it is being written: a block is printed when the next one begins, so nothing is
 * ever printed twice or taken back. marked parses; its usual terminal renderer leaves lists raw (docs/decisions/0060).
 */
export function markdownOutput(out: (text: string) => void, width: number, styles: Styles) {
  let buffer = ''
  let printed = false
  const flush = (blocks: readonly Token[]) => {
    const text = blocks
      .map((each) => block(each, { width, styles }))
      .filter(Boolean)
      .join('\n\n')
    if (text === '') return
    out(`${printed ? '\n' : ''}${text}\n`)
    printed = true
  }
  return {
    text: (piece: string) => {
      buffer += piece
      // Only a line break can end a block.
      if (!piece.includes('\n')) return
      const blocks = lexer(buffer)
      const last = blocks.findLastIndex(({ type }) => type !== 'space')
      if (last < 1) return
      flush(blocks.slice(0, last))
      buffer = blocks
        .slice(last)
        .map(({ raw }) => raw)
        .join('')
    },
    end: () => {
      flush(lexer(buffer))
      buffer = ''
    },
  }
}

type Frame = { readonly width: number; readonly styles: Styles }

function block(token: Token, frame: Frame): string {
  const { styles } = frame
  const known = token as MarkedToken
  switch (known.type) {
    case 'heading':
      return wrapped(styles.bold(inline(known.tokens, styles)), frame)
    case 'paragraph':
      return wrapped(inline(known.tokens, styles), frame)
    case 'text':
      return wrapped(inline(known.tokens ?? [known], styles), frame)
    case 'code':
      return indented(styles.cyan(known.text), '    ')
    case 'list':
      return list(known, frame)
    case 'blockquote':
      return indented(blocks(known.tokens, narrower(frame, 2)), styles.dim('│ '))
    case 'table':
      return table(known, frame)
    case 'hr':
      return styles.dim('─'.repeat(Math.min(frame.width, 40)))
    case 'space':
    case 'def':
      return ''
    default:
      return known.raw.trimEnd()
  }
}

const blocks = (tokens: readonly Token[], frame: Frame): string =>
  tokens
    .map((each) => block(each, frame))
    .filter(Boolean)
    .join('\n\n')

const narrower = ({ width, styles }: Frame, by: number): Frame => ({ width: width - by, styles })

/** Each line of a paragraph by itself: models use single line breaks on purpose. */
const wrapped = (text: string, { width }: Frame): string =>
  text
    .split('\n')
    .flatMap((line) => wrap(line, Math.max(20, width)))
    .join('\n')

const indented = (text: string, by: string): string => by + text.replaceAll('\n', `\n${by}`)

function list({ items, ordered, start, loose }: Tokens.List, frame: Frame): string {
  const first = typeof start === 'number' ? start : 1
  const lines = items.map((item, at) => {
    const box = item.task ? (item.checked ? '[x] ' : '[ ] ') : ''
    const mark = `${ordered ? `${first + at}.` : '•'} ${box}`
    const tokens = item.tokens.filter(({ type }) => type !== 'checkbox')
    const inner = tokens
      .map((each) => block(each, narrower(frame, columnsOf(mark) + 2)))
      .filter(Boolean)
    const body = inner.join(loose ? '\n\n' : '\n')
    return `  ${mark}${body.replaceAll('\n', `\n${' '.repeat(columnsOf(mark) + 2)}`)}`
  })
  return lines.join(loose ? '\n\n' : '\n')
}

function table({ header, rows, align }: Tokens.Table, { styles }: Frame): string {
  const text = (cell: Tokens.TableCell) => inline(cell.tokens, styles)
  const lines = [header, ...rows].map((row) => row.map(text))
  const widths = header.map((_, at) => Math.max(...lines.map((row) => columnsOf(row[at] ?? ''))))
  const laid = lines.map((row) =>
    widths
      .map((width, at) => (align[at] === 'right' ? padStart : padEnd)(row[at] ?? '', width))
      .join('  ')
      .trimEnd(),
  )
  const [head = '', ...body] = laid
  return [
    styles.bold(head),
    styles.dim(widths.map((width) => '─'.repeat(width)).join('  ')),
    ...body,
  ].join('\n')
}

function inline(tokens: readonly Token[], styles: Styles): string {
  return tokens.map((each) => span(each as MarkedToken, styles)).join('')
}

function span(token: MarkedToken, styles: Styles): string {
  switch (token.type) {
    case 'strong':
      return styles.bold(inline(token.tokens, styles))
    case 'em':
      return styles.yellow(inline(token.tokens, styles))
    case 'del':
      return styles.dim(inline(token.tokens, styles))
    case 'codespan':
      return styles.cyan(token.text)
    case 'br':
      return '\n'
    case 'link': {
      const text = inline(token.tokens, styles)
      return text === token.href ? styles.cyan(text) : `${text} (${styles.cyan(token.href)})`
    }
    case 'image':
      return `${token.text} (${styles.cyan(token.href)})`
    case 'escape':
      return token.text
    case 'text':
      return token.tokens ? inline(token.tokens, styles) : token.text
    default:
      return token.raw
  }
}
