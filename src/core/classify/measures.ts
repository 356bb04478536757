import { type Lexed, NUMBER, SIGN } from './lex.ts'

export const MEASURES = [
  'length',
  'tiny',
  'short',
  'long',
  'huge',
  'thai',
  'dense',
  'cyrillic',
  'mixed',
  'numbers',
  'questions',
  'endsAsking',
  'signs',
  'braces',
  'quotes',
  'lists',
] as const

const codes = (signs: string): readonly number[] => [...signs].map((sign) => sign.charCodeAt(0))

const LATIN = codes('abcdefghijklmnopqrstuvwxyz')
const BRACES = codes('{}[]<>=;\\|&%$#@^~')
const QUOTES = codes('"')
const QUESTIONS = codes('?')
const LISTS = codes('-*|')
const BULLET = 0x2022

function many(ascii: Int32Array, list: readonly number[]): number {
  let sum = 0
  for (let at = 0; at < list.length; at++) sum += ascii[list[at] ?? 0] ?? 0
  return sum
}

const flag = (yes: boolean): number => (yes ? 1 : 0)

/** One value in [0,1] for each of MEASURES. `length` is that of the whole prompt. */
export function measuresOf(text: string, lexed: Lexed, length: number): readonly number[] {
  const { count, kinds, hashes, ascii, thai, cyrillic, dense } = lexed
  let numbers = 0
  let signs = 0
  let bullets = 0
  for (let at = 0; at < count; at++) {
    const kind = kinds[at] ?? 0
    if (kind === NUMBER) numbers += 1
    else if (kind >= SIGN) {
      signs += 1
      if (hashes[at] === BULLET) bullets += 1
    }
  }
  const all = Math.max(1, text.length)
  const words = Math.max(1, count)
  return [
    Math.min(1, Math.log2(1 + length) / 20),
    flag(length <= 24),
    flag(length > 24 && length <= 140),
    flag(length > 1200),
    flag(length > 40_000),
    Math.min(1, thai / all),
    Math.min(1, dense / all),
    Math.min(1, cyrillic / all),
    flag(thai > 3 && many(ascii, LATIN) > 0.2 * thai),
    Math.min(1, (3 * numbers) / words),
    Math.min(1, many(ascii, QUESTIONS) / 3),
    flag(/[?？] ?$/.test(text.slice(-2))),
    Math.min(1, (2 * signs) / words),
    Math.min(1, (8 * many(ascii, BRACES)) / all),
    Math.min(1, many(ascii, QUOTES) / 4),
    Math.min(1, (many(ascii, LISTS) + bullets) / 12),
  ]
}
