import type { Dimension, Override, Price, Rates } from '../../core/catalog/price.ts'
import { compare, multiply, times, toDecimal, type Usd, usd } from '../../core/money.ts'

/** A price as OpenRouter sends it, read; `notes` name what was odd in it. */
export type ReadPrice = {
  readonly price?: Price
  readonly unpriced?: string
  readonly notes: readonly string[]
}

/** OpenRouter's keys of prices per token. */
const PER_TOKEN: Readonly<Record<string, Dimension>> = {
  prompt: 'input',
  completion: 'output',
  input_cache_read: 'cacheRead',
  input_cache_write: 'cacheWrite',
  input_cache_write_1h: 'cacheWrite1h',
  audio: 'audio',
  input_audio_cache: 'audioCacheRead',
  audio_output: 'audioOutput',
  image: 'imageToken',
  image_output: 'imageOutput',
}
const PER_PIECE: Readonly<Record<string, Dimension>> = {
  request: 'request',
  web_search: 'webSearch',
}
const CONDITIONS: Readonly<Record<string, 'minPromptTokens' | 'utcStart' | 'utcEnd' | 'utcDays'>> =
  {
    min_prompt_tokens: 'minPromptTokens',
    utc_start: 'utcStart',
    utc_end: 'utcEnd',
    utc_days: 'utcDays',
  }
/**
 * `internal_reasoning` is the output price over again, and reasoning tokens are within the output count; `discount` is
 * already inside the listed prices (holds for 70 of 73 endpoints that had one on 2026-08-22).
 */
const IGNORED = new Set(['overrides', 'discount', 'internal_reasoning'])

const MILLION = 1_000_000
/**
 * `image` meant dollars a picture in 2025 and dollars an image token in 2026. Pictures cost at least 258 times a prompt
 * token in the capture of 2025-12-02, image tokens at most once in that of 2026-08-22.
 */
const PICTURE = usd('20')
/** Some audio rates of 2025 are per second, which no token rate reaches: 1,000 times the prompt's. */
const NOT_A_TOKEN = usd('100')

/** @param free whether a price of zero is meant: the id ends in ":free", or it is the router to free models. */
export function readPrice(pricing: Readonly<Record<string, unknown>>, free: boolean): ReadPrice {
  const prompt = amount(pricing['prompt'])
  const completion = amount(pricing['completion'])
  if (prompt === null || completion === null)
    return { unpriced: 'OpenRouter lists no price', notes: [] }
  if (prompt.units < 0n || completion.units < 0n)
    return { unpriced: 'the price is that of the model it routes to', notes: [] }
  if (prompt.units === 0n && completion.units === 0n && !free)
    return { unpriced: 'listed at 0 without being marked free', notes: ['0 without :free'] }
  const notes: string[] = []
  const rates = { ...readRates(pricing, prompt, notes) }
  const reasoning = amount(pricing['internal_reasoning'])
  if (reasoning && reasoning.units !== 0n && compare(reasoning, completion) !== 0)
    notes.push('internal_reasoning differs from completion; reasoning is priced as output')
  const overrides = readOverrides(pricing['overrides'], prompt, notes)
  return { price: overrides.length > 0 ? { ...rates, overrides } : rates, notes }
}

function readRates(raw: Readonly<Record<string, unknown>>, prompt: Usd, notes: string[]): Rates {
  const rates: Partial<Record<Dimension, string>> = {}
  for (const [key, value] of Object.entries(raw)) {
    if (IGNORED.has(key) || key in CONDITIONS) continue
    const rate = amount(value)
    // The captures of 2025 write 0 where there is no separate price.
    if (rate?.units === 0n && key !== 'prompt' && key !== 'completion') continue
    const read = rate === null || rate.units < 0n ? null : readRate(key, rate, prompt)
    if (read) rates[read.dimension] = read.rate
    else notes.push(`${key}: ${JSON.stringify(value)} is not understood; left out`)
  }
  return inOrder(rates)
}

function readRate(
  key: string,
  rate: Usd,
  prompt: Usd,
): { readonly dimension: Dimension; readonly rate: string } | null {
  const perPiece = PER_PIECE[key]
  if (perPiece) return { dimension: perPiece, rate: toDecimal(rate) }
  if (key === 'image' && compare(rate, multiply(prompt, PICTURE)) > 0)
    return { dimension: 'image', rate: toDecimal(rate) }
  if (key === 'audio' && compare(rate, multiply(prompt, NOT_A_TOKEN)) > 0) return null
  const dimension = PER_TOKEN[key]
  return dimension ? { dimension, rate: toDecimal(times(rate, MILLION)) } : null
}

function readOverrides(raw: unknown, prompt: Usd, notes: string[]): readonly Override[] {
  if (raw === undefined || raw === null) return []
  if (!Array.isArray(raw)) {
    notes.push('overrides are not a list; left out')
    return []
  }
  const overrides: Override[] = []
  for (const each of raw as readonly unknown[]) {
    const conditions = readConditions(each)
    if (conditions)
      overrides.push({
        ...conditions,
        ...readRates(each as Record<string, unknown>, prompt, notes),
      })
    else notes.push('an override whose conditions are not understood is left out')
  }
  return overrides
}

function readConditions(raw: unknown): Override | null {
  if (typeof raw !== 'object' || raw === null) return null
  const conditions: Record<string, number | readonly number[]> = {}
  for (const [key, value] of Object.entries(raw)) {
    const condition = CONDITIONS[key]
    if (!condition || value === null) continue
    if (!LEGAL[condition](value)) return null
    conditions[condition] = value as number | readonly number[]
  }
  return Object.keys(conditions).length > 0 ? (conditions as Override) : null
}

const whole = (most: number) => (value: unknown) =>
  Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) <= most
const hhmm = whole(2400)
const day = whole(6)

const LEGAL: Readonly<Record<(typeof CONDITIONS)[string], (value: unknown) => boolean>> = {
  minPromptTokens: whole(Number.MAX_SAFE_INTEGER),
  utcStart: hhmm,
  utcEnd: hhmm,
  utcDays: (value) => Array.isArray(value) && value.every(day),
}

/** An exact amount, or null for anything that is not one. */
function amount(value: unknown): Usd | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null
  try {
    return usd(String(value))
  } catch {
    return null
  }
}

const ORDER: readonly Dimension[] = [
  'input',
  'output',
  'cacheRead',
  'cacheWrite',
  'cacheWrite1h',
  'audio',
  'audioCacheRead',
  'audioOutput',
  'imageToken',
  'imageOutput',
  'image',
  'request',
  'webSearch',
]

/** Rates with their keys in one order, so that equal prices are equal texts. */
export const inOrder = (rates: Rates): Rates =>
  Object.fromEntries(ORDER.flatMap((key) => (rates[key] === undefined ? [] : [[key, rates[key]]])))
