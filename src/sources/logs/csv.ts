import type { Fast } from './fast.ts'
import type { Intake } from './intake.ts'
import { ROLE, type Role } from './roles.ts'

const QUOTE = 34
const NEWLINE = 10
const RETURN = 13

/** Takes the whole records in bytes[from, to) and returns where the first incomplete one starts. */
export type Scan = (bytes: Buffer, from: number, to: number, last: boolean) => number

/**
 * Rows of a CSV, with separators, doubled quotes and newlines in quoted fields (RFC 4180). Rows without any quote, nearly
 * all of nearly all files, go a faster way as long as they are plain.
 */
export function createCsvScan(
  header: Header,
  roles: readonly Role[],
  intake: Intake,
  plain: Fast | null,
): Scan {
  const columns = roles.length
  const { separator } = header
  let fast = plain
  /** The header is record 1. */
  let record = 1
  /** Rows that did not fit the faster way, one for each hundred that did taken back. */
  let misfits = 0

  const finishRow = (bytes: Buffer, start: number, end: number, width: number) => {
    if (isBlank(bytes, start, end)) {
      record -= 1
      return
    }
    if (width !== columns) {
      intake.bad(
        width < columns ? 'a row with too few columns' : 'a row with too many columns',
        sample(bytes, start, end),
      )
    }
    intake.commit(record)
  }

  const fieldEnd = (bytes: Buffer, from: number, to: number): number => {
    let at = from
    while (at < to && bytes[at] !== separator && bytes[at] !== NEWLINE) at++
    return at
  }

  /** One field that may be quoted; returns where its separator or newline is, or -1 where it is not complete. */
  const takeField = (role: number, bytes: Buffer, at: number, to: number): number => {
    if (bytes[at] !== QUOTE || at >= to) {
      const end = fieldEnd(bytes, at, to)
      if (role !== ROLE.skip) intake.field(role, bytes, at, textEnd(bytes, at, end))
      return end
    }
    const close = closingQuote(bytes, at + 1, to)
    if (close < 0) return -1
    takeQuoted(bytes, at + 1, close, role)
    const end = fieldEnd(bytes, close + 1, to)
    if (textEnd(bytes, close + 1, end) > close + 1) {
      intake.bad('text after a closing quote', sample(bytes, at, to))
    }
    return end
  }

  const takeQuoted = (bytes: Buffer, start: number, end: number, role: number) => {
    if (role === ROLE.skip) return
    const inner = bytes.indexOf(QUOTE, start)
    if (inner < 0 || inner >= end) return intake.field(role, bytes, start, end)
    const text = Buffer.from(bytes.toString('utf8', start, end).replaceAll('""', '"'))
    intake.field(role, text, 0, text.length)
  }

  /** One record; returns the place after its newline, or -1 where it is not complete. */
  const takeRow = (bytes: Buffer, from: number, to: number, last: boolean): number => {
    record += 1
    intake.begin()
    let at = from
    for (let column = 0; ; column++) {
      const end = takeField(roles[column] ?? ROLE.skip, bytes, at, to)
      if (end < 0 || (end >= to && !last)) {
        record -= 1
        return -1
      }
      if (end >= to || bytes[end] === NEWLINE) {
        finishRow(bytes, from, end, column + 1)
        return Math.min(end + 1, to)
      }
      at = end + 1
    }
  }

  /** A quote that never closes: give up on its line only. */
  const dropLine = (bytes: Buffer, at: number, to: number): number => {
    record += 1
    intake.begin()
    intake.bad('a quote that is never closed', sample(bytes, at, to))
    intake.commit(record)
    const newline = bytes.indexOf(NEWLINE, at)
    return newline < 0 || newline >= to ? to : newline + 1
  }

  /** Plain rows from `at` on; `to` is the end of a row, and there is no quote before it. */
  const takePlain = (bytes: Buffer, view: DataView, at: number, to: number): number => {
    if (!fast) return at
    const next = fast.take(bytes, view, at, to, record)
    const taken = fast.taken()
    record += taken
    misfits = Math.max(0, misfits + (next < to ? 1 : 0) - taken / 100)
    if (misfits > MOST_MISFITS) fast = null
    return next
  }

  return (bytes, from, to, last) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    let at = from
    let plainTo = from
    while (at < to) {
      if (at >= plainTo) plainTo = plainUntil(bytes, at, to)
      if (at < plainTo) {
        at = takePlain(bytes, view, at, plainTo)
        if (at === plainTo) continue
      }
      const next = takeRow(bytes, at, to, last)
      if (next < 0 && !last) return at
      at = next < 0 ? dropLine(bytes, at, to) : next
    }
    return at
  }
}

