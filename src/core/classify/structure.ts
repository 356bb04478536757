import type { Lexed } from './lex.ts'
import { MEASURES, measuresOf } from './measures.ts'
import { PATTERN_NAMES, patternsOf } from './patterns.ts'
import { TOPICS, topicsOf } from './topics.ts'

/** Every structural feature by name, in the order of the numbers. */
export const STRUCTURE: readonly string[] = [...TOPICS, ...PATTERN_NAMES, ...MEASURES]

/** All numbers lie in [0,1]. `length` is that of the whole prompt in UTF-16 units, the text may be its ends only. */
export function structureOf(text: string, lexed: Lexed, length: number): Float32Array {
  const out = new Float32Array(STRUCTURE.length)
  out.set(topicsOf(text, lexed))
  out.set(patternsOf(text, lexed), TOPICS.length)
  out.set(measuresOf(text, lexed, length), TOPICS.length + PATTERN_NAMES.length)
  return out
}
