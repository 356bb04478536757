import { OrxError } from '../errors.ts'
import { MEASURE, MEASURES } from './measures.ts'

/**
 * Request ids with what each last added, so that a later record of the same id can take the earlier one's place.
 * An id takes 25 to 31 bytes: a slot of 8 at 60 to 80 % load, and a record of 3 bytes of fingerprint and the numbers as
 * variable-length integers (docs/decisions/0070). Ids themselves are not kept: 64 bits of a hash are compared, so that
 * among ten million ids the odds of one false match are below one in 300,000.
 */
export type Ids = {
  /**
   * Remembers that this id adds `values` to `group`.
   * @param isSimple whether the record is one request, of which only input, output and charge are set
   * @returns the group the id's earlier record had added to, whose values are then in `replaced`; -1 for a new id.
   */
  readonly put: (
    high: number,
    low: number,
    group: number,
    values: Float64Array,
    isSimple?: boolean,
  ) => number
  readonly replaced: Float64Array
  readonly size: () => number
  /** Bytes held, all included. */
  readonly bytes: () => number
}

// A copy: the built program is split in files, and a constant of another file is looked up at each use.
const WIDTH: number = MEASURES
const { cost: COST, costFine: COST_FINE, requests: REQUESTS, reported: REPORTED } = MEASURE

const PARTS = 256
const FULL = 0.8
const GROWTH = 1.33
const FIRST_SLOTS = 16
const FINGERPRINT = 3
const CHUNK = 1 << 20
/** More than the longest record: 3 bytes, a mask of 3, a group of 5, 17 measures of 8. */
const LONGEST = 160

/** Slots count bytes in 32 bits: 4 GB of records, some 200 million ids. */
const MAX_CHUNKS = 4096

const tooMany = (): OrxError =>
  new OrxError(
    'BAD_INPUT',
    'more than about 200 million request ids in one run',
    'Split the log by month, or print the same calculation as SQL: orx usage --print-sql duckdb',
  )

/** Slots are pairs: where a record lies plus one, so that 0 is an empty slot, and the lower half of its hash. */
type Part = { pairs: Uint32Array; used: number }

export function createIds(): Ids {
  // The part takes 8 bits of the hash, the slot 32, the record the rest: nothing is stored twice.
  const parts: Part[] = Array.from({ length: PARTS }, () => emptyPart(FIRST_SLOTS))
  const arena = createArena()
  const replaced = new Float64Array(MEASURES)
  let count = 0

  const put: Ids['put'] = (high, low, group, values, isSimple = false) => {
    const part = parts[high >>> 24] as Part
    const draft = arena.draft()
    const length = encode(draft.chunk, draft.offset, high, group, values, isSimple)
    const { pairs } = part
    let at = pairOf(low, pairs.length)
    for (let place = pairs[at] as number; place !== 0; place = pairs[at] as number) {
      if (pairs[at + 1] === low && arena.holds(place - 1)) {
        const before = arena.read(place - 1, replaced)
        pairs[at] = arena.replace(place - 1, length) + 1
        return before
      }
      at += 2
      if (at === pairs.length) at = 0
    }
    pairs[at] = arena.store(length) + 1
    pairs[at + 1] = low
    count += 1
    part.used += 1
    if (part.used * 2 > pairs.length * FULL) grow(part)
    return -1
  }

  return {
    put,
    replaced,
    size: () => count,
    bytes: () => arena.bytes() + parts.reduce((sum, { pairs }) => sum + pairs.byteLength, 0),
  }
}

const emptyPart = (slots: number): Part => ({ pairs: new Uint32Array(slots * 2), used: 0 })

/**
 * Position by multiplication instead of a mask, since sizes are no powers of two: tables grow by a third, not to double.
 * Small tables take the upper 16 bits, which needs no floats.
 */
const pairOf = (low: number, length: number): number =>
  length <= 32_768
    ? (Math.imul(low >>> 16, length >>> 1) >>> 16) * 2
    : Math.floor((low / 4294967296) * (length >>> 1)) * 2

function grow(part: Part): void {
  const { pairs } = part
  const wider = new Uint32Array(Math.ceil((pairs.length / 2) * GROWTH) * 2)
  const { length } = wider
  for (let from = 0; from < pairs.length; from += 2) {
    const place = pairs[from] as number
    if (place === 0) continue
    const low = pairs[from + 1] as number
    let at = pairOf(low, length)
    while (wider[at] !== 0) {
      at += 2
      if (at === length) at = 0
    }
    wider[at] = place
    wider[at + 1] = low
  }
  part.pairs = wider
}

/**
 * Records in chunks that never move: growing copies nothing. A record is drafted behind the last one and stays there, or goes
 * to a freed place of its length.
 */
