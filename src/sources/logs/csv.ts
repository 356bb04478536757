import { HASH_FACTOR, HASH_SEED, type Words } from '../../core/usage/words.ts'
import type { Intake } from './intake.ts'
import { COUNTS, MONEY, ROLE, type Role } from './roles.ts'

// Copies: the built program is split in files, and a constant of another file is looked up at each use.
const { model: MODEL, skip: SKIP, time: TIME } = ROLE
const FIRST_MONEY: number = COUNTS
const FIRST_TEXT: number = MONEY

const QUOTE = 34
const NEWLINE = 10
const RETURN = 13
const ZERO = 48
const NINE = 57

/** Takes the whole records in bytes[from, to) and returns where the first incomplete one starts. */
export type Scan = (bytes: Buffer, from: number, to: number, last: boolean) => number

/**
 * Rows of a CSV by byte. A block without any quote takes a path on which nothing is copied or allocated; where there are
 * quotes, fields may hold separators, doubled quotes and newlines (RFC 4180).
 */
export function createCsvScan(
  roles: readonly Role[],
  separator: number,
  intake: Intake,
  models: Words,
): Scan {
  const columns = roles.length
  const { amounts, clock, counts } = intake
  const byColumn = Uint8Array.from(roles)
  /** The header is record 1. */
  let record = 1
  let width = 0

  const wrongWidth = (found: number, bytes: Buffer, start: number, end: number) => {
    intake.next()
    intake.bad(
      found < columns ? 'a row with too few columns' : 'a row with too many columns',
      sample(bytes, start, end),
    )
    intake.commit(record)
  }

  const isEnd = (byte: number | undefined): boolean => byte === separator || byte === NEWLINE

  /** A field of any role from `at` on; returns where its separator or newline is. */
  const takePlain = (role: number, bytes: Buffer, at: number): number => {
    if (role === TIME) {
      const end = clock.quick(bytes, at)
      if (end >= 0 && isEnd(bytes[end])) return end
    } else if (role >= FIRST_MONEY && role < FIRST_TEXT) {
      const end = amounts.quick(role, bytes, at)
      if (end >= 0 && isEnd(bytes[end])) return end
    }
    const end = fieldEnd(bytes, at)
    if (role !== SKIP) intake.field(role, bytes, at, textEnd(bytes, at, end))
    return end
  }

  const takeModel = (bytes: Buffer, field: number): number => {
    const guess = models.guess(bytes, field, separator)
    if (guess >= 0) {
      intake.model(guess)
      return field + models.lengthOf(guess)
    }
    let at = field
    let hash = HASH_SEED
    let byte = bytes[at] as number
    while (byte !== separator && byte !== NEWLINE && byte !== RETURN) {
      hash = Math.imul(hash ^ byte, HASH_FACTOR)
      byte = bytes[++at] as number
    }
    if (at > field) intake.model(models.indexOf(bytes, field, at, hash))
    return byte === RETURN ? fieldEnd(bytes, at) : at
  }

  const fieldEnd = (bytes: Buffer, from: number): number => {
    let at = from
    let byte = bytes[at] as number
    while (byte !== separator && byte !== NEWLINE) byte = bytes[++at] as number
    return at
  }

  const takeCount = (role: number, bytes: Buffer, field: number): number => {
    let at = field
    let value = 0
    let byte = bytes[at] as number
    while (byte >= ZERO && byte <= NINE) {
      value = value * 10 + byte - ZERO
      byte = bytes[++at] as number
    }
    const digits = at - field
    if (digits > 0 && digits <= 15 && (byte === separator || byte === NEWLINE)) {
      counts[role] = value
      return at
    }
    const end = fieldEnd(bytes, at)
    intake.field(role, bytes, field, textEnd(bytes, field, end))
    return end
  }

  /** One row without quotes, up to its newline; `width` is then how many columns it has. */
  const takeRow = (bytes: Buffer, start: number): number => {
    let at = start
    let column = 0
    for (;;) {
      const role = column < columns ? (byColumn[column] as number) : SKIP
      if (role < FIRST_MONEY) at = takeCount(role, bytes, at)
      else if (role === MODEL) at = takeModel(bytes, at)
      else at = takePlain(role, bytes, at)
      column++
      if (bytes[at] === NEWLINE) {
        width = column
        return at
      }
      at++
    }
  }

  const finishRow = (bytes: Buffer, start: number, end: number) => {
    if (width === columns) intake.commit(record)
    else if (isBlank(bytes, start, end)) record -= 1
    else wrongWidth(width, bytes, start, end)
  }

  /** bytes[from, to) holds whole records without quotes. */
  const scanPlain = (bytes: Buffer, from: number, to: number): void => {
    let at = from
    while (at < to) {
      record += 1
      intake.next()
      const end = takeRow(bytes, at)
      finishRow(bytes, at, end)
      at = end + 1
    }
  }

  /** One field that may be quoted; returns where its separator or newline is, or -1 where it is not complete. */
  const takeField = (role: number, bytes: Buffer, at: number, to: number): number => {
    if (bytes[at] !== QUOTE || at >= to) {
      const end = boundedEnd(bytes, at, to)
      if (role !== SKIP) intake.field(role, bytes, at, textEnd(bytes, at, end))
      return end
    }
    const close = closingQuote(bytes, at + 1, to)
    if (close < 0) return -1
    takeQuoted(bytes, at + 1, close, role)
    const end = boundedEnd(bytes, close + 1, to)
    if (textEnd(bytes, close + 1, end) > close + 1) {
      intake.bad('text after a closing quote', sample(bytes, at, to))
    }
    return end
  }

  const boundedEnd = (bytes: Buffer, from: number, to: number): number => {
    let at = from
    while (at < to && bytes[at] !== separator && bytes[at] !== NEWLINE) at++
    return at
  }

  /** One record that may have quotes; returns the place after its newline, or -1 where it is not complete. */
  const scanQuoted = (bytes: Buffer, from: number, to: number, last: boolean): number => {
    record += 1
    intake.next()
    let at = from
    for (let column = 0; ; column++) {
      const role = column < columns ? (byColumn[column] as number) : SKIP
      const end = takeField(role, bytes, at, to)
      if (end < 0 || (end >= to && !last)) {
        record -= 1
        return -1
      }
      if (end >= to || bytes[end] === NEWLINE) {
        width = column + 1
        finishRow(bytes, from, end)
        return Math.min(end + 1, to)
      }
      at = end + 1
    }
  }

  const takeQuoted = (bytes: Buffer, start: number, end: number, role: number) => {
    if (role === SKIP) return
    const inner = bytes.indexOf(QUOTE, start)
    if (inner < 0 || inner >= end) return intake.field(role, bytes, start, end)
    const text = Buffer.from(bytes.toString('utf8', start, end).replaceAll('""', '"'))
    intake.field(role, text, 0, text.length)
  }

  /** A quote that never closes: give up on its line only. */
  const dropLine = (bytes: Buffer, at: number, to: number): number => {
    record += 1
    intake.next()
    intake.bad('a quote that is never closed', sample(bytes, at, to))
    intake.commit(record)
    return boundedNewline(bytes, at, to)
  }

  const scanNext = (bytes: Buffer, at: number, to: number, last: boolean): number => {
    const quote = bytes.indexOf(QUOTE, at)
    const plainTo = quote < 0 || quote >= to ? to : quote
    // Everything up to the last newline before the next quote is plain.
    const line = plainTo > at ? bytes.lastIndexOf(NEWLINE, plainTo - 1) : -1
    if (line >= at) {
      scanPlain(bytes, at, line + 1)
      return line + 1
    }
    if (plainTo === to && !last) return -1
    const next = scanQuoted(bytes, at, to, last)
    return next < 0 && last ? dropLine(bytes, at, to) : next
  }

  intake.begin()
  intake.shape(roles)
  return (bytes, from, to, last) => {
    let at = from
    while (at < to) {
      const next = scanNext(bytes, at, to, last)
      if (next < 0) return at
      at = next
    }
    return at
  }
}

const sample = (bytes: Buffer, start: number, to: number): string =>
  bytes.toString('utf8', start, Math.min(to, start + 80))

function boundedNewline(bytes: Buffer, from: number, to: number): number {
  const newline = bytes.indexOf(NEWLINE, from)
  return newline < 0 || newline >= to ? to : newline + 1
}

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

/** Splits the header line: names, the separator, and where the first row starts; null where it is not complete. */
export function readHeader(
  bytes: Buffer,
  from: number,
  to: number,
): { readonly names: readonly string[]; readonly separator: number; readonly end: number } | null {
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
    if (end >= to || bytes[end] === NEWLINE) return { names, separator, end: Math.min(end + 1, to) }
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
