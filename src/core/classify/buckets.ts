/** Rows of the weight table. A power of two, so that a hash is folded by a mask. */
export const BUCKETS = 1 << 16

/** No family has more. */
const MOST = 8192

/**
 * Scratch space, kept between calls because a set of hundreds of numbers made anew six times a prompt was half of the
 * time. Every list has a stamp of its own, so nothing leaks from one to the next.
 */
const stamps = new Uint32Array(BUCKETS)
const found = new Uint16Array(MOST)
let stamp = 0
let salt = 0
let count = 0

/** Begins a list of distinct buckets. `family` keeps the same word apart in two families. */
export function open(family: number): void {
  stamp = (stamp + 1) >>> 0
  if (stamp === 0) {
    stamps.fill(0)
    stamp = 1
  }
  salt = Math.imul(family + 1, 0x11111111)
  count = 0
}

export function add(hash: number): void {
  let h = hash ^ salt
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  const bucket = (h ^ (h >>> 16)) & (BUCKETS - 1)
  if (stamps[bucket] === stamp || count === MOST) return
  stamps[bucket] = stamp
  found[count++] = bucket
}

/** The list, in the order of finding. */
export const close = (): Uint16Array => found.slice(0, count)
