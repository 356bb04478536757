import { type Instant, parseInstant } from '../../core/usage/instant.ts'
import { UNDATED } from '../../core/usage/tally.ts'
import { afterSeconds, minuteAt } from './digits.ts'

/** Reads the times of one log. The usual line has the date of the line before and a plain UTC time. */
export type Clock = {
  readonly instant: Instant
  readonly clear: () => void
  /** Reads the usual form from `at` on and returns where it ends; -1 where it is another form. */
  readonly quick: (bytes: Buffer, at: number) => number
  /** Reads any form. False where it is not understood. */
  readonly read: (bytes: Buffer, start: number, end: number) => boolean
}

const NO_DAY: number = UNDATED

export function createClock(): Clock {
  const instant: Instant = { day: UNDATED, minute: 0 }
  const lastDate = new Uint8Array(10)
  let lastDay = NO_DAY

  const remember = (bytes: Buffer, start: number, text: string) => {
    // Only where the written date is the UTC date does it stand for the day.
    if (!/^\d{4}-\d\d-\d\d([ T][\d:.]*Z?)?$/.test(text)) return
    for (let at = 0; at < 10; at++) lastDate[at] = bytes[start + at] as number
    lastDay = instant.day
  }

  const quick = (bytes: Buffer, start: number): number => {
    if (lastDay === NO_DAY) return -1
    for (let at = 9; at >= 0; at--) if (bytes[start + at] !== lastDate[at]) return -1
    const minute = minuteAt(bytes, start + 10)
    if (minute < 0) return -1
    instant.day = lastDay
    instant.minute = minute
    return afterSeconds(bytes, start + 16)
  }

  return {
    instant,
    clear: () => {
      instant.day = UNDATED
      instant.minute = 0
    },
    quick,
    read: (bytes, start, end) => {
      const text = bytes.toString('utf8', start, end)
      if (!parseInstant(text, instant)) return false
      remember(bytes, start, text)
      return true
    },
  }
}
