const START = 256

/** Texts given as bytes, each numbered in order of first appearance. Compares whole texts, never hashes alone. */
export type Words = {
  /**
   * The number of a text, given as its bytes and their hash (see `hashOf`); -1 where it is new.
   * @param view of the same bytes
   */
  readonly find: (view: DataView, start: number, end: number, hash: number) => number
  /** The same, where a new text is given the next number. */
  readonly indexOf: (bytes: Uint8Array, start: number, end: number) => number
  readonly of: (text: string) => number
  readonly all: () => readonly string[]
}

export function createWords(): Words {
  let table = new Int32Array(START).fill(-1)
  /** Four numbers a text: hash, length, and where its bytes are. */
  let hashes = new Int32Array(START)
  let lengths = new Int32Array(START)
  let starts = new Int32Array(START)
  let bytesOf = new DataView(new ArrayBuffer(START * 16))
  let end = 0
  const texts: string[] = []

  const find = (view: DataView, start: number, stop: number, hash: number): number => {
    const mask = table.length - 1
    for (let at = hash & mask; ; at = (at + 1) & mask) {
      const index = table[at] as number
      if (index < 0) return -1
      if (hashes[index] !== hash || lengths[index] !== stop - start) continue
      const shift = (starts[index] as number) - start
      let place = start
      for (; place + 4 <= stop; place += 4) {
        if (view.getInt32(place, true) !== bytesOf.getInt32(place + shift, true)) break
      }
      while (place < stop && view.getUint8(place) === bytesOf.getUint8(place + shift)) place++
      if (place === stop) return index
    }
  }

  const insert = (bytes: Uint8Array, start: number, stop: number, hash: number): number => {
    const index = texts.length
    texts.push(textOf(bytes.subarray(start, stop)))
    if (index >= hashes.length / 2) grow()
    while (end + stop - start > bytesOf.byteLength) bytesOf = doubled(bytesOf)
    hashes[index] = hash
    lengths[index] = stop - start
    starts[index] = end
    for (let at = start; at < stop; at++) bytesOf.setUint8(end++, bytes[at] as number)
    place(index)
    return index
  }

  const place = (index: number) => {
    const mask = table.length - 1
    let at = (hashes[index] as number) & mask
    while ((table[at] as number) >= 0) at = (at + 1) & mask
    table[at] = index
  }

  const grow = () => {
    hashes = wider(hashes)
    lengths = wider(lengths)
    starts = wider(starts)
    table = new Int32Array(table.length * 2).fill(-1)
    for (let index = 0; index < texts.length - 1; index++) place(index)
  }

  const indexOf = (bytes: Uint8Array, start: number, stop: number): number => {
    const hash = hashOf(bytes, start, stop)
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const known = find(view, start, stop, hash)
    return known < 0 ? insert(bytes, start, stop, hash) : known
  }

  return {
    find,
    indexOf,
    of: (text) => {
      const bytes = new TextEncoder().encode(text)
      return indexOf(bytes, 0, bytes.length)
    },
    all: () => texts,
  }
}

/** Knuth's multiplicative hashing: 2^32 over the golden ratio. */
export const FACTOR = 0x9e3779b1 | 0
export const stirred = (hash: number): number => hash ^ (hash >>> 15)

/** Four bytes at a time, the first the lowest; what is missing of the last four is zero. */
export function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0
  let at = start
  for (; at + 4 <= end; at += 4) {
    const word =
      (bytes[at] as number) |
      ((bytes[at + 1] as number) << 8) |
      ((bytes[at + 2] as number) << 16) |
      ((bytes[at + 3] as number) << 24)
    hash = Math.imul(hash ^ word, FACTOR)
  }
  let tail = 0
  for (let shift = 0; at < end; at++, shift += 8) tail |= (bytes[at] as number) << shift
  return stirred(Math.imul(hash ^ tail, FACTOR))
}

function wider(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const result = new Int32Array(array.length * 2)
  result.set(array)
  return result
}

function doubled(view: DataView<ArrayBuffer>): DataView<ArrayBuffer> {
  const bytes = new Uint8Array(view.byteLength * 2)
  bytes.set(new Uint8Array(view.buffer))
  return new DataView(bytes.buffer)
}

/** A decoder takes 30 ms to start; names of models are nearly always ASCII. */
const textOf = (bytes: Uint8Array): string =>
  bytes.every((byte) => byte < 128)
    ? String.fromCharCode(...bytes)
    : new TextDecoder().decode(bytes)
