/** Reads of untrusted JSON. A zod schema for every chunk would cost more than the chunk's JSON.parse; these are free. */
export type Wire = Readonly<Record<string, unknown>>

const NOTHING: Wire = {}

/** The value as an object; empty where it is none. */
export const object = (value: unknown): Wire =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Wire) : NOTHING

export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** Undefined where it is no string or empty. */
export const string = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

/** A whole number of tokens; 0 where it is none. */
export const count = (value: unknown): number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : 0
