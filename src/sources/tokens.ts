import { countedPromptBound } from '../core/worst-case.ts'

/**
 * Tokens of a text by OpenAI's o200k vocabulary. Other authors' tokenizers differ, by some 10 to 20 % on English.
 * The vocabulary takes a tenth of a second to load, so only what needs a real count asks for it.
 */
export async function countTokens(text: string): Promise<number> {
  return (await counter())(text)
}

/** A bound on the tokens of a prompt that is tighter than its bytes; see `countedPromptBound`. */
export const countedBound = async (
  texts: readonly string[],
  models: readonly string[],
): Promise<number> => countedPromptBound(texts, models, await counter())

async function counter(): Promise<(text: string) => number> {
  const { countTokens: count } = await import('gpt-tokenizer/encoding/o200k_base')
  return (text) => count(text, { disallowedSpecial: new Set() })
}
