import { dayNumber } from '../../core/usage/instant.ts'

/** Times as most logs write them, read from bytes: "2026-10-01 12:34:56.789" or "2026-10-01T12:34:56Z". */

const SLOTS = 256

/** A table of days met before: the ten bytes of "2026-10-01" as three numbers, and its days since 1970-01-01. */
export type Days = {
  readonly table: Int32Array
  /** Learns the day written at a place. False where there is none. */
  readonly learnDay: (bytes: Buffer, at: number) => boolean
}

export function createDays(): Days {
  const table = new Int32Array(SLOTS * 4)
  return {
    table,
    learnDay: (bytes, at) => {
      const day = dayAt(bytes, at)
      if (day < 0) return false
      const first = bytes.readInt32LE(at)
      const second = bytes.readInt32LE(at + 4)
      const third = bytes.readUInt16LE(at + 8)
      table.set([first, second, third, day], slotOfDay(first, second, third))
      return true
    },
  }
}

/** Where a day lies in the table, by its first twelve bytes, of which ten count. */
export const slotOfDay = (first: number, second: number, third: number): number =>
  (Math.imul(first ^ Math.imul(second, 31) ^ ((third & 0xffff) * 131), 0x9e3779b1) >>> 24) * 4

const DASH = 45

function dayAt(bytes: Uint8Array, at: number): number {
  const year = pair(bytes, at) * 100 + pair(bytes, at + 2)
  const month = pair(bytes, at + 5)
  const day = pair(bytes, at + 8)
  const dashed = bytes[at + 4] === DASH && bytes[at + 7] === DASH
  return dashed && month >= 0 && day >= 0 ? dayNumber(year, month, day) : -1
}

/** Two digits, or -1. */
function pair(bytes: Uint8Array, at: number): number {
  const tens = (bytes[at] as number) - 48
  const ones = (bytes[at + 1] as number) - 48
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1
}

const SPACE = 32
const LETTER_T = 84
const LETTER_Z = 90
const POINT = 46
const COLON = 58

/** Minutes after midnight of the " 12:34" or "T12:34" at a place, -1 where there is none. */
export function minuteAt(bytes: Uint8Array, at: number): number {
  const between = bytes[at]
  if ((between !== SPACE && between !== LETTER_T) || bytes[at + 3] !== COLON) return -1
  const hour = pair(bytes, at + 1)
  const minute = pair(bytes, at + 4)
  return hour >= 0 && hour < 24 && minute >= 0 && minute < 60 ? hour * 60 + minute : -1
}

/** The place after ":56.789Z", each part of which may be missing; anything else is left to be seen there. */
export function afterSeconds(bytes: Uint8Array, from: number): number {
  let at = from
  if (bytes[at] === COLON && isDigit(bytes[at + 1]) && isDigit(bytes[at + 2])) at += 3
  if (bytes[at] === POINT && isDigit(bytes[at + 1])) {
    at += 2
    while (isDigit(bytes[at])) at++
  }
  return bytes[at] === LETTER_Z ? at + 1 : at
}

const isDigit = (byte: number | undefined): boolean =>
  byte !== undefined && byte >= 48 && byte <= 57
