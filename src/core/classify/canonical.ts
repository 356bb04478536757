/** Longest text that is read whole; of a longer one only both ends are, so that any input takes the same time. */
const HEAD = 6000
const TAIL = 3000

/** No canonical text is longer: a letter may become more where it is lowered. */
export const LONGEST = 3 * (HEAD + TAIL) + 10

export type Canonical = {
  readonly text: string
  /** Of the whole prompt, in UTF-16 units. */
  readonly length: number
}

/** White space and control characters that are not one single space already: nearly all of a text needs no change. */
const UNEVEN = /[\s\p{Cc}\u200b-\u200d\ufeff]{2,}|[^\S ]|[\p{Cc}\u200b-\u200d\ufeff]/gu

/**
 * The text as the classifier reads it: lower case, runs of white space as one space, without control characters.
 * So letter case and spacing can never change an answer.
 */
export function canonical(prompt: string): Canonical {
  const whole = prompt.length <= HEAD + TAIL
  const text = (whole ? prompt : `${prompt.slice(0, HEAD)} ${prompt.slice(-TAIL)}`)
    .toLowerCase()
    .replace(UNEVEN, ' ')
    .trim()
  return { text, length: whole ? text.length : prompt.length }
}
