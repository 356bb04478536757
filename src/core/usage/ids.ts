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
   * @returns the group the id's earlier record had added to, whose values are then in `replaced`; -1 for a new id.
   */
  readonly put: (high: number, low: number, group: number, values: Float64Array) => number
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
/** Longest record: 3 bytes, a mask of 3, a group of 5, 17 measures of 8. */
const LONGEST = 160

/** Slots count bytes in 32 bits: 4 GB of records, some 200 million ids. */
const MAX_CHUNKS = 4096

const tooMany = (): OrxError =>
  new OrxError(
    'BAD_INPUT',
    'more than about 200 million request ids in one run',
    'Split the log by month, or print the same calculation as SQL: orx usage --print-sql duckdb',
  )

/** Slots hold where a record lies plus one, so that 0 is an empty slot, beside the lower half of its hash. */
type Part = { places: Uint32Array; lows: Uint32Array; used: number }

export function createIds(): Ids {
  // The part takes 8 bits of the hash, the slot 32, the record the rest: nothing is stored twice.
  const parts: Part[] = Array.from({ length: PARTS }, () => emptyPart(FIRST_SLOTS))
  const arena = createArena()
  const replaced = new Float64Array(MEASURES)
  const scratch = new Uint8Array(LONGEST)
  let count = 0

  const put = (high: number, low: number, group: number, values: Float64Array): number => {
    const part = parts[high >>> 24] as Part
    const length = encode(scratch, high, group, values)
    const { places, lows } = part
    let at = slotOf(low, places.length)
    for (let place = places[at] as number; place !== 0; place = places[at] as number) {
      if (lows[at] === low && arena.holds(place - 1, scratch)) {
        const before = arena.read(place - 1, replaced)
        places[at] = arena.replace(place - 1, scratch, length) + 1
        return before
      }
      if (++at === places.length) at = 0
    }
    lows[at] = low
    places[at] = arena.store(scratch, length) + 1
    count += 1
    part.used += 1
    if (part.used > places.length * FULL) grow(part)
    return -1
  }

  return {
    put,
    replaced,
    size: () => count,
    bytes: () => arena.bytes() + parts.reduce((sum, { places }) => sum + places.length * 8, 0),
  }
}

const emptyPart = (slots: number): Part => ({
  places: new Uint32Array(slots),
  lows: new Uint32Array(slots),
  used: 0,
})

/** Position by multiplication instead of a mask, since sizes are no powers of two: tables grow by a third, not to double. */
const slotOf = (low: number, slots: number): number => Math.floor((low / 4294967296) * slots)

function grow(part: Part): void {
  const { places, lows } = part
  const size = Math.ceil(places.length * GROWTH)
  part.places = new Uint32Array(size)
  part.lows = new Uint32Array(size)
  for (let from = 0; from < places.length; from++) {
    const place = places[from] as number
    if (place === 0) continue
    const low = lows[from] as number
    let at = slotOf(low, size)
    while (part.places[at] !== 0) if (++at === size) at = 0
    part.lows[at] = low
    part.places[at] = place
  }
}

/** Records in chunks that never move: growing copies nothing. Freed places are used again by records of their length. */
function createArena() {
  const chunks: Uint8Array[] = []
  const free: number[][] = []
  let next = 0
  let end = 0

  const chunkOf = (record: number): Uint8Array => chunks[record >>> 20] as Uint8Array

  const store = (source: Uint8Array, length: number): number => {
    let record = free[length]?.pop()
    if (record === undefined) {
      if (next + length > end) {
        if (chunks.length === MAX_CHUNKS) throw tooMany()
        chunks.push(new Uint8Array(CHUNK))
        next = (chunks.length - 1) * CHUNK
        end = next + CHUNK
      }
      record = next
      next += length
    }
    write(record, source, length)
    return record
  }

  const write = (record: number, source: Uint8Array, length: number): void => {
    const chunk = chunkOf(record)
    const offset = record & (CHUNK - 1)
    for (let at = 0; at < length; at++) chunk[offset + at] = source[at] as number
  }

  return {
    store,
    replace: (record: number, source: Uint8Array, length: number): number => {
      const before = lengthOf(chunkOf(record), record & (CHUNK - 1))
      if (before === length) {
        write(record, source, length)
        return record
      }
      const freed = free[before]
      if (freed) freed.push(record)
      else free[before] = [record]
      return store(source, length)
    },
    holds: (record: number, source: Uint8Array): boolean => {
      const chunk = chunkOf(record)
      const offset = record & (CHUNK - 1)
      for (let at = 0; at < FINGERPRINT; at++) if (chunk[offset + at] !== source[at]) return false
      return true
    },
    read: (record: number, into: Float64Array): number =>
      decode(chunkOf(record), record & (CHUNK - 1), into),
    bytes: (): number =>
      chunks.length * CHUNK + free.reduce((sum, { length }) => sum + length * 8, 0),
  }
}

/** What most records have is not written: one request, with a charge where there is one. */
const usual = (each: number, values: Float64Array): number =>
  each === REQUESTS || (each === REPORTED && (values[COST] !== 0 || values[COST_FINE] !== 0))
    ? 1
    : 0

function encode(into: Uint8Array, high: number, group: number, values: Float64Array): number {
  into[0] = high
  into[1] = high >>> 8
  into[2] = high >>> 16
  let mask = 0
  for (let each = 0; each < WIDTH; each++)
    if (values[each] !== usual(each, values)) mask |= 1 << each
  let at = writeNumber(into, FINGERPRINT, mask)
  at = writeNumber(into, at, group)
  for (let each = 0; mask !== 0; each++, mask >>>= 1) {
    if (mask & 1) at = writeNumber(into, at, zigzag((values[each] as number) - usual(each, values)))
  }
  return at
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

function writeNumber(into: Uint8Array, at: number, value: number): number {
  let rest = value
  let next = at
  while (rest >= 128) {
    into[next++] = (rest % 128) | 128
    rest = Math.floor(rest / 128)
  }
  into[next++] = rest
  return next
}

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
