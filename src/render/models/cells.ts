import type { Modality } from '../../core/catalog/model.ts'
import type { Price, Rates } from '../../core/catalog/price.ts'
import { rate } from '../money.ts'

/** "200K", "1.05M": three digits, of thousands. */
export function size(tokens: number): string {
  const [value, unit] = tokens >= 999_500 ? [tokens / 1e6, 'M'] : [tokens / 1e3, 'K']
  if (tokens < 1000) return String(tokens)
  return `${Number(value.toPrecision(3))}${unit}`
}

export const list = (modalities: readonly Modality[] | null): string =>
  modalities ? modalities.join(', ') : 'not known'

/** "5.00 / 25.00", or "unpriced". */
export const pair = (price: Rates | undefined): string =>
  price?.input === undefined || price.output === undefined
    ? 'unpriced'
    : `${rate(price.input)} / ${rate(price.output)}`

const CONDITION = {
  minPromptTokens: (tokens: number) => `over ${size(tokens)} prompt tokens`,
}
const hour = (hhmm: number): string => String(hhmm).padStart(4, '0').replace(/(..)$/, ':$1')
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']

/** When an override holds, in words: "over 200K prompt tokens", "10:00–01:00 UTC". */
export function condition(override: NonNullable<Price['overrides']>[number]): string {
  const { minPromptTokens, utcStart, utcEnd, utcDays } = override
  return [
    minPromptTokens === undefined ? '' : CONDITION.minPromptTokens(minPromptTokens),
    utcStart === undefined || utcEnd === undefined ? '' : `${hour(utcStart)}–${hour(utcEnd)} UTC`,
    utcDays ? utcDays.map((day) => DAYS[day]).join(', ') : '',
  ]
    .filter(Boolean)
    .join(', ')
}
