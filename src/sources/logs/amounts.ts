import { type AmountAt, FINE_OF, HUGE_OF, HUGE_UNIT, MEASURE } from '../../core/usage/measures.ts'
import { MONEY, ROLE } from './roles.ts'

/** The amounts of money of one record, by role, exact to 24 decimals. */
export type Amounts = {
  readonly clear: () => void
  /** Takes a role's amount away. */
  readonly drop: (role: number) => void
  /** Reads "0.00123" from `at` on and returns where it ends; -1 where it is another form. */
  readonly quick: (role: number, bytes: Uint8Array, at: number) => number
  /** Reads any form; a text says why it is none. */
  readonly read: (role: number, text: string) => string | undefined
  /** An amount that has been read already, in units of 1e-12 dollars, below 4000 dollars. */
  readonly put: (role: number, units: number) => void
  readonly has: (role: number) => boolean
  /** Adds the record's amounts to its measures. */
  readonly into: (values: Float64Array, isByok: boolean) => void
  /** Amounts so far that had more than 24 decimals. */
  readonly rounded: () => number
}

// Copies: the built program is split in files, and a constant of another file is looked up at each use.
const COST_ROLE: number = ROLE.cost
const { cost: COST, costFine: COST_FINE, costHuge: COST_HUGE } = MEASURE
const { reported: REPORTED, requests: REQUESTS } = MEASURE

const MIDDLE = 12
const TENS = Float64Array.from({ length: MIDDLE + 1 }, (_, at) => 10 ** at)

export function createAmounts(): Amounts {
  const middle = new Float64Array(MONEY)
  const fine = new Float64Array(MONEY)
  const huge = new Float64Array(MONEY)
  const present = new Uint8Array(MONEY)
  let any = false
  /** Whether any record so far had an amount other than its charge. */
  let others = false
  let rounded = 0

  const put = (role: number, units: number): void => {
    middle[role] = units
    fine[role] = 0
    huge[role] = 0
    present[role] = 1
    any = true
    if (role !== COST_ROLE) others = true
  }

  const quick = (role: number, bytes: Uint8Array, start: number): number => {
    let at = start
    let whole = 0
    let byte = bytes[at] as number
    while (byte >= 48 && byte <= 57) {
      whole = whole * 10 + byte - 48
      byte = bytes[++at] as number
    }
    if (at === start || at - start > 4 || whole >= 4000) return -1
    let fraction = 0
    let places = 0
    if (byte === 46) {
      const point = at
      byte = bytes[++at] as number
      while (byte >= 48 && byte <= 57) {
        fraction = fraction * 10 + byte - 48
        byte = bytes[++at] as number
      }
      places = at - point - 1
      if (places > MIDDLE) return -1
    }
    put(role, whole * 1e12 + fraction * (TENS[MIDDLE - places] as number))
    return at
  }

  const read = (role: number, text: string): string | undefined => {
    const amount = exactAmount(text)
    if (typeof amount === 'string') return amount
    if (amount === null) {
      present[role] = 0
      return undefined
    }
    any = true
    if (role !== COST_ROLE) others = true
    if (amount.rounded) rounded += 1
    const sign = amount.units < 0n ? -1n : 1n
    const units = amount.units * sign
    const whole = units / 1_000_000_000_000n
    fine[role] = Number(sign * (units % 1_000_000_000_000n))
    middle[role] = Number(sign * (whole % BigInt(HUGE_UNIT)))
    huge[role] = Number(sign * (whole / BigInt(HUGE_UNIT)))
    present[role] = 1
    return undefined
  }

  const addTo = (values: Float64Array, role: number, at: AmountAt) => {
    if (present[role] === 0) return
    const atFine = FINE_OF[at]
    const atHuge = HUGE_OF[at]
    values[at] = (values[at] as number) + (middle[role] as number)
    values[atFine] = (values[atFine] as number) + (fine[role] as number)
    values[atHuge] = (values[atHuge] as number) + (huge[role] as number)
  }

  /** Nearly every log has charges and nothing else about money. */
  const costInto = (values: Float64Array) => {
    const has = present[COST_ROLE] as number
    values[COST] = has === 0 ? 0 : (middle[COST_ROLE] as number)
    values[COST_FINE] = has === 0 ? 0 : (fine[COST_ROLE] as number)
    values[COST_HUGE] = has === 0 ? 0 : (huge[COST_ROLE] as number)
    values[REPORTED] = has === 0 ? 0 : Math.max(1, values[REQUESTS] as number)
  }

  const restInto = (values: Float64Array, isByok: boolean) => {
    for (let each: number = MEASURE.byok; each <= MEASURE.extraHuge; each++) values[each] = 0
    if (present[ROLE.byok]) values[REPORTED] = Math.max(1, values[REQUESTS] as number)
    addTo(values, ROLE.byok, MEASURE.byok)
    // With credits the upstream cost repeats the cost; only with one's own key is it a second bill.
    if (isByok) addTo(values, ROLE.upstream, MEASURE.byok)
    addTo(values, ROLE.search, MEASURE.extra)
    addTo(values, ROLE.file, MEASURE.extra)
  }

  return {
    clear: () => {
      if (any) present.fill(0)
      any = false
    },
    drop: (role) => {
      present[role] = 0
    },
    put,
    quick,
    read,
    has: (role) => present[role] === 1,
    into: (values, isByok) => {
      costInto(values)
      if (others) restInto(values, isByok)
    },
    rounded: () => rounded,
  }
}

/**
 * Units of 1e-24 dollars, or null for an empty cell, or why not. "$1,234.50" and "1.2e-7" are read exactly; decimals
 * beyond the 24th are rounded half away from zero, and counted.
 */
function exactAmount(
  text: string,
): { readonly units: bigint; readonly rounded: boolean } | string | null {
  const plain = text.trim().replace(/ ?USD ?/i, '')
  if (plain === '' || plain === 'null') return null
  if (/[€£¥฿₹]|^[A-Z]{3} ?\d|\d ?[A-Z]{3}$/.test(plain)) return 'a currency other than US dollars'
  const match = /^(-?)\$?(-?)(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/.exec(
    plain,
  )
  if (!match) return 'an amount that is not a number'
  const [, minus, otherMinus, whole = '0', fraction = '', exponent = '0'] = match
  const digits = BigInt(whole.replaceAll(',', '') + fraction)
  const sign = minus === '-' || otherMinus === '-' ? -1n : 1n
  const shift = 24 - fraction.length + Number(exponent)
  if (shift >= 0) return { units: sign * digits * 10n ** BigInt(shift), rounded: false }
  const divisor = 10n ** BigInt(-shift)
  const units = (2n * digits + divisor) / (2n * divisor)
  return { units: sign * units, rounded: digits % divisor !== 0n }
}