/** The end of the last whole row before the next quote; not after `at` where there is none. */
function plainUntil(bytes: Buffer, at: number, to: number): number {
  const quote = bytes.indexOf(QUOTE, at)
  const before = quote < 0 || quote >= to ? to : quote
  return before > at ? bytes.lastIndexOf(NEWLINE, before - 1) + 1 : at - 1
}

/** So many rows that are not plain, net of plain ones, and the faster way is given up. */
const MOST_MISFITS = 200

const sample = (bytes: Buffer, start: number, to: number): string =>
  bytes.toString('utf8', start, Math.min(to, start + 80))

/** Index of the quote that closes a field, doubled ones passed over; -1 where none is there. */
function closingQuote(bytes: Buffer, from: number, to: number): number {
  let at = from
  for (;;) {
    const quote = bytes.indexOf(QUOTE, at)
    if (quote < 0 || quote >= to) return -1
    // At the very end of what is there a doubled quote cannot be told from a closing one.
    if (quote + 1 >= to || bytes[quote + 1] !== QUOTE) return quote
    at = quote + 2
  }
}

const textEnd = (bytes: Buffer, start: number, end: number): number =>
  end > start && bytes[end - 1] === RETURN ? end - 1 : end

const isBlank = (bytes: Buffer, start: number, end: number): boolean =>
  end === start || (end === start + 1 && bytes[start] === RETURN)

export type Header = {
  readonly names: readonly string[]
  readonly separator: number
  /** How lines end: a newline, perhaps with a return before it. */
  readonly ending: Uint8Array
  /** Where the first row starts. */
  readonly end: number
}

/** Splits the header line; null where it is not complete. */
export function readHeader(bytes: Buffer, from: number, to: number): Header | null {
  const separator = separatorOf(bytes, from, to)
  const names: string[] = []
  let at = from
  for (;;) {
    let end: number
    if (bytes[at] === QUOTE && at < to) {
      const close = closingQuote(bytes, at + 1, to)
      if (close < 0) return null
      names.push(bytes.toString('utf8', at + 1, close).replaceAll('""', '"'))
      end = close + 1
      if (bytes[end] === RETURN) end++
    } else {
      end = at
      while (end < to && bytes[end] !== separator && bytes[end] !== NEWLINE) end++
      names.push(bytes.toString('utf8', at, textEnd(bytes, at, end)).trim())
    }
    if (end >= to || bytes[end] === NEWLINE) {
      const ending = Uint8Array.from(bytes[end - 1] === RETURN ? [RETURN, NEWLINE] : [NEWLINE])
      return { names, separator, ending, end: Math.min(end + 1, to) }
    }
    at = end + 1
  }
}

/** The comma, tab or semicolon that the first line has most of, outside quotes. */
function separatorOf(bytes: Buffer, from: number, to: number): number {
  const newline = bytes.indexOf(NEWLINE, from)
  const line = bytes
    .toString('latin1', from, newline < 0 || newline > to ? to : newline)
    .replaceAll(/"[^"]*"/g, '')
  const [best = ','] = [',', '\t', ';']
    .map((each) => ({ each, count: line.split(each).length }))
    .sort((a, b) => b.count - a.count)
    .map(({ each }) => each)
  return best.charCodeAt(0)
}
