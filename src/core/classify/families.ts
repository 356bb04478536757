import { type Lexed, STOP, WORD } from './lex.ts'

/** Rows of the weight table. A power of two, so that a hash is folded by a mask. */
export const BUCKETS = 1 << 16

/** No family has more. */
const MOST = 8192

/**
 * Scratch space, kept between calls because a set of hundreds of numbers made anew six times a prompt was half of the
 * time. Every list has a stamp of its own, so nothing leaks from one to the next. It is in this file, and not in one of its
 * own, because a call across files costs as much again where the sources run unbundled.
 */
const stamps = new Uint32Array(BUCKETS)
const found = new Uint16Array(MOST)
let stamp = 0
let salt = 0
let count = 0

/** Begins a list of distinct buckets. `family` keeps the same word apart in two families. */
function open(family: number): void {
  stamp = (stamp + 1) >>> 0
  if (stamp === 0) {
    stamps.fill(0)
    stamp = 1
  }
  salt = Math.imul(family + 1, 0x11111111)
  count = 0
}

function add(hash: number): void {
  let h = hash ^ salt
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  const bucket = (h ^ (h >>> 16)) & (BUCKETS - 1)
  if (stamps[bucket] === stamp || count === MOST) return
  stamps[bucket] = stamp
  found[count++] = bucket
}

/** The list, in the order of finding. */
const close = (): Uint16Array => found.slice(0, count)

/** Families of hashed features; each is scaled by the root of its own count, so that length alone says nothing. */
export const FAMILIES = ['words', 'pairs', 'letters', 'head', 'tail', 'starts'] as const

/** Bucket numbers by family, in the order of FAMILIES; no bucket twice in one family. */
export const hashedOf = (lexed: Lexed): readonly Uint16Array[] => [
  words(lexed),
  pairs(lexed),
  letters(lexed),
  head(lexed),
  tail(lexed),
  starts(lexed),
]

const join = (a: number, b: number): number => Math.imul(a, 31) + b

/** Words past this one are those of pasted material, and add time rather than knowledge. */
const MOST_WORDS = 500
const MOST_PAIRS = 250

function words({ count, hashes }: Lexed): Uint16Array {
  open(0)
  const end = Math.min(count, MOST_WORDS)
  for (let at = 0; at < end; at++) add(hashes[at] ?? 0)
  return close()
}

function pairs({ count, hashes }: Lexed): Uint16Array {
  open(1)
  const end = Math.min(count, MOST_PAIRS)
  for (let at = 1; at < end; at++) add(join(hashes[at - 1] ?? 0, hashes[at] ?? 0))
  return close()
}

const LATIN_REACH = 240
const DENSE_REACH = 700

/** Runs of letters: four in Latin script, which survive typing errors; three to six elsewhere, where words have no gaps. */
function letters({ codes, length }: Lexed): Uint16Array {
  open(2)
  const end = Math.min(length, DENSE_REACH)
  const late = Math.max(LATIN_REACH, length - LATIN_REACH)
  for (let at = 0; at < end; at++) {
    const code = codes[at] ?? 0
    if (code >= 0x250) runs(codes, at)
    else if (at < LATIN_REACH || at > late) add(run(codes, at, 4))
  }
  for (let at = Math.max(end, length - LATIN_REACH); at < length - 3; at++) {
    add(run(codes, at, (codes[at] ?? 0) < 0x250 ? 4 : 5))
  }
  return close()
}

const run = (codes: Uint16Array, from: number, length: number): number =>
  chain(codes, from, from + length, 0x811c9dc5) ^ length

/** A hash carried on over the characters from one place to another. */
function chain(codes: Uint16Array, from: number, to: number, before: number): number {
  let hash = before
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ (codes[at] ?? 0), 0x01000193)
  return hash
}

/** The runs of three, four and six characters that begin here. */
function runs(codes: Uint16Array, at: number): void {
  const third = chain(codes, at, at + 3, 0x811c9dc5)
  const fourth = chain(codes, at + 3, at + 4, third)
  const sixth = chain(codes, at + 4, at + 6, fourth)
  add(third ^ 3)
  add(fourth ^ 4)
  add(sixth ^ 6)
}

const FIRST = 10
const LAST = 14
const UNSPACED = 36

/** How it begins: the first words by place, the first dozen as a set, and the first letters of unspaced scripts. */
function head({ count, kinds, hashes, codes, length }: Lexed): Uint16Array {
  open(3)
  let path = 0
  let seen = 0
  for (let at = 0; at < count && seen < FIRST; at++) {
    if ((kinds[at] ?? 0) > 1) continue
    const hash = hashes[at] ?? 0
    if (seen < 3) {
      path = join(path, hash)
      add(path)
    }
    add(hash ^ 0x55)
    seen += 1
  }
  unspaced(codes, 0, Math.min(UNSPACED, length))
  return close()
}

/** How it ends, where the question of a long prompt stands. */
function tail({ count, hashes, codes, length }: Lexed): Uint16Array {
  open(4)
  for (let at = Math.max(0, count - LAST); at < count; at++) add(hashes[at] ?? 0)
  unspaced(codes, Math.max(0, length - UNSPACED), length)
  return close()
}

function unspaced(codes: Uint16Array, from: number, to: number): void {
  for (let at = from; at < to; at++) {
    if ((codes[at] ?? 0) >= 0x0e00) {
      add(run(codes, at, 3))
      add(run(codes, at, 5))
    }
  }
}

/** The first two words of every sentence: an order stands there. */
function starts({ count, kinds, hashes }: Lexed): Uint16Array {
  open(5)
  let fresh = true
  const end = Math.min(count, MOST_WORDS)
  for (let at = 0; at < end; at++) {
    const kind = kinds[at] ?? WORD
    if (kind > 1) {
      fresh = fresh || kind === STOP
      continue
    }
    if (fresh) {
      const hash = hashes[at] ?? 0
      add(hash)
      add(join(hash, at + 1 < count ? (hashes[at + 1] ?? 0) : 0))
    }
    fresh = false
  }
  return close()
}
