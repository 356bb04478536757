const START = 256
const GUESSES = 1024
const NEWLINE = 10

/** Authors share their first letters, so the bytes are taken from further on; beyond a short text lies the next field. */
const guessAt = (bytes: Uint8Array, start: number): number =>
  ((bytes[start + 3] as number) * 31 +
    (bytes[start + 9] as number) * 7 +
    (bytes[start + 13] as number) * 131 +
    (bytes[start + 17] as number) * 17) &
  (GUESSES - 1)

/** Texts given as bytes, each numbered in order of first appearance. Compares whole texts, never hashes alone. */
export type Words = {
  /** @param hash any function of the bytes, the same for equal bytes */
  readonly indexOf: (bytes: Uint8Array, start: number, end: number, hash: number) => number
  /**
   * The text that starts at `start` and is followed by one of two ends, if it is one seen lately; -1 otherwise. Cheaper
   * than finding its end first: a guess from four bytes, then compared in full.
   */
  readonly guess: (bytes: Uint8Array, start: number, separator: number) => number
  readonly lengthOf: (index: number) => number
  readonly of: (text: string) => number
  readonly all: () => readonly string[]
}

export function createWords(): Words {
  let table = new Int32Array(START).fill(-1)
  let hashes = new Int32Array(START)
  const texts: string[] = []
  const stored: Uint8Array[] = []

  const indexOf = (bytes: Uint8Array, start: number, end: number, hash: number): number => {
    const mask = table.length - 1
    for (let at = spread(hash) & mask; ; at = (at + 1) & mask) {
      const index = table[at] ?? -1
      if (index < 0) return insert(Uint8Array.from(bytes.subarray(start, end)), hash)
      if (hashes[index] === hash && same(stored[index], bytes, start, end)) {
        guesses[guessAt(bytes, start)] = index
        return index
      }
    }
  }

  const guesses = new Int32Array(GUESSES).fill(-1)
  const guess = (bytes: Uint8Array, start: number, separator: number): number => {
    const index = guesses[guessAt(bytes, start)] as number
    if (index < 0) return -1
    const text = stored[index] as Uint8Array
    const { length } = text
    for (let at = 0; at < length; at++) if (text[at] !== bytes[start + at]) return -1
    const after = bytes[start + length] as number
    return after === separator || after === NEWLINE ? index : -1
  }

  const insert = (bytes: Uint8Array, hash: number): number => {
    const index = stored.length
    stored.push(bytes)
    texts.push(textOf(bytes))
    if (index >= hashes.length / 2) grow()
    hashes[index] = hash
    place(index)
    return index
  }

  const place = (index: number) => {
    const mask = table.length - 1
    let at = spread(hashes[index] ?? 0) & mask
    while ((table[at] ?? -1) >= 0) at = (at + 1) & mask
    table[at] = index
  }

  const grow = () => {
    const wider = new Int32Array(hashes.length * 2)
    wider.set(hashes)
    hashes = wider
    table = new Int32Array(table.length * 2).fill(-1)
    for (let index = 0; index < stored.length - 1; index++) place(index)
  }

  return {
    indexOf,
    guess,
    lengthOf: (index) => (stored[index] as Uint8Array).length,
    of: (text) => {
      const bytes = new TextEncoder().encode(text)
      return indexOf(bytes, 0, bytes.length, hashOf(bytes, 0, bytes.length))
    },
    all: () => texts,
  }
}

/** FNV-1a over bytes; scanners compute the same on their way through a field. */
export const HASH_SEED = 0x811c9dc5 | 0
export const HASH_FACTOR = 0x01000193

export function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = HASH_SEED
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), HASH_FACTOR)
  return hash
}

/** A decoder takes 30 ms to start; names of models are nearly always ASCII. */
const textOf = (bytes: Uint8Array): string =>
  bytes.every((byte) => byte < 128)
    ? String.fromCharCode(...bytes)
    : new TextDecoder().decode(bytes)

const spread = (hash: number): number => hash ^ (hash >>> 15)

function same(
  stored: Uint8Array | undefined,
  bytes: Uint8Array,
  start: number,
  end: number,
): boolean {
  if (stored === undefined || stored.length !== end - start) return false
  for (let at = 0; at < stored.length; at++) if (stored[at] !== bytes[start + at]) return false
  return true
}
