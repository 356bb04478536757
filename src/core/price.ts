import type { Dimension, Override, Price, Rates } from './catalog/price.ts'
import { UNIT_OF } from './catalog/price.ts'
import { add, divide, perMillion, times, type Usd, usd, ZERO } from './money.ts'

/** What is to be paid for: one request or the sum of many of one size. All counts are whole. */
export type Quantities = {
  /** Prompt tokens, cached and written ones included. */
  readonly input: number
  /** Completion tokens, reasoning included. */
  readonly output: number
  /** Part of `input` that is read from a prompt cache. */
  readonly cacheRead?: number
  /** Parts of `input` that are written to a prompt cache, for five minutes or an hour. */
  readonly cacheWrite?: number
  readonly cacheWrite1h?: number
  readonly images?: number
  /** Tokens that the images take together; not part of `input`. */
  readonly imageTokens?: number
  readonly requests?: number
  readonly searches?: number
}

export type PriceLine = {
  readonly dimension: Dimension
  readonly quantity: number
  /** US$ per `UNIT_OF[dimension]`. */
  readonly rate: string
  readonly amount: Usd
}

/** Unknown is a value of its own: never a zero, and never a sum that silently leaves something out. */
export type Charge =
  | { readonly kind: 'priced'; readonly total: Usd; readonly lines: readonly PriceLine[] }
  | { readonly kind: 'unpriced'; readonly why: string }

/** A UTC instant within the week: minutes after midnight, and the day (0 = Sunday). */
export type TimeOfWeek = { readonly minute: number; readonly day: number }

/**
 * The rates in force for a request with this many prompt tokens at this time. Conditions of an override are ANDed; later
 * matches win key by key, and missing keys inherit. `min_prompt_tokens` is strictly greater; the whole request pays the
 * tier's price (a cliff, not a margin): openrouter.ai/docs/openapi, 2026-08-22.
 */
export function ratesFor(price: Price, promptTokens: number, time: TimeOfWeek): Rates {
  if (!price.overrides) return price
  let rates: Rates = price
  for (const override of price.overrides) {
    if (matches(override, promptTokens, time)) rates = { ...rates, ...onlyRates(override) }
  }
  return rates
}

function matches(override: Override, promptTokens: number, { minute, day }: TimeOfWeek): boolean {
  const { minPromptTokens, utcStart, utcEnd, utcDays } = override
  if (minPromptTokens !== undefined && promptTokens <= minPromptTokens) return false
  if (utcDays && !utcDays.includes(day)) return false
  if (utcStart === undefined || utcEnd === undefined) return true
  const start = minuteOf(utcStart)
  const end = minuteOf(utcEnd)
  // Half open; a window that ends at or before its start wraps midnight.
  return start < end ? minute >= start && minute < end : minute >= start || minute < end
}

const minuteOf = (hhmm: number): number => Math.floor(hhmm / 100) * 60 + (hhmm % 100)

function onlyRates(override: Override): Rates {
  const { minPromptTokens: _, utcStart: _start, utcEnd: _end, utcDays: _days, ...rates } = override
  return rates
}

/** Prices quantities at rates that are already settled. A used dimension without a rate makes the whole unpriced. */
export function charge(rates: Rates, quantities: Quantities): Charge {
  const lines: PriceLine[] = []
  const missing: Dimension[] = []
  const line = (quantity: number, ...dimensions: readonly [Dimension, ...Dimension[]]) => {
    const dimension = dimensions.find((each) => rates[each] !== undefined) ?? dimensions[0]
    const rate = rates[dimension]
    if (rate === undefined) {
      missing.push(dimension)
      return
    }
    const amount =
      UNIT_OF[dimension] === 'million tokens'
        ? perMillion(usd(rate), quantity)
        : times(usd(rate), quantity)
    lines.push({ dimension, quantity, rate, amount })
  }
  const { input, output, cacheRead = 0, cacheWrite = 0, cacheWrite1h = 0 } = quantities
  const { images = 0, imageTokens = 0, requests = 0, searches = 0 } = quantities
  // Input and output are needed even for a volume of zero: a model without them has no known price.
  const fresh = input - cacheRead - cacheWrite - cacheWrite1h
  if (rates.input === undefined) missing.push('input')
  else if (fresh !== 0) line(fresh, 'input')
  if (cacheRead > 0) line(cacheRead, 'cacheRead', 'input')
  if (cacheWrite > 0) line(cacheWrite, 'cacheWrite', 'input')
  if (cacheWrite1h > 0) line(cacheWrite1h, 'cacheWrite1h', 'cacheWrite', 'input')
  if (rates.output === undefined) missing.push('output')
  else if (output > 0) line(output, 'output')
  if (images > 0 && rates.image !== undefined) line(images, 'image')
  else if (images > 0 && imageTokens === 0) return { kind: 'unpriced', why: NO_IMAGE_SIZE }
  else if (imageTokens > 0) line(imageTokens, 'imageToken', 'input')
  if (requests > 0 && rates.request !== undefined) line(requests, 'request')
  if (searches > 0) line(searches, 'webSearch')
  return missing.length > 0
    ? {
        kind: 'unpriced',
        why: `no price is known for ${missing.map((each) => WORDS[each]).join(' and ')}`,
      }
    : { kind: 'priced', lines, total: add(...lines.map(({ amount }) => amount)) }
}

