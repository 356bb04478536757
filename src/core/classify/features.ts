import { canonical } from './canonical.ts'
import { STRUCTURE, structureOf } from './structure.ts'
import { type Token, tokens } from './tokens.ts'

/** Rows of the weight table. A power of two, so that a hash is folded by a mask. */
export const BUCKETS = 1 << 16

/** Families of hashed features; each is scaled by the root of its own count, so that length alone says nothing. */
export const FAMILIES = ['words', 'pairs', 'letters', 'head', 'tail', 'starts'] as const

export type Features = {
  /** Bucket numbers by family, in the order of FAMILIES; no bucket twice in one family. */
  readonly hashed: readonly (readonly number[])[]
  /** One number in [0,1] for each of STRUCTURE. */
  readonly structure: Float32Array
}

/** What the classifier sees of a prompt. The same text always gives the same features. */
export function featuresOf(prompt: string): Features {
  const { text, length } = canonical(prompt)
  const list = tokens(text)
  const families = [
    words(list),
    pairs(list),
    letters(text),
    head(list, text),
    tail(list, text),
    starts(list),
  ]
  return { hashed: families, structure: structureOf(text, list, length) }
}

export const DENSE = STRUCTURE.length

/**
 * Collects distinct buckets. The stamps are scratch space, kept between calls because a set of hundreds of numbers made
 * anew six times a prompt was half of the time; each collector has a stamp of its own, so nothing leaks from one to the next.
 */
const stamps = new Uint32Array(BUCKETS)
let lastStamp = 0

function collector(salt: number) {
  lastStamp = (lastStamp + 1) >>> 0 || 1
  const stamp = lastStamp
  const found: number[] = []
  return {
    add(hash: number): void {
      const bucket = mix(hash ^ salt) & (BUCKETS - 1)
      if (stamps[bucket] === stamp) return
      stamps[bucket] = stamp
      found.push(bucket)
    },
    list: (): readonly number[] => found,
  }
}

function mix(hash: number): number {
  let h = hash
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

const join = (a: number, b: number): number => Math.imul(a, 31) + b

/** Words past this one are those of pasted material, and add time rather than knowledge. */
const MOST_WORDS = 500

function words(list: readonly Token[]): readonly number[] {
  const found = collector(0x11111111)
  for (const { hash } of list.slice(0, MOST_WORDS)) found.add(hash)
  return found.list()
}

function pairs(list: readonly Token[]): readonly number[] {
  const found = collector(0x22222222)
  const end = Math.min(list.length, MOST_WORDS / 2)
  for (let at = 1; at < end; at++) {
    found.add(join(list[at - 1]?.hash ?? 0, list[at]?.hash ?? 0))
  }
  return found.list()
}

const LATIN_REACH = 240
const DENSE_REACH = 900

/** Runs of letters: four in Latin script, which survive typing errors; two to five elsewhere, where words have no gaps. */
function letters(text: string): readonly number[] {
  const found = collector(0x33333333)
  const end = Math.min(text.length, DENSE_REACH)
  for (let at = 0; at < end; at++) {
    const code = text.charCodeAt(at)
    if (code < 0x250) {
      if (at < LATIN_REACH || at > text.length - LATIN_REACH) found.add(gram(text, at, 4))
    } else {
      found.add(gram(text, at, 3))
      found.add(gram(text, at, 4))
      found.add(gram(text, at, 6))
    }
  }
  for (let at = Math.max(end, text.length - LATIN_REACH); at < text.length - 3; at++) {
    found.add(gram(text, at, text.charCodeAt(at) < 0x250 ? 4 : 5))
  }
  return found.list()
}

function gram(text: string, from: number, length: number): number {
  let hash = 0x811c9dc5 ^ length
  const end = Math.min(text.length, from + length)
  for (let at = from; at < end; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  }
  return hash
}

const FIRST = 10
const LAST = 14

/** How it begins: the first words by place, the first dozen as a set, and the first letters of unspaced scripts. */
function head(list: readonly Token[], text: string): readonly number[] {
  const found = collector(0x44444444)
  const plain = list.filter(({ kind }) => kind !== 'sign')
  let chain = 0
  for (const { hash } of plain.slice(0, 3)) {
    chain = join(chain, hash)
    found.add(chain)
  }
  for (const { hash } of plain.slice(0, FIRST)) found.add(hash ^ 0x55)
  unspaced(text, 0, 36, found)
  return found.list()
}

/** How it ends, where the question of a long prompt stands. */
function tail(list: readonly Token[], text: string): readonly number[] {
  const found = collector(0x66666666)
  for (const { hash } of list.slice(-LAST)) found.add(hash)
  unspaced(text, Math.max(0, text.length - 36), text.length, found)
  return found.list()
}

function unspaced(text: string, from: number, to: number, found: ReturnType<typeof collector>) {
  for (let at = from; at < Math.min(to, text.length); at++) {
    if (text.charCodeAt(at) >= 0x0e00) {
      found.add(gram(text, at, 3))
      found.add(gram(text, at, 5))
    }
  }
}

/** The first two words of every sentence: an order stands there. */
function starts(list: readonly Token[]): readonly number[] {
  const found = collector(0x77777777)
  let fresh = true
  for (let at = 0; at < Math.min(list.length, MOST_WORDS); at++) {
    const token = list[at]
    if (token === undefined) break
    if (token.kind === 'sign') {
      fresh = fresh || token.ends
      continue
    }
    if (fresh) {
      found.add(token.hash)
      found.add(join(token.hash, list[at + 1]?.hash ?? 0))
    }
    fresh = false
  }
  return found.list()
}