function createArena() {
  const chunks: Uint8Array[] = [new Uint8Array(CHUNK)]
  const free: number[][] = Array.from({ length: LONGEST }, () => [])
  const draft = { chunk: chunks[0] as Uint8Array, offset: 0 }
  let freed = 0

  const chunkOf = (record: number): Uint8Array => chunks[record >>> 20] as Uint8Array

  const store = (length: number): number => {
    const record = freed === 0 ? undefined : free[length]?.pop()
    if (record !== undefined) {
      freed -= 1
      write(record, length)
      return record
    }
    const place = (chunks.length - 1) * CHUNK + draft.offset
    draft.offset += length
    return place
  }

  const write = (record: number, length: number): void => {
    const { chunk, offset } = draft
    chunkOf(record).set(chunk.subarray(offset, offset + length), record & (CHUNK - 1))
  }

  return {
    store,
    /** Room for a record of any length. */
    draft: () => {
      if (draft.offset + LONGEST <= CHUNK) return draft
      if (chunks.length === MAX_CHUNKS) throw tooMany()
      draft.chunk = new Uint8Array(CHUNK)
      draft.offset = 0
      chunks.push(draft.chunk)
      return draft
    },
    replace: (record: number, length: number): number => {
      const before = lengthOf(chunkOf(record), record & (CHUNK - 1))
      if (before === length) {
        write(record, length)
        return record
      }
      free[before]?.push(record)
      freed += 1
      return store(length)
    },
    /** Whether a record has the fingerprint of the draft. */
    holds: (record: number): boolean => {
      const chunk = chunkOf(record)
      const offset = record & (CHUNK - 1)
      for (let at = 0; at < FINGERPRINT; at++)
        if (chunk[offset + at] !== draft.chunk[draft.offset + at]) return false
      return true
    },
    read: (record: number, into: Float64Array): number =>
      decode(chunkOf(record), record & (CHUNK - 1), into),
    bytes: (): number => chunks.length * CHUNK + freed * 8,
  }
}

/** What most records have is not written: one request, with a charge where there is one. */
const usual = (each: number, values: Float64Array): number =>
  each === REQUESTS || (each === REPORTED && (values[COST] !== 0 || values[COST_FINE] !== 0))
    ? 1
    : 0

/** A simple record: one request with a charge and nothing but tokens. Its other measures are not looked at. */
const SIMPLE = 3

function maskOf(values: Float64Array, isSimple: boolean): number {
  const last = isSimple && values[COST] !== 0 ? SIMPLE : WIDTH
  let mask = 0
  for (let each = 0; each < last; each++)
    if (values[each] !== usual(each, values)) mask |= 1 << each
  return mask
}

function encode(
  into: Uint8Array,
  offset: number,
  high: number,
  group: number,
  values: Float64Array,
  isSimple: boolean,
): number {
  into[offset] = high
  into[offset + 1] = high >>> 8
  into[offset + 2] = high >>> 16
  let mask = maskOf(values, isSimple)
  let at = writeNumber(into, offset + FINGERPRINT, mask)
  at = writeNumber(into, at, group)
  for (let each = 0; mask !== 0; each++, mask >>>= 1) {
    if (mask & 1) at = writeNumber(into, at, zigzag((values[each] as number) - usual(each, values)))
  }
  return at - offset
}

let readAt = 0

function decode(from: Uint8Array, offset: number, into: Float64Array): number {
  let mask = readNumber(from, offset + FINGERPRINT)
  const group = readNumber(from, readAt)
  // In order: what is usual of later measures depends on earlier ones.
  for (let each = 0; each < WIDTH; each++, mask >>>= 1) {
    into[each] = usual(each, into) + (mask & 1 ? unzigzag(readNumber(from, readAt)) : 0)
  }
  return group
}

const lengthScratch = new Float64Array(MEASURES)
function lengthOf(from: Uint8Array, offset: number): number {
  decode(from, offset, lengthScratch)
  return readAt - offset
}

const zigzag = (value: number): number => (value >= 0 ? value * 2 : -value * 2 - 1)
const unzigzag = (value: number): number => (value % 2 === 0 ? value / 2 : -(value + 1) / 2)

/** Seven bits a byte, the lowest first; 28 bits at a time, since shifts know 32. */
function writeNumber(into: Uint8Array, at: number, value: number): number {
  let rest = value
  let next = at
  while (rest >= PART) {
    const upper = Math.floor(rest / PART)
    const lower = rest - upper * PART
    into[next] = lower | 128
    into[next + 1] = (lower >>> 7) | 128
    into[next + 2] = (lower >>> 14) | 128
    into[next + 3] = (lower >>> 21) | 128
    next += 4
    rest = upper
  }
  let bits = rest | 0
  while (bits >= 128) {
    into[next++] = bits | 128
    bits >>>= 7
  }
  into[next++] = bits
  return next
}

const PART = 2 ** 28

function readNumber(from: Uint8Array, at: number): number {
  let value = 0
  let factor = 1
  let next = at
  for (;;) {
    const byte = from[next++] ?? 0
    value += (byte & 127) * factor
    if (byte < 128) break
    factor *= 128
  }
  readAt = next
  return value
}
