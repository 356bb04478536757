/**
 * A price list entry as data. Every rate is decimal text in US$: per 1,000,000 for tokens, per piece for the rest.
 * A missing key means that no separate price is known: cached input then costs what input costs, and a missing
 * `input` or `output` makes the model unpriced. A key with "0" is free.
 */
export type Rates = {
  readonly input?: string
  readonly output?: string
  readonly cacheRead?: string
  /** Cache writes kept for five minutes. */
  readonly cacheWrite?: string
  /** Cache writes kept for one hour. */
  readonly cacheWrite1h?: string
  readonly audio?: string
  readonly audioCacheRead?: string
  readonly audioOutput?: string
  readonly imageToken?: string
  readonly imageOutput?: string
  /** Per image (captures of 2025); newer ones price image tokens instead. */
  readonly image?: string
  /** Per request. */
  readonly request?: string
  /** Per web search. */
  readonly webSearch?: string
}

export type Dimension = keyof Rates

/** Which unit each rate is for. */
export const UNIT_OF = {
  input: 'million tokens',
  output: 'million tokens',
  cacheRead: 'million tokens',
  cacheWrite: 'million tokens',
  cacheWrite1h: 'million tokens',
  audio: 'million tokens',
  audioCacheRead: 'million tokens',
  audioOutput: 'million tokens',
  imageToken: 'million tokens',
  imageOutput: 'million tokens',
  image: 'image',
  request: 'request',
  webSearch: 'search',
} as const satisfies Record<Dimension, string>

/**
 * Rates that replace the base ones, key by key, while all of its conditions hold; a later match wins over an earlier one.
 * Times are UTC as HHMM numbers, half open, and may wrap midnight; days count from 0 = Sunday.
 */
export type Override = Rates & {
  /** Holds for requests with strictly more prompt tokens than this. */
  readonly minPromptTokens?: number
  readonly utcStart?: number
  readonly utcEnd?: number
  readonly utcDays?: readonly number[]
}

export type Price = Rates & { readonly overrides?: readonly Override[] }

/** One dated observation of a price. Exactly one of `price` and `unpriced` is there. */
export type PricePoint = {
  /** Key into the catalogue's sources. */
  readonly source: string
  /** YYYY-MM-DD. */
  readonly asOf: string
  readonly price?: Price | undefined
  /** Why no price is known, in words. */
  readonly unpriced?: string | undefined
  /** Lower end where the source gives a range; `price` is then its upper end. */
  readonly low?: Rates | undefined
  /** The source marks the figure as approximate ("~"). */
  readonly approximate?: true | undefined
}
