import type { Intake } from './intake.ts'
import { type Branch, childOf } from './paths.ts'
import { ROLE } from './roles.ts'

const QUOTE = 34
const BACKSLASH = 92
const MOST_KEYS = 64

function isAt(name: Uint8Array, bytes: Buffer, start: number): boolean {
  for (let at = 0; at < name.length; at++) if (name[at] !== bytes[start + at]) return false
  return true
}

export type Walk = (bytes: Buffer, start: number, end: number) => boolean

/**
 * Reads one JSON object by byte and hands the values of interest to the intake; nothing else is decoded.
 * False where it is not one complete object. What lies in values of no interest is checked for balance only.
 */
export function createWalk(root: Branch, intake: Intake): Walk {
  let at = 0
  let bytes: Buffer = Buffer.alloc(0)
  let end = 0
  let ok = true

  const space = () => {
    let byte = bytes[at] as number
    while (byte <= 32 && at < end) byte = bytes[++at] as number
  }

  /** From after an opening quote to after the closing one; returns whether an escape was passed. */
  const string = (): boolean => {
    const near = Math.min(end, at + 64)
    let escaped = false
    while (at < near) {
      const byte = bytes[at++] as number
      if (byte === QUOTE) return escaped
      if (byte === BACKSLASH) {
        escaped = true
        at++
      }
    }
    return longString() || escaped
  }

  /** A long text, such as a prompt: the engine's own search is faster than a loop here. */
  const longString = (): boolean => {
    let escaped = false
    for (;;) {
      const quote = bytes.indexOf(QUOTE, at)
      if (quote < 0 || quote >= end) {
        ok = false
        at = end
        return escaped
      }
      let slashes = 0
      while (quote - 1 - slashes >= at && bytes[quote - 1 - slashes] === BACKSLASH) slashes++
      at = quote + 1
      if (slashes % 2 === 0) return escaped || slashes > 0
      escaped = true
    }
  }

  const balanced = () => {
    let depth = 0
    do {
      const byte = bytes[at++] as number
      if (byte === QUOTE) string()
      else if (byte === 123 || byte === 91) depth++
      else if (byte === 125 || byte === 93) depth--
    } while (depth > 0 && at < end)
    if (depth > 0) ok = false
  }

  const skip = () => {
    const byte = bytes[at] as number
    if (byte === QUOTE) {
      at++
      string()
    } else if (byte === 123 || byte === 91) balanced()
    else scalar()
  }

  const scalar = () => {
    let byte = bytes[at] as number
    while (at < end && byte !== 44 && byte !== 125 && byte !== 93 && byte > 32)
      byte = bytes[++at] as number
  }

  const value = (from: Branch) => {
    const byte = bytes[at] as number
    const { role } = from
    if (byte === 123 && from.keys.length > 0) object(from)
    else if (role === ROLE.skip) skip()
    else if (byte === QUOTE) text(role)
    else if (byte === 123 || byte === 91) {
      const start = at
      balanced()
      if (role === ROLE.text) intake.field(role, bytes, start, at)
    } else if (byte >= 48 && byte <= 57 && role < ROLE.cost) whole(role)
    else number(role)
  }

  const text = (role: number) => {
    const start = at++
    if (string()) decoded(role, start, at)
    else intake.field(role, bytes, start + 1, at - 1)
  }

  /** A whole number without sign, point or exponent: what counts nearly always are. */
  const whole = (role: number) => {
    const start = at
    let sum = 0
    let byte = bytes[at] as number
    while (byte >= 48 && byte <= 57) {
      sum = sum * 10 + byte - 48
      byte = bytes[++at] as number
    }
    const plain = byte === 44 || byte === 125 || byte <= 32
    if (plain && at - start <= 15) {
      intake.whole(role, sum)
      return
    }
    at = start
    number(role)
  }

  const number = (role: number) => {
    const start = at
    scalar()
    const isNull = bytes[start] === 110
    if (!isNull) intake.field(role, bytes, start, at)
  }

  const decoded = (role: number, start: number, stop: number) => {
    try {
      const text = Buffer.from(String(JSON.parse(bytes.toString('utf8', start, stop))))
      intake.field(role, text, 0, text.length)
    } catch {
      ok = false
    }
  }

  /** From after a key's opening quote to after the closing one; returns what is under it. */
  const key = (from: Branch, nth: number): Branch | undefined => {
    const guess = from.order[nth]
    if (guess && isAt(guess.name, bytes, at)) {
      at += guess.name.length
      return guess.branch
    }
    const start = at
    string()
    const found = childOf(from, bytes, start, at - 1)
    if (nth < MOST_KEYS)
      from.order[nth] = { name: Uint8Array.from(bytes.subarray(start, at)), branch: found }
    return found
  }

  const object = (from: Branch): void => {
    at++
    space()
    if (bytes[at] === 125) {
      at++
      return
    }
    for (let nth = 0; at < end && ok; nth++) {
      if (bytes[at] !== QUOTE) break
      at++
      const found = key(from, nth)
      space()
      if (bytes[at] !== 58) break
      at++
      space()
      if (found) value(found)
      else skip()
      space()
      const byte = bytes[at++] as number
      if (byte === 125) return
      if (byte !== 44) break
      space()
    }
    ok = false
  }

  return (source, start, stop) => {
    bytes = source
    at = start
    end = stop
    ok = true
    space()
    if (bytes[at] !== 123) return false
    object(root)
    space()
    return ok && at >= end
  }
}
