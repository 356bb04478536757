import type { Language } from '../../core/playbook/playbook.ts'

type Style = (text: string) => string

/** What the text of an answer depends on besides the answer. */
export type Look = {
  readonly width: number
  readonly language: Language
  readonly paint: Readonly<Record<'bold' | 'dim' | 'green' | 'yellow', Style>>
  /** Shortest unambiguous name of a model. */
  readonly name: (id: string) => string
  /** Whole days since a date. */
  readonly age: (day: string) => number
  /** The limits of free models, in words. */
  readonly freeLimit: string
}

/** Columns of the role, in both blocks. */
export const ROLE = 8
