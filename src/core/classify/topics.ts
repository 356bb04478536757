import { hashOf, type Lexed, WORD } from './lex.ts'
import { LEXICON, type Topic } from './lexicon.ts'

export const TOPICS = Object.keys(LEXICON) as readonly Topic[]

/** Words of the lexicon by hash, with the topics they belong to as bits. */
const BY_HASH: ReadonlyMap<number, number> = byHash()

function byHash(): ReadonlyMap<number, number> {
  const found = new Map<number, number>()
  for (const [at, topic] of TOPICS.entries()) {
    for (const word of LEXICON[topic].words.split(' ')) {
      const hash = hashOf(word)
      found.set(hash, (found.get(hash) ?? 0) | (1 << at))
    }
  }
  return found
}

const GATE = 0xfff

/** A word that is not of the lexicon nearly always fails here, which costs less than a look into the map. */
const PERHAPS = new Uint8Array(GATE + 1)
for (const hash of BY_HASH.keys()) PERHAPS[hash & GATE] = 1

type Part = { readonly text: string; readonly topic: number }

const startOf = (first: number, second: number): number => (first << 16) | second
const gateOf = (first: number, second: number): number => (first * 0x65 + second) & GATE

/** Parts of unspaced scripts by their first two characters. */
const PARTS: ReadonlyMap<number, readonly Part[]> = byStart()

const BEGINS = new Uint8Array(GATE + 1)
for (const start of PARTS.keys()) BEGINS[gateOf(start >>> 16, start & 0xffff)] = 1

function byStart(): ReadonlyMap<number, readonly Part[]> {
  const found = new Map<number, readonly Part[]>()
  for (const [topic, name] of TOPICS.entries()) {
    for (const text of LEXICON[name].parts.split(' ')) {
      const start = startOf(text.charCodeAt(0), text.charCodeAt(1))
      found.set(start, [...(found.get(start) ?? []), { text, topic }])
    }
  }
  return found
}

/** Unspaced text is looked at as far as this, and again so far before its end. */
const REACH = 1000
const END_REACH = 300

/** How much a text has of each topic, in [0,1], in the order of TOPICS. */
export function topicsOf(text: string, lexed: Lexed): Float32Array {
  const { count, kinds, hashes, thai, dense } = lexed
  const counts = new Float32Array(TOPICS.length)
  for (let at = 0; at < count; at++) {
    const hash = hashes[at] ?? 0
    if (kinds[at] !== WORD || PERHAPS[hash & GATE] === 0) continue
    const bits = BY_HASH.get(hash) ?? 0
    for (let topic = 0; bits >> topic > 0; topic++) {
      if (((bits >> topic) & 1) === 1) counts[topic] = (counts[topic] ?? 0) + 1
    }
  }
  if (thai + dense > 0)
    for (const { topic } of partsOf(text, lexed)) counts[topic] = (counts[topic] ?? 0) + 1
  const scale = Math.max(4, Math.sqrt(count))
  return counts.map((many) => Math.min(1, many / scale))
}

/** The parts that a text has, each once. */
function partsOf(text: string, { codes, length }: Lexed): ReadonlySet<Part> {
  const found = new Set<Part>()
  for (let at = 0; at < length - 1; at++) {
    if (at === REACH && length > REACH + END_REACH) at = length - END_REACH
    const first = codes[at] ?? 0
    const second = codes[at + 1] ?? 0
    if (BEGINS[gateOf(first, second)] === 0) continue
    for (const part of PARTS.get(startOf(first, second)) ?? []) {
      if (text.startsWith(part.text, at)) found.add(part)
    }
  }
  return found
}
