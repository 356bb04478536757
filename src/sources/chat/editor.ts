import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'

export type EditorOptions = {
  readonly input: NodeJS.ReadableStream
  /** Where prompts and echoes go. */
  readonly write: (text: string) => void
  readonly columns: number
  /** Newest first. */
  readonly history: readonly string[]
  /** Ctrl-C. */
  readonly onInterrupt: () => void
}

export type Editor = {
  /** One entry, which may have several lines: pasted ones, or those that end in a backslash. Undefined once input has ended. */
  readonly ask: (prompt: string) => Promise<string | undefined>
  /** Forgets what was typed so far. True if there was anything. */
  readonly clear: () => boolean
  /** Newest first. */
  readonly history: () => readonly string[]
  readonly close: () => void
}

/** Terminals send pasted text between marks when asked to, so that its line breaks are not taken for Enter. */
const PASTE_ON = '\u001b[?2004h'
const PASTE_OFF = '\u001b[?2004l'

/** Line editing with history and multi-line paste, on a terminal. */
export function openEditor(options: EditorOptions): Editor {
  const { input, write, columns, onInterrupt } = options
  let waiting: ((entry: string | undefined) => void) | undefined
  const output = Object.assign(
    new Writable({
      write: (chunk, _, done) => {
        // What is typed while a reply comes would land in the middle of it; it shows at the next prompt.
        if (waiting) write(String(chunk))
        done()
      },
    }),
    { columns, isTTY: true },
  )
  const lines = createInterface({
    input,
    output,
    terminal: true,
    history: options.history.map(oneLine),
    historySize: HISTORY,
    removeHistoryDuplicates: true,
  })
  const entries: string[] = [...options.history]
  let before: string[] = []
  let pasting = false
  let closed = false
  const ready: string[] = []

  input.on('keypress', (_: unknown, key: { readonly name?: string } | undefined) => {
    if (key?.name === 'paste-start') pasting = true
    if (key?.name === 'paste-end') pasting = false
  })
  /** An entry of several lines comes back from the history in one; sent so, it has its lines again. */
  const recalled = (line: string): string =>
    entries.find((entry) => entry.includes('\n') && oneLine(entry) === line) ?? line
  lines.on('line', (line) => {
    if (pasting || line.endsWith('\\')) {
      before.push(pasting ? line : line.slice(0, -1))
      lines.setPrompt('… ')
      if (!pasting) lines.prompt()
      return
    }
    const entry = before.length > 0 ? [...before, line].join('\n') : recalled(line)
    before = []
    if (entry.trim() !== '') entries.unshift(entry)
    // Its own history would have each line of an entry for itself.
    Object.assign(lines, { history: entries.slice(0, HISTORY).map(oneLine) })
    if (waiting) waiting(entry)
    else ready.push(entry)
    waiting = undefined
  })
  lines.on('SIGINT', onInterrupt)
  lines.on('close', () => {
    closed = true
    waiting?.(undefined)
  })
  write(PASTE_ON)
  return {
    ask: (prompt) => {
      const typed = ready.shift()
      if (typed !== undefined) {
        write(`${prompt}${typed}\n`)
        return Promise.resolve(typed)
      }
      if (closed) return Promise.resolve(undefined)
      return new Promise((resolve) => {
        waiting = resolve
        lines.setPrompt(prompt)
        // Rows that readline drew while nothing was shown are not there to be drawn over.
        Object.assign(lines, { prevRows: 0 })
        // Keeps what was typed ahead, with the cursor where it is.
        lines.prompt(true)
      })
    },
    clear: () => {
      const had = lines.line !== '' || before.length > 0
      before = []
      lines.write(null, { ctrl: true, name: 'e' })
      lines.write(null, { ctrl: true, name: 'u' })
      return had
    },
    history: () => entries,
    close: () => {
      write(PASTE_OFF)
      lines.close()
    },
  }
}

const HISTORY = 500

/** The editor's own history holds single lines. */
const oneLine = (entry: string): string => entry.replaceAll('\n', ' ')
