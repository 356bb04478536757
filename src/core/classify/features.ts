import { canonical } from './canonical.ts'
import { hashedOf } from './families.ts'
import { lex } from './lex.ts'
import { STRUCTURE, structureOf } from './structure.ts'

export type Features = {
  /** Bucket numbers by family of hashed features. */
  readonly hashed: readonly Uint16Array[]
  /** One number in [0,1] for each of STRUCTURE. */
  readonly structure: Float32Array
}

/** What the classifier sees of a prompt. The same text always gives the same features. */
export function featuresOf(prompt: string): Features {
  const { text, length } = canonical(prompt)
  const lexed = lex(text)
  return { hashed: hashedOf(lexed), structure: structureOf(text, lexed, length) }
}

export const DENSE = STRUCTURE.length
