import type { Context } from '../context.ts'
import { OrxError } from '../core/errors.ts'

/** Nobody's key is longer; a file piped in by mistake is not read to its end. */
const MOST = 64 * 1024

/**
 * A secret from the user: typed at a prompt that shows nothing of it, or the first line of what is piped in.
 * Never from the arguments, which every process of the machine can read.
 * @throws OrxError INTERRUPTED on Ctrl-C.
 */
export async function readSecret(
  { stdin, err }: Pick<Context, 'stdin' | 'err'>,
  question: string,
): Promise<string> {
  const { isTTY, stream } = stdin
  if (!isTTY) return firstLine(stream)
  const terminal = stream as NodeJS.ReadStream
  // Before the question, so that not even a key pasted at once is shown.
  terminal.setRawMode?.(true)
  try {
    err(question)
    return await typedLine(terminal)
  } finally {
    terminal.setRawMode?.(false)
    terminal.pause()
    err('\n')
  }
}

async function firstLine(stream: NodeJS.ReadableStream): Promise<string> {
  let text = ''
  for await (const piece of stream) {
    text += String(piece)
    if (text.includes('\n') || text.length > MOST) break
  }
  return (text.split(/\r?\n/)[0] ?? '').trim()
}

function typedLine(terminal: NodeJS.ReadStream): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    const end = (settle: () => void) => {
      terminal.off('data', typed).off('end', ended)
      settle()
    }
    const ended = () => end(() => resolve(text.trim()))
    const typed = (piece: Buffer | string) => {
      // Some terminals put a paste in brackets.
      for (const character of String(piece).replace('\x1b[200~', '').replace('\x1b[201~', '')) {
        if (ENDS.has(character)) return ended()
        if (character === CTRL_C) return end(() => reject(interrupted()))
        text = edited(text, character)
      }
    }
    terminal.on('data', typed).on('end', ended).resume()
  })
}

/** Return and Ctrl-D. */
const ENDS: ReadonlySet<string> = new Set(['\r', '\n', '\x04'])
const CTRL_C = '\x03'
const CTRL_U = '\x15'
const ERASERS: ReadonlySet<string> = new Set(['\x7f', '\b'])

/** Other control characters are no part of a key. */
function edited(text: string, character: string): string {
  if (ERASERS.has(character)) return text.slice(0, -1)
  if (character === CTRL_U) return ''
  return character >= ' ' && text.length < MOST ? text + character : text
}

const interrupted = () =>
  new OrxError('INTERRUPTED', 'interrupted; nothing was saved', 'Run it again when you like.')
