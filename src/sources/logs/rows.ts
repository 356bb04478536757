import { fingerprint } from '../../core/usage/fingerprint.ts'
import { FACTOR, stirred, type Words } from '../../core/usage/words.ts'
import { afterSeconds, createDays, minuteAt, slotOfDay } from './digits.ts'
import { KIND, type Template } from './template.ts'

/** Numbers of rows, one row after the other; what each is says the template. */
export type Batch = { readonly cells: Float64Array; rows: number }

/**
 * Reads rows that fit the template from `from` on, up to `to` or as many as a batch holds, and returns where it stopped: at
 * `to`, or at the start of a row that does not fit, or behind the last row that does. bytes[to - 1] is a newline.
 */
export type Rows = (bytes: Buffer, view: DataView, from: number, to: number, batch: Batch) => number

const BATCH = 1024
/** Bytes behind `to` that the loop may look at. */
export const SLACK = 64

export const createBatch = (template: Template): Batch => ({
  cells: new Float64Array(BATCH * template.width),
  rows: 0,
})

// Copies: a constant of another module is looked up at each use.
const { count: COUNT, money: MONEY, word: WORD, time: TIME, id: ID } = KIND
const { skip: SKIP, skipText: SKIP_TEXT } = KIND
const SPREAD: number = FACTOR
const NEWLINE = 10
const SPACE = 32
const QUOTE = 34
const POINT = 46
const ZERO = 48
const NINE = 57
const BRACKET = 91
const LESS = 60
const BACKSLASH = 92
const BRACE = 123
const HIGH_BITS = 0x80808080 | 0
/** Most digits that a float holds exactly. */
const DIGITS = 15
/** Decimals of an amount that are read here; it leaves in units of 1e-12 dollars, below 4000 dollars. */
const PLACES = 12
const TENS = Float64Array.from({ length: PLACES + 1 }, (_, at) => 10 ** at)
const MOST_MONEY = 4e15
/** A zero that the engine takes for a float from the start; amounts soon are more than its small integers hold. */
const FLOAT = new Float64Array(1)

/** Rows, and what they learn: words and days that were not met before. */
export type Reader = {
  readonly rows: Rows
  /** Learns what the last call of `rows` stopped at; false where it was something else. */
  readonly learn: (bytes: Buffer) => boolean
}

/**
 * The one loop that nearly all bytes of nearly all logs go through. It takes only the plainest spelling of everything and
 * stops at any other, which `Intake` then reads. It is one function on purpose: a call a field costs a third of the time. And
 * whatever is rare is done outside of it: a path that it has not taken before makes the engine compile all of it again.
 */
