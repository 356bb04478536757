/**
 * US dollars, exact: `units` × 10^-`scale`, in lowest terms, so equal amounts are deeply equal.
 * The scale floats because captured prices reach 24 decimals ("0.000000020833333333333335"); no fixed unit holds them all.
 */
export type Usd = { readonly units: bigint; readonly scale: number }

export const ZERO: Usd = { units: 0n, scale: 0 }

/**
 * Parses a decimal string such as "0.00000015", "1e-7" or "-3". Never goes through a float.
 * @throws RangeError on anything else, and on an exponent beyond ±200.
 */
export function usd(text: string): Usd {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/.exec(text)
  if (!match) throw new RangeError(`not an exact amount: ${JSON.stringify(text)}`)
  const [, sign, whole = '0', fraction = '', exponent = '0'] = match
  const shift = Number(exponent)
  if (Math.abs(shift) > 200) throw new RangeError(`not a plausible amount: ${text}`)
  const units = BigInt(whole + fraction)
  return reduced(sign ? -units : units, fraction.length - shift)
}

/** The shortest exact decimal, so `usd(toDecimal(x))` equals `x`. */
export function toDecimal({ units, scale }: Usd): string {
  if (scale === 0) return units.toString()
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0')
  return `${units < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}

export function add(...amounts: readonly Usd[]): Usd {
  let units = 0n
  let scale = 0
  for (const amount of amounts) {
    if (amount.scale > scale) {
      units *= power(amount.scale - scale)
      scale = amount.scale
    }
    units += amount.units * power(scale - amount.scale)
  }
  return reduced(units, scale)
}

export const subtract = (a: Usd, b: Usd): Usd => add(a, { units: -b.units, scale: b.scale })

/** Exact product; a rate or a percentage is a decimal too: `multiply(spend, usd('0.055'))`. */
export const multiply = (a: Usd, b: Usd): Usd => reduced(a.units * b.units, a.scale + b.scale)

/** `count` copies of an amount. @throws RangeError unless count is a whole number. */
export const times = (amount: Usd, count: number): Usd =>
  reduced(amount.units * BigInt(count), amount.scale)

/** Price of `tokens` at a rate per 1,000,000. */
export const perMillion = (rate: Usd, tokens: number): Usd =>
  reduced(rate.units * BigInt(tokens), rate.scale + 6)

/** a ÷ b to `decimals` places, half away from zero. The only inexact operation here: for rates and shares on display. */
export function divide(a: Usd, b: Usd, decimals: number): Usd {
  if (b.units === 0n) throw new RangeError('division by zero')
  const top = a.units * power(b.scale + decimals)
  const bottom = b.units * power(a.scale)
  return reduced(roundedQuotient(top, bottom), decimals)
}

/** Rounded half away from zero to `decimals` places (2: whole cents). */
export function round(amount: Usd, decimals: number): Usd {
  if (amount.scale <= decimals) return amount
  return reduced(roundedQuotient(amount.units, power(amount.scale - decimals)), decimals)
}

/** Negative, zero or positive, like every comparator. */
export function compare(a: Usd, b: Usd): number {
  const left = a.units * power(Math.max(0, b.scale - a.scale))
  const right = b.units * power(Math.max(0, a.scale - b.scale))
  return left < right ? -1 : left > right ? 1 : 0
}

export const max = (a: Usd, b: Usd): Usd => (compare(a, b) >= 0 ? a : b)
export const isZero = (amount: Usd): boolean => amount.units === 0n

/** The nearest float, for scores and charts only; never for a sum that is shown as money. */
export const toNumber = (amount: Usd): number => Number(toDecimal(amount))

function roundedQuotient(top: bigint, bottom: bigint): bigint {
  const negative = top < 0n !== bottom < 0n
  const a = top < 0n ? -top : top
  const b = bottom < 0n ? -bottom : bottom
  const quotient = (2n * a + b) / (2n * b)
  return negative ? -quotient : quotient
}

function reduced(units: bigint, scale: number): Usd {
  if (units === 0n) return ZERO
  if (scale < 0) return { units: units * power(-scale), scale: 0 }
  let rest = units
  let places = scale
  // Nearly all become small enough for a float to hold exactly, and a division of bigints costs ten times as much.
  while (rest < SMALLEST || rest > LARGEST) {
    if (places === 0 || rest % 10n !== 0n) return { units: rest, scale: places }
    rest /= 10n
    places -= 1
  }
  let small = Number(rest)
  while (places > 0 && small % 10 === 0) {
    small /= 10
    places -= 1
  }
  return { units: BigInt(small), scale: places }
}

const LARGEST = BigInt(Number.MAX_SAFE_INTEGER)
const SMALLEST = -LARGEST

const POWERS: bigint[] = [1n]
function power(exponent: number): bigint {
  for (let next = POWERS.length; next <= exponent; next++) {
    POWERS.push((POWERS[next - 1] ?? 1n) * 10n)
  }
  return POWERS[exponent] ?? 1n
}
