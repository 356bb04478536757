import { wrap } from './width.ts'

const GLUE = '\u00a0'

/** Makes a text that `paragraph` does not break: "2.00 / 10.00" stays on one line. */
export const glued = (text: string): string => text.replaceAll(' ', GLUE)

/** The text as it is meant to be read. */
export const unglued = (text: string): string => text.replaceAll(GLUE, ' ')

/** Wrapped to `width`, every line indented by so many columns. */
export const paragraph = (text: string, indent: number, width: number): readonly string[] =>
  wrap(text, Math.max(20, width - indent)).map((line) => ' '.repeat(indent) + unglued(line))