export function createReader(template: Template, words: Words): Reader {
  const { fields, literals } = template
  const count = fields.length
  const kinds = Uint8Array.from(fields, ({ kind }) => kind)
  const [lead = new Uint8Array(0), ...after] = literals
  const stops = Uint8Array.from(after, ([first = 0]) => first)
  const rest = after.map((literal) => literal.subarray(1))
  const restAt = Int32Array.from(rest, (_, at) =>
    rest.slice(0, at).reduce((sum, { length }) => sum + length, 0),
  )
  const restLength = Int32Array.from(rest, ({ length }) => length)
  const glue = viewOf(Uint8Array.from(rest.flatMap((literal) => [...literal])))
  const leading = viewOf(lead)
  const days = createDays()
  const { table, learnDay } = days
  const trusted = createTrusted()
  const halves = new Int32Array(2)
  /** Where the last unknown time or word starts, and where that word ends; -1 for none. */
  let timeAt = -1
  let wordAt = -1
  let wordEnd = -1

  // biome-ignore lint/complexity/noExcessiveCognitiveComplexity: measured, see above.
  const rows: Rows = (bytes, view, from, to, batch) => {
    const { cells } = batch
    timeAt = -1
    wordAt = -1
    let row = 0
    let cell = 0
    let start = from
    // The time read last, its first 16 bytes: "2026-10-01 12:34".
    let time0 = -1
    let time1 = -1
    let time2 = -1
    let time3 = -1
    let day = 0
    let minute = 0
    lines: while (start < to && row < BATCH) {
      let at = start
      if (lead.length > 0) {
        if (!isAt(view, at, leading, 0, lead.length)) break
        at += lead.length
      }
      for (let field = 0; field < count; field++) {
        const kind = kinds[field] as number
        const stop = stops[field] as number
        let byte = bytes[at] as number
        if (kind === COUNT) {
          const first = at
          let value = 0
          while (byte >= ZERO && byte <= NINE) {
            value = value * 10 + byte - ZERO
            byte = bytes[++at] as number
          }
          if (at === first || at - first > DIGITS) break lines
          cells[cell++] = value
        } else if (kind === WORD) {
          const first = at
          let hash = 0
          let four = view.getInt32(at, true)
          let ends = zeroes(four ^ (stop * 0x01010101))
          while (ends === 0 && at < to) {
            hash = Math.imul(hash ^ four, SPREAD)
            at += 4
            four = view.getInt32(at, true)
            ends = zeroes(four ^ (stop * 0x01010101))
          }
          if (ends === 0) break lines
          const bits = 24 - Math.clz32(ends & -ends)
          at += bits >>> 3
          hash = stirred(Math.imul(hash ^ (four & ((1 << bits) - 1)), SPREAD))
          const word = words.find(view, first, at, hash)
          if (word < 0 || !trusted.has(word)) {
            wordAt = first
            wordEnd = at
            break lines
          }
          cells[cell++] = word
          byte = stop
        } else if (kind === MONEY) {
          const first = at
          let units = FLOAT[0] as number
          let places = 0
          while (byte >= ZERO && byte <= NINE) {
            units = units * 10 + byte - ZERO
            byte = bytes[++at] as number
          }
          if (at === first) break lines
          if (byte === POINT) {
            const point = at
            byte = bytes[++at] as number
            while (byte >= ZERO && byte <= NINE) {
              units = units * 10 + byte - ZERO
              byte = bytes[++at] as number
            }
            places = at - point - 1
          }
          if (places > PLACES || at - first > DIGITS + 1) break lines
          units *= TENS[PLACES - places] as number
          if (units >= MOST_MONEY) break lines
          cells[cell++] = units
        } else if (kind === TIME) {
          const now0 = view.getInt32(at, true)
          const now1 = view.getInt32(at + 4, true)
          const now2 = view.getInt32(at + 8, true)
          const now3 = view.getInt32(at + 12, true)
          if (((now0 ^ time0) | (now1 ^ time1) | (now2 ^ time2) | (now3 ^ time3)) !== 0) {
            const slot = slotOfDay(now0, now1, now2)
            if (
              table[slot] !== now0 ||
              table[slot + 1] !== now1 ||
              table[slot + 2] !== (now2 & 0xffff)
            ) {
              timeAt = at
              break lines
            }
            day = table[slot + 3] as number
            minute = minuteAt(bytes, at + 10)
            if (minute < 0) break lines
            time0 = now0
            time1 = now1
            time2 = now2
            time3 = now3
          }
          at = afterSeconds(bytes, at + 16)
          byte = bytes[at] as number
          cells[cell++] = day
          cells[cell++] = minute
        } else if (kind === ID) {
          const first = at
          while (byte !== stop && byte > SPACE && byte !== BACKSLASH) byte = bytes[++at] as number
          if (at === first) break lines
          halves[0] = 0
          halves[1] = 0
          fingerprint(view, first, at, halves)
          cells[cell++] = halves[0] as number
          cells[cell++] = halves[1] as number
        } else if (kind === SKIP) {
          while (byte !== stop && byte !== NEWLINE) byte = bytes[++at] as number
        } else if (kind === SKIP_TEXT) {
          while (byte !== stop && byte >= SPACE && byte !== BACKSLASH) byte = bytes[++at] as number
        } else {
          if (byte === QUOTE || byte === BRACE || byte === BRACKET) break lines
          while (byte !== stop && byte > SPACE) byte = bytes[++at] as number
        }
        if (byte !== stop) break lines
        at += 1
        const length = restLength[field] as number
        if (length > 0) {
          if (!isAt(view, at, glue, restAt[field] as number, length)) break lines
          at += length
        }
      }
      row += 1
      cells[cell++] = 0
      start = at
    }
    batch.rows = row
    return start
  }

  const learn = (bytes: Buffer): boolean => {
    if (timeAt >= 0) return learnDay(bytes, timeAt)
    if (wordAt < 0 || !isPlainWord(bytes, wordAt, wordEnd)) return false
    trusted.add(words.indexOf(bytes, wordAt, wordEnd))
    return true
  }

  return { rows, learn }
}

/** The high bit of each byte that is zero, certain up to and with the first one. */
const zeroes = (four: number): number => (four - 0x01010101) & ~four & HIGH_BITS

/** Numbers of words that have no byte in them that would have to be looked at. */
function createTrusted(): { has: (word: number) => boolean; add: (word: number) => void } {
  let flags = new Uint8Array(256)
  return {
    has: (word) => flags[word] === 1,
    add: (word) => {
      if (word >= flags.length) {
        const wider = new Uint8Array(word * 2)
        wider.set(flags)
        flags = wider
      }
      flags[word] = 1
    },
  }
}

/** Without escapes, quotes and control characters, and no "<synthetic>". */
function isPlainWord(bytes: Uint8Array, start: number, end: number): boolean {
  if (end === start || bytes[start] === LESS) return false
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number
    if (byte < SPACE || byte === QUOTE || byte === BACKSLASH) return false
  }
  return true
}

function isAt(view: DataView, at: number, glue: DataView, from: number, length: number): boolean {
  let done = 0
  for (; done + 4 <= length; done += 4)
    if (view.getInt32(at + done, true) !== glue.getInt32(from + done, true)) return false
  for (; done < length; done++)
    if (view.getUint8(at + done) !== glue.getUint8(from + done)) return false
  return true
}

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
