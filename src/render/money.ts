import { divide, isZero, multiply, round, toDecimal, type Usd, usd } from '../core/money.ts'

/** "1,234.50": whole cents, or more digits where the cents would hide a small amount. Rounding happens only here. */
export function money(amount: Usd): string {
  const cents = round(amount, 2)
  const hidden =
    !isZero(amount) &&
    (amount.units < 0n ? -1n : 1n) * cents.units < 1n * 10n ** BigInt(cents.scale)
  return hidden && Math.abs(Number(toDecimal(amount))) < 0.995
    ? significant(amount)
    : grouped(fixed(cents, 2))
}

/** Four decimals, since a prompt costs far less than a cent; three significant digits where even they would hide it. */
export const precise = (amount: Usd): string =>
  isZero(round(amount, 4)) && !isZero(amount) ? significant(amount) : grouped(fixed(amount, 4))

/** Exactly `places` decimals. */
export function fixed(amount: Usd, places: number): string {
  const [whole = '0', fraction = ''] = toDecimal(round(amount, places)).split('.')
  return places === 0 ? whole : `${whole}.${fraction.padEnd(places, '0')}`
}

/** Three significant digits below one cent, cents otherwise: "0.0012", "0.25". */
function significant(amount: Usd): string {
  const text = toDecimal(amount)
  const leading = /^-?0\.(0*)/.exec(text)?.[1]?.length ?? 0
  const places = leading < 2 ? 2 : leading + 2
  return leading < 2 ? fixed(amount, 2) : toDecimal(round(amount, places))
}

export const grouped = (text: string): string => {
  const [whole = '', fraction] = text.split('.')
  const digits = whole.replaceAll(/\B(?=(\d{3})+$)/g, ',')
  return fraction === undefined ? digits : `${digits}.${fraction}`
}

/** A rate per 1M as it is quoted: at least two decimals, never rounded: "3.00", "0.075". */
export function rate(text: string): string {
  // Catalogues have canonical decimals, and lists have hundreds of them.
  const canonical = /^(\d{1,3})(?:\.(\d*[1-9]))?$/.exec(text)
  if (canonical) return `${canonical[1]}.${(canonical[2] ?? '').padEnd(2, '0')}`
  const [whole = '0', fraction = ''] = toDecimal(usd(text)).split('.')
  return `${grouped(whole)}.${fraction.padEnd(2, '0')}`
}

/** "5.5 %": `part` of `whole` with up to `places` decimals. */
export function percent(part: Usd, whole: Usd, places = 1): string {
  if (isZero(whole)) return '–'
  return `${toDecimal(divide(multiply(part, usd('100')), whole, places))} %`
}