const NO_IMAGE_SIZE = 'images are priced by their tokens, and how many an image takes is not given'

const WORDS: Readonly<Record<Dimension, string>> = {
  input: 'input',
  output: 'output',
  cacheRead: 'cached input',
  cacheWrite: 'cache writes',
  cacheWrite1h: 'cache writes of one hour',
  audio: 'audio input',
  audioCacheRead: 'cached audio',
  audioOutput: 'audio output',
  imageToken: 'image tokens',
  imageOutput: 'image output',
  image: 'images',
  request: 'requests',
  webSearch: 'web searches',
}

/**
 * Prices quantities under a price with overrides.
 * @param promptTokens of one request; it decides the tier. Not the sum of a month.
 * @param time a UTC instant, or 'average' for the mean over the week, as if requests came evenly. The mean is rounded at
 *   the 24th decimal, the only inexact figure here, since a week's minutes do not divide every price.
 */
export function priceOf(
  price: Price,
  quantities: Quantities,
  promptTokens: number,
  time: TimeOfWeek | 'average',
): Charge {
  if (!price.overrides) return charge(price, quantities)
  if (time !== 'average') return charge(ratesFor(price, promptTokens, time), quantities)
  const windows = weekWindows(price)
  const [only] = windows
  if (windows.length === 1 && only) return charge(ratesFor(price, promptTokens, only), quantities)
  return average(
    windows.map(({ minutes, ...start }) => ({
      minutes,
      charge: charge(ratesFor(price, promptTokens, start), quantities),
    })),
  )
}

type Window = TimeOfWeek & { readonly minutes: number }

const DAY = 24 * 60
const WEEK = 7 * DAY

/** The week cut at every minute at which some override may begin or end to hold. */
function weekWindows(price: Price): readonly Window[] {
  const timed = (price.overrides ?? []).filter(
    ({ utcStart, utcDays }) => utcStart !== undefined || utcDays,
  )
  if (timed.length === 0) return [{ day: 0, minute: 0, minutes: WEEK }]
  const cuts = new Set<number>([0])
  for (const { utcStart = 0, utcEnd = 0 } of timed)
    cuts.add(minuteOf(utcStart)).add(minuteOf(utcEnd) % DAY)
  const starts = [...cuts].sort((a, b) => a - b)
  return Array.from({ length: 7 }, (_, day) =>
    starts.map((minute, at) => ({ day, minute, minutes: (starts[at + 1] ?? DAY) - minute })),
  ).flat()
}

function average(parts: readonly { readonly minutes: number; readonly charge: Charge }[]): Charge {
  const sums = new Map<string, PriceLine>()
  for (const { minutes, charge: part } of parts) {
    if (part.kind === 'unpriced') return part
    for (const line of part.lines) {
      const { amount: before } = sums.get(line.dimension) ?? { amount: ZERO }
      sums.set(line.dimension, { ...line, amount: add(before, times(line.amount, minutes)) })
    }
  }
  const week = usd(String(WEEK))
  const lines = [...sums.values()].map((line) => ({
    ...line,
    rate: 'average',
    amount: divide(line.amount, week, 24),
  }))
  return { kind: 'priced', lines, total: add(...lines.map(({ amount }) => amount)) }
}

/** Whether the size of a request, or the hour, can change what it costs. */
export const hasTiers = (price: Price): boolean =>
  (price.overrides ?? []).some(({ minPromptTokens }) => minPromptTokens !== undefined)
export const hasHours = (price: Price): boolean =>
  (price.overrides ?? []).some(
    ({ utcStart, utcDays }) => utcStart !== undefined || utcDays !== undefined,
  )
