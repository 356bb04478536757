/** Receives a parsed instant; one object is used again and again, because logs have a time on every line. */
export type Instant = {
  /** Days since 1970-01-01 UTC. */
  day: number
  /** Minutes after midnight UTC. */
  minute: number
}

const FIRST_YEAR = 2015
const LAST_YEAR = 2100

/**
 * Reads "2026-03-30 02:37:51.271", ISO 8601 with any offset, a date alone, or seconds, milliseconds or microseconds since
 * 1970. No zone means UTC, as in OpenRouter's exports. Dates that could be read in two ways are refused.
 */
export function parseInstant(text: string, into: Instant): boolean {
  if (/^\d{10}(\d{3}|\d{6})?(\.\d+)?$/.test(text)) return fromEpoch(text, into)
  const match =
    /^(\d{4})[-/](\d{2})[-/](\d{2})(?:[ T](\d{2}):(\d{2})(?::\d{2}(?:[.,]\d+)?)?)? ?(Z|UTC|[+-]\d{2}(?::?\d{2})?)?$/i.exec(
      text.trim(),
    )
  if (!match) return false
  const [, year, month, day, hour = '0', minute = '0', zone] = match
  const date = dayNumber(Number(year), Number(month), Number(day))
  if (date < 0 || Number(hour) > 23 || Number(minute) > 59) return false
  return settle(date * DAY + Number(hour) * 60 + Number(minute) - offsetOf(zone), into)
}

const DAY = 24 * 60

function fromEpoch(text: string, into: Instant): boolean {
  const whole = text.replace(/\..*/, '')
  const seconds = Number(whole.slice(0, 10))
  return settle(Math.floor(seconds / 60), into)
}

function settle(minutes: number, into: Instant): boolean {
  into.day = Math.floor(minutes / DAY)
  into.minute = minutes - into.day * DAY
  const year = new Date(into.day * 86_400_000).getUTCFullYear()
  return year >= FIRST_YEAR && year <= LAST_YEAR
}

function offsetOf(zone: string | undefined): number {
  const match = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone ?? '')
  if (!match) return 0
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3] ?? 0))
}

/** Days since 1970-01-01, or -1 where there is no such date or it is no plausible one. */
export function dayNumber(year: number, month: number, day: number): number {
  if (year < FIRST_YEAR || year > LAST_YEAR) return -1
  const date = new Date(Date.UTC(year, month - 1, day))
  const same = date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return same ? date.getTime() / 86_400_000 : -1
}

/** YYYY-MM-DD. */
export const isoDay = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10)

/** 1970-01-01 was a Thursday. 0 = Sunday. */
export const weekday = (day: number): number => (day + 4) % 7
