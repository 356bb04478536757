/** Longest text that is read whole; of a longer one only both ends are, so that any input takes the same time. */
const HEAD = 6000
const TAIL = 3000

/**
 * The text as the classifier reads it: lower case, runs of white space as one space, without control characters.
 * So letter case and spacing can never change an answer.
 */
export function canonical(prompt: string): string {
  const ends =
    prompt.length > HEAD + TAIL ? `${prompt.slice(0, HEAD)} ${prompt.slice(-TAIL)}` : prompt
  return ends
    .toLowerCase()
    .replace(/[\s\p{Cc}\u200b-\u200d\ufeff]+/gu, ' ')
    .trim()
}
