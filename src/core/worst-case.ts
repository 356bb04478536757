import type { Dimension, Price, Rates } from './catalog/price.ts'
import { add, compare, max, perMillion, subtract, times, type Usd, usd, ZERO } from './money.ts'

/** Tokens of reply asked for where nothing else is said: enough for an answer, small against a budget. */
export const DEFAULT_REPLY_TOKENS = 4_096

/** A reply shorter than this is not worth asking for: step down to a cheaper model instead. */
export const LEAST_REPLY_TOKENS = 256

/** Room for what a chat template writes around each message, and once around all: role names, separators, a date line. */
const TEMPLATE_TOKENS_A_MESSAGE = 8
const TEMPLATE_TOKENS = 128

/**
 * A bound on a prompt's tokens that needs no tokenizer: a byte-level token is at least one UTF-8 byte.
 * `texts` are the messages and, if sent, the JSON of tools and schema. Attachments are bounded by the caller.
 */
export const promptBound = (texts: readonly string[]): number =>
  texts.reduce((sum, text) => sum + bytesOf(text) + TEMPLATE_TOKENS_A_MESSAGE, TEMPLATE_TOKENS)

/** Models whose own vocabulary is o200k: OpenAI's since gpt-4o (github.com/openai/tiktoken, model.py, 2026-11). */
const O200K = /^openai\/(?!gpt-3|gpt-4(?![o.])|text-)/

/**
 * Other vocabularies need up to this many tokens for an o200k token of ASCII text. Assumed: Claude's, the finest of those
 * in use, is reported at 1.0 to 1.4 on English and code.
 */
const FINEST = 1.5

/**
 * A tighter bound than `promptBound`, by counting o200k tokens: exact for OpenAI's newer models. For others ASCII text counts
 * half as much again, and every other character its UTF-8 bytes, since their vocabularies may lack its script.
 * @param models all that may answer
 */
export function countedPromptBound(
  texts: readonly string[],
  models: readonly string[],
  count: (text: string) => number,
): number {
  const exact = models.every((model) => O200K.test(model))
  return texts.reduce((sum, text) => {
    const bytes = bytesOf(text)
    const ascii = text.replaceAll(/[\u0080-\uffff]+/g, '')
    const tokens = exact ? count(text) : Math.ceil(count(ascii) * FINEST) + bytes - ascii.length
    return sum + Math.min(bytes, tokens) + TEMPLATE_TOKENS_A_MESSAGE
  }, TEMPLATE_TOKENS)
}

const bytesOf = (text: string): number => new TextEncoder().encode(text).length

/** The dearest way in which one request may be charged. Rates per 1,000,000 tokens, flat charges per request. */
export type DearestPrice = { readonly input: Usd; readonly output: Usd; readonly flat: Usd }

const INPUT = ['input', 'cacheRead', 'cacheWrite', 'cacheWrite1h', 'imageToken', 'audio'] as const
const OUTPUT = ['output'] as const

/**
 * The dearest of the prices that a request may be charged: of all endpoints it may reach, with every override, whether or
 * not its hour has come (the request may run into it).
 * Undefined if any of them has no price: then nothing bounds the cost.
 */
export function dearestPrice(
  prices: readonly (Price | undefined)[],
  { images = 0, searches = 0 }: { readonly images?: number; readonly searches?: number } = {},
): DearestPrice | undefined {
  let dearest: DearestPrice | undefined
  for (const price of prices) {
    if (price?.input === undefined || price.output === undefined) return undefined
    const lists: readonly Rates[] = [price, ...(price.overrides ?? [])]
    const one = {
      input: highest(lists, INPUT),
      output: highest(lists, OUTPUT),
      flat: add(
        highest(lists, ['request']),
        times(highest(lists, ['image']), images),
        times(highest(lists, ['webSearch']), searches),
      ),
    }
    dearest = dearest
      ? {
          input: max(dearest.input, one.input),
          output: max(dearest.output, one.output),
          flat: max(dearest.flat, one.flat),
        }
      : one
  }
  return dearest
}

const highest = (lists: readonly Rates[], dimensions: readonly Dimension[]): Usd =>
  lists
    .flatMap((rates) => dimensions.map((dimension) => usd(rates[dimension] ?? '0')))
    .reduce(max, ZERO)

/** The most that `prompt` tokens in and `reply` tokens out can cost. */
export const worstCase = (price: DearestPrice, prompt: number, reply: number): Usd =>
  add(price.flat, perMillion(price.input, prompt), perMillion(price.output, reply))

export type Fit =
  /** The request fits: send `maxTokens` and hold `worst` until it is settled. `worst` is undefined where no price is known. */
  | { readonly kind: 'fits'; readonly maxTokens: number; readonly worst: Usd | undefined }
  /** What is left pays for fewer than the least tokens (or than were asked for). `worst`: what it would take. */
  | { readonly kind: 'short'; readonly worst: Usd }
  /** A budget is set and no price is known: nothing shows that it would be kept. */
  | { readonly kind: 'unpriced' }

export type FitRequest = {
  readonly promptTokens: number
  readonly price: DearestPrice | undefined
  /** --max-tokens; undefined derives it. */
  readonly asked: number | undefined
  /** The model's cap on its reply, where known. */
  readonly modelCap: number | null
}

/** Tokens of reply where no budget is short: what was asked for, or min(model's cap, 4,096). Some lists write 0 for no cap. */
export const wantedTokens = ({ asked, modelCap }: Pick<FitRequest, 'asked' | 'modelCap'>): number =>
  asked ?? Math.min(modelCap || DEFAULT_REPLY_TOKENS, DEFAULT_REPLY_TOKENS)

/**
 * How many tokens of reply to ask for. What the user asked for is sent or refused, never cut;
 * otherwise min(model's cap, 4,096, what `left` affords), and at least 256 (or the model's cap, where that is less).
 * `left` undefined: there is no budget, so nothing to refuse.
 */
export function fit(request: FitRequest, left: Usd | undefined): Fit {
  const { promptTokens, price, asked } = request
  const wanted = wantedTokens(request)
  if (price === undefined) {
    if (left !== undefined) return { kind: 'unpriced' }
    return { kind: 'fits', maxTokens: wanted, worst: undefined }
  }
  const worst = worstCase(price, promptTokens, wanted)
  if (left === undefined || compare(worst, left) <= 0) {
    return { kind: 'fits', maxTokens: wanted, worst }
  }
  const least = asked ?? Math.min(wanted, LEAST_REPLY_TOKENS)
  const afforded = affordedTokens(price, promptTokens, left)
  if (afforded < least) return { kind: 'short', worst: worstCase(price, promptTokens, least) }
  const maxTokens = Math.min(wanted, afforded)
  return { kind: 'fits', maxTokens, worst: worstCase(price, promptTokens, maxTokens) }
}

/** Whole tokens of reply that `left` still pays for, once the prompt is paid. Negative if not even that is. */
function affordedTokens(price: DearestPrice, promptTokens: number, left: Usd): number {
  const rest = subtract(left, worstCase(price, promptTokens, 0))
  if (compare(rest, ZERO) < 0) return -1
  if (compare(price.output, ZERO) <= 0) return Number.MAX_SAFE_INTEGER
  const scale = Math.max(rest.scale, price.output.scale)
  const units = ({ units, scale: own }: Usd): bigint => units * 10n ** BigInt(scale - own)
  return Number((units(rest) * 1_000_000n) / units(price.output))
}
