/** Longest text that is read whole; of a longer one only both ends are, so that any input takes the same time. */
const HEAD = 6000
const TAIL = 3000

export type Canonical = {
  readonly text: string
  /** Of the whole prompt, in UTF-16 units. */
  readonly length: number
}

/**
 * The text as the classifier reads it: lower case, runs of white space as one space, without control characters.
 * So letter case and spacing can never change an answer.
 */
export function canonical(prompt: string): Canonical {
  const whole = prompt.length <= HEAD + TAIL
  const text = (whole ? prompt : `${prompt.slice(0, HEAD)} ${prompt.slice(-TAIL)}`)
    .toLowerCase()
    .replace(/[\s\p{Cc}\u200b-\u200d\ufeff]+/gu, ' ')
    .trim()
  return { text, length: whole ? text.length : prompt.length }
}
