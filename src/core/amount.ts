import { OrxError } from './errors.ts'
import { divide, multiply, type Usd, usd } from './money.ts'

// What people type: 100M, 2.5k, 1_000_000, 1e6, 60%, $20, 1h, 30s, 1/5.

const MAGNITUDES: Readonly<Record<string, string>> = {
  '': '1',
  k: '1e3',
  m: '1e6',
  b: '1e9',
  t: '1e12',
}

/**
 * A whole number such as "100M", "2.5k", "1_000_000" or "1e6".
 * @throws OrxError BAD_ARGUMENT where it is not whole, negative, or beyond 2^53.
 */
export function parseCount(text: string, what = 'a number'): number {
  const match = /^(\d+(?:\.\d+)?(?:e\+?\d{1,2})?)([kmbt]?)$/i.exec(
    text.trim().replaceAll(/[_,](?=\d)/g, ''),
  )
  const value =
    match && multiply(usd(match[1] ?? ''), usd(MAGNITUDES[(match[2] ?? '').toLowerCase()] ?? '1'))
  if (!value || value.scale > 0) {
    throw bad(text, what, 'a whole number such as 100M, 2.5k, 1_000_000 or 1e6')
  }
  if (value.units > BigInt(Number.MAX_SAFE_INTEGER)) {
    throw new OrxError('BAD_ARGUMENT', `${what}: "${text}" is too large`, 'Give at most 9000T.')
  }
  return Number(value.units)
}

/** Dollars such as "$20", "20" or "1.5k". @throws OrxError BAD_ARGUMENT */
export function parseMoney(text: string, what = 'an amount'): Usd {
  const match = /^\$?(\d+(?:\.\d+)?)([kmb]?)$/i.exec(text.trim().replaceAll(/[_,](?=\d)/g, ''))
  if (!match) throw bad(text, what, 'dollars such as 20, $20 or 1.5k')
  return multiply(usd(match[1] ?? ''), usd(MAGNITUDES[(match[2] ?? '').toLowerCase()] ?? '1'))
}

/** More than nothing. @throws OrxError BAD_ARGUMENT */
export function parsePositiveMoney(text: string, what = 'an amount'): Usd {
  const amount = parseMoney(text, what)
  if (amount.units === 0n) throw bad(text, what, 'more than 0')
  return amount
}

/** A share as an exact decimal: "60%" and "0.6" both give 0.6. @throws OrxError BAD_ARGUMENT outside 0 to 1. */
export function parseShare(text: string, what = 'a share'): Usd {
  const share = parseRate(text, what)
  if (share.units > 10n ** BigInt(share.scale)) throw bad(text, what, 'at most 100%')
  return share
}

/** A rate that may pass 100 %, such as growth: "5%" gives 0.05. @throws OrxError BAD_ARGUMENT */
export function parseRate(text: string, what = 'a rate'): Usd {
  const match = /^(\d+(?:\.\d+)?)(\s*%)?$/.exec(text.trim())
  if (!match) throw bad(text, what, 'a percentage such as 60% or a decimal such as 0.6')
  return match[2] ? divide(usd(match[1] ?? ''), usd('100'), 60) : usd(match[1] ?? '')
}

/** Prices per 1M tokens "in/out", as "1/5"; one number caps both. @throws OrxError BAD_ARGUMENT */
export function parsePricePair(
  text: string,
  what = 'a price',
): { readonly input: Usd; readonly output: Usd } {
  const [input = '', output = input, ...rest] = text.split('/')
  if (rest.length > 0) throw bad(text, what, 'dollars per 1M tokens in and out, such as 1/5')
  return { input: parseMoney(input, what), output: parseMoney(output, what) }
}

const MILLISECONDS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1e3,
  m: 60e3,
  h: 3600e3,
  d: 86_400e3,
  w: 604_800e3,
}

/** A duration such as "30s", "5m", "1h", "2d" or "1h30m", in milliseconds. @throws OrxError BAD_ARGUMENT */
export function parseDuration(text: string, what = 'a duration'): number {
  const parts = [...text.trim().matchAll(/(\d+(?:\.\d+)?)(ms|[smhdw])/g)]
  if (parts.length === 0 || parts.map(([whole]) => whole).join('') !== text.trim()) {
    throw bad(text, what, 'a duration such as 30s, 5m, 1h or 2d')
  }
  return parts.reduce(
    (sum, [, count, unit]) => sum + Number(count) * (MILLISECONDS[unit ?? ''] ?? 0),
    0,
  )
}

/** UTC time of day as minutes after midnight: "02:00Z" or "02:00". @throws OrxError BAD_ARGUMENT */
export function parseTimeOfDay(text: string, what = 'a time'): number {
  const match = /^([01]?\d|2[0-3]):([0-5]\d)Z?$/.exec(text.trim())
  if (!match) throw bad(text, what, 'a UTC time such as 02:00Z')
  return Number(match[1]) * 60 + Number(match[2])
}

const bad = (text: string, what: string, wanted: string): OrxError =>
  new OrxError('BAD_ARGUMENT', `${what}: "${text}" is not understood`, `Give ${wanted}.`)

const grouped = (digits: string): string => digits.replaceAll(/\B(?=(\d{3})+$)/g, ',')

/** "100M", "2.5K", "1,234": three digits with a letter where that is exact, else (or for 'digits') all in groups. */
export function formatCount(count: number, style: 'short' | 'digits' = 'short'): string {
  for (const [suffix, size] of style === 'short' ? SUFFIXES : []) {
    const digits = String(count / size)
    if (count >= size && digits.replace('.', '').length <= 3) return `${digits}${suffix}`
  }
  return grouped(String(count))
}

const SUFFIXES = [
  ['T', 1e12],
  ['B', 1e9],
  ['M', 1e6],
  ['K', 1e3],
] as const

/** "$1,234.50": whole cents, for notes in sentences. */
export function formatDollars(amount: Usd): string {
  const digits = divide(amount, usd('0.01'), 0).units.toString().padStart(3, '0')
  return `$${grouped(digits.slice(0, -2))}.${digits.slice(-2)}`
}
