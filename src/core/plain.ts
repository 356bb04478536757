/**
 * Takes terminal control sequences out of text that somebody else wrote, piece by piece: a sequence may begin in one piece
 * and end in the next. Line breaks and tabs stay; CRLF becomes LF. What a sequence may swallow is bounded, so that a lone
 * escape character cannot hide the rest of a reply.
 */
export function plainer(): (piece: string) => string {
  let state: State = 'text'
  let swallowed = 0
  return (piece) => {
    if (state === 'text' && !hasControls(piece)) return piece
    let kept = ''
    for (let at = 0; at < piece.length; at++) {
      const code = piece.charCodeAt(at)
      const next = step(state, code)
      swallowed = next === 'text' ? 0 : swallowed + 1
      if (swallowed > LONGEST) {
        state = 'text'
        swallowed = 0
        continue
      }
      if (next === 'text' && !(state === 'text' ? isControl(code) : ends(state, code))) {
        kept += piece[at]
      }
      state = next
    }
    return kept
  }
}

/** A whole text without control sequences. */
export const plain = (text: string): string => plainer()(text)

/** The same in one line, for messages. */
export const plainLine = (text: string): string => plain(text).replaceAll(/\s+/g, ' ').trim()

/** text · after ESC · inside a CSI · inside a string sequence (OSC, DCS, APC, PM, SOS) · after ESC in such a string. */
type State = 'text' | 'escape' | 'intermediate' | 'csi' | 'string' | 'string-escape'

const LONGEST = 4096
const ESC = 0x1b
const BEL = 0x07
const LF = 0x0a
const TAB = 0x09

const isControl = (code: number): boolean =>
  (code < 0x20 && code !== LF && code !== TAB) || (code >= 0x7f && code <= 0x9f)

function hasControls(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (isControl(text.charCodeAt(at))) return true
  return false
}

/** ECMA-48: which state follows when `code` is read. */
function step(state: State, code: number): State {
  switch (state) {
    case 'text':
      return opened(code)
    case 'escape':
      return afterEscape(code)
    case 'intermediate':
      return code >= 0x20 && code <= 0x2f ? 'intermediate' : code === ESC ? 'escape' : 'text'
    case 'csi':
      return code >= 0x20 && code <= 0x3f ? 'csi' : code === ESC ? 'escape' : 'text'
    case 'string':
      if (code === ESC) return 'string-escape'
      return code === BEL || code === 0x9c || code === LF ? 'text' : 'string'
    case 'string-escape':
      return code === 0x5c ? 'text' : afterEscape(code)
    default:
      return state satisfies never
  }
}

function opened(code: number): State {
  if (code === ESC) return 'escape'
  if (code === 0x9b) return 'csi'
  return STRING_C1.has(code) ? 'string' : 'text'
}

const STRING_C1: ReadonlySet<number> = new Set([0x90, 0x98, 0x9d, 0x9e, 0x9f])

function afterEscape(code: number): State {
  if (code === ESC) return 'escape'
  if (code === 0x5b) return 'csi'
  // P, X, ], ^ and _ open a string.
  if ([0x50, 0x58, 0x5d, 0x5e, 0x5f].includes(code)) return 'string'
  return code >= 0x20 && code <= 0x2f ? 'intermediate' : 'text'
}

/** Whether `code`, which leads back to text, is still part of the sequence rather than a character of its own. */
function ends(state: State, code: number): boolean {
  if (isControl(code)) return true
  switch (state) {
    case 'csi':
      return code >= 0x40 && code <= 0x7e
    case 'escape':
    case 'intermediate':
    case 'string-escape':
      return code >= 0x30 && code <= 0x7e
    default:
      return false
  }
}
