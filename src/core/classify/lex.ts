import { LONGEST } from './canonical.ts'

export const WORD = 0
export const NUMBER = 1
export const SIGN = 2
/** A sign that ends a sentence or opens a new part. */
export const STOP = 3

export type Lexed = {
  /** The text in UTF-16 units, of the first `length`. */
  readonly codes: Uint16Array
  readonly length: number
  readonly count: number
  /** WORD, NUMBER, SIGN or STOP, of the first `count`. */
  readonly kinds: Uint8Array
  readonly hashes: Int32Array
  /** How often each ASCII character occurs, by its code. */
  readonly ascii: Int32Array
  readonly thai: number
  readonly cyrillic: number
  /** Chinese, Japanese and Korean characters. */
  readonly dense: number
}

const SPACE = 4

/** What an ASCII character is. */
const CLASSES = Uint8Array.from({ length: 0x80 }, (_, code) => {
  const sign = String.fromCharCode(code)
  if (sign === ' ') return SPACE
  if (/[a-z_]/.test(sign)) return WORD
  if (/\d/.test(sign)) return NUMBER
  return '.!?:;"(-*>#|`'.includes(sign) ? STOP : SIGN
})

/** Beyond ASCII, signs lie in a few ranges; of them bullets, dashes and the full stops of Chinese and Japanese are stops. */
function classOf(code: number): number {
  if (code < 0x80) return CLASSES[code] ?? SIGN
  if (code < 0x2000) {
    if (code >= 0x0e50 && code <= 0x0e59) return NUMBER
    return code < 0xc0 ? SIGN : WORD
  }
  if (code <= 0x2bff) return code === 0x2013 || code === 0x2014 || code === 0x2022 ? STOP : SIGN
  if (code >= 0x3000 && code <= 0x3020) return code === 0x3002 ? STOP : SIGN
  return code === 0xff01 || code === 0xff1a || code === 0xff1f ? STOP : WORD
}

/** Scratch space, made once, because it is most of the time of a short prompt: good until the next text is read. */
const codes = new Uint16Array(LONGEST + 8)
const kinds = new Uint8Array(LONGEST)
const hashes = new Int32Array(LONGEST)
const ascii = new Int32Array(0x80)

const POINT = 0x2e
const COMMA = 0x2c
const APOSTROPHE = 0x27

/** Words, numbers by their shape, and signs of a canonical text. An unspaced script's run is one word. */
export function lex(text: string): Lexed {
  const scripts = decoded(text)
  const { length } = text
  let count = 0
  let at = 0
  while (at < length) {
    const code = codes[at] ?? 0
    const kind = classOf(code)
    if (kind === WORD) at = wordEnd(at)
    else if (kind === NUMBER) at = numberEnd(at)
    else at += 1
    if (kind === SPACE) continue
    kinds[count] = kind
    hashes[count++] = kind > NUMBER ? code : hash
  }
  return { codes, length, count, kinds, hashes, ascii, ...scripts }
}

/** Fills `codes` and counts the characters. */
function decoded(text: string) {
  const { length } = text
  ascii.fill(0)
  let thai = 0
  let cyrillic = 0
  let dense = 0
  for (let at = 0; at < length; at++) {
    const code = text.charCodeAt(at)
    codes[at] = code
    if (code < 0x80) ascii[code] = (ascii[code] ?? 0) + 1
    else if (code >= 0x0e00 && code < 0x0e80) thai += 1
    else if (code >= 0x0400 && code < 0x0500) cyrillic += 1
    else if (code >= 0x2e80 && code < 0xd800) dense += 1
  }
  // After the end come spaces, so that every loop stops there.
  codes.fill(0x20, length, length + 8)
  return { thai, cyrillic, dense }
}

/** Of the word or number read last. */
let hash = 0

const FIRST_HASH = 0x811c9dc5 | 0
const FACTOR = 0x01000193

function wordEnd(from: number): number {
  let at = from
  let code = codes[at] ?? 0
  hash = FIRST_HASH
  do {
    if (code !== APOSTROPHE) hash = Math.imul(hash ^ code, FACTOR)
    at += 1
    code = codes[at] ?? 0
  } while (classOf(code) === WORD || (code === APOSTROPHE && classOf(codes[at + 1] ?? 0) === WORD))
  return at
}

/** Every number of one shape is one feature: its digits do not matter, their count up to four does. */
function numberEnd(from: number): number {
  let at = from
  let code = codes[at] ?? 0
  let digits = 0
  let point = 0
  do {
    if (code === POINT || code === COMMA) point = 1
    else digits += 1
    at += 1
    code = codes[at] ?? 0
  } while (
    classOf(code) === NUMBER ||
    ((code === POINT || code === COMMA) && classOf(codes[at + 1] ?? 0) === NUMBER)
  )
  hash = 0x1000 + Math.min(digits, 4) * 2 + point
  return at
}

/** The hash that `lex` gives to a word. */
export function hashOf(word: string): number {
  let hash = FIRST_HASH
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), FACTOR)
  return hash
}
