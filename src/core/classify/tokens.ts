export type Token = {
  readonly kind: 'word' | 'number' | 'sign'
  readonly hash: number
  /** Ends a sentence or opens a new part. */
  readonly ends: boolean
  readonly from: number
  readonly to: number
}

/** Words, numbers by their shape, and signs of a canonical text. An unspaced script's run is one word. */
export function tokens(text: string): readonly Token[] {
  const found: Token[] = []
  let at = 0
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (code === 0x20) at += 1
    else if (isDigit(code)) at = number(text, at, found)
    else if (isWordly(code)) at = word(text, at, found)
    else {
      found.push({ kind: 'sign', hash: code + 7, ends: ENDS.has(code), from: at, to: at + 1 })
      at += 1
    }
  }
  return found
}

/** . ! ? : ; " ( and dashes, bullets, and the full stops of Chinese and Japanese. */
const ENDS = new Set([...'.!?:;"(-*•–—。！？：>#|`'].map((sign) => sign.charCodeAt(0)))

const isDigit = (code: number): boolean =>
  (code >= 0x30 && code <= 0x39) || (code >= 0x0e50 && code <= 0x0e59)

const isWordly = (code: number): boolean =>
  (code >= 0x61 && code <= 0x7a) ||
  code === 0x5f ||
  (code >= 0x00c0 && !(code >= 0x2000 && code <= 0x2bff) && !(code >= 0x3000 && code <= 0x3020))

function word(text: string, from: number, found: Token[]): number {
  let at = from
  let hash = 0x811c9dc5
  while (at < text.length) {
    const code = text.charCodeAt(at)
    const inside = isWordly(code) || (code === 0x27 && isWordly(text.charCodeAt(at + 1)))
    if (!inside) break
    if (code !== 0x27) hash = Math.imul(hash ^ code, 0x01000193)
    at += 1
  }
  found.push({ kind: 'word', hash: hash >>> 0, ends: false, from, to: at })
  return at
}

/** Every number of one shape is one feature: its digits do not matter, their count up to four does. */
function number(text: string, from: number, found: Token[]): number {
  let at = from
  let digits = 0
  let point = 0
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (isDigit(code)) digits += 1
    else if ((code === 0x2e || code === 0x2c) && isDigit(text.charCodeAt(at + 1))) point = 1
    else break
    at += 1
  }
  const hash = 0x1000 + Math.min(digits, 4) * 2 + point
  found.push({ kind: 'number', hash, ends: false, from, to: at })
  return at
}
