import { LEXICON, type Word } from './lexicon.ts'
import { type Token, tokens } from './tokens.ts'

const TOPICS = Object.keys(LEXICON) as readonly Word[]

/** Latin words of the lexicon by hash, with the topics they belong to. */
const BY_HASH: ReadonlyMap<number, readonly number[]> = byHash()

const THAI = TOPICS.map((topic) => LEXICON[topic].thai.split(' '))

function byHash(): ReadonlyMap<number, readonly number[]> {
  const found = new Map<number, readonly number[]>()
  for (const [at, topic] of TOPICS.entries()) {
    for (const word of LEXICON[topic].words.split(' ')) {
      const [first] = tokens(word)
      if (first?.kind === 'word') found.set(first.hash, [...(found.get(first.hash) ?? []), at])
    }
  }
  return found
}

/** Signs that are there or not: simple patterns over the canonical text, cheap ones only. */
const PATTERNS = {
  fence: /```/,
  stackTrace:
    /traceback \(most|at [\w.$<>]+\([\w.]+:\d+|exception in thread|error: |\w(?:error|exception)\b/,
  fileName:
    /\w\.(?:py|js|tsx?|jsx|java|kt|rs|go|cpp|hpp|cs|php|rb|sh|sql|ipynb|ya?ml|toml|css|vue|swift|html)\b/,
  document: /\w\.(?:pdf|docx?|txt|csv|xlsx?|pptx?|epub|log|zip|mp3|mp4)\b/,
  shell: /(?:^|[ `$])(?:sudo|npm|npx|pip3?|docker|kubectl|git|curl|chmod|grep|ssh|apt) [a-z-]/,
  sql: /\bselect\b.{1,200}\bfrom\b|\binsert into\b|\bcreate table\b|\bgroup by\b/,
  definition:
    /\bdef \w+ ?\(|\bfunction ?\w* ?\(|=> ?\{|\bclass \w+ ?[:({]|#include|\bpublic static|\bimport \w+|\bconst \w+ ?=|\bfn \w+\(|\bfunc \w+\(/,
  call: /\w\(\w*\)|\w\.\w+\(|_\w+\(/,
  docstring: /"""|>>> |\bassert \w+\(/,
  latex: /\\(?:frac|sqrt|sum|int|begin|left|cdot|text|mathbb|in|leq|alpha)|\$[^$]{1,80}\$/,
  formula: /[a-z0-9)] ?[=+*^<≤≥] ?[-(a-z0-9]|\d ?[-/×÷] ?\d|\bx\^?\d/,
  lettered: /(?:^| )\(?a[).:] .{1,2000} \(?b[).:] .{1,2000} \(?c[).:] /,
  numbered:
    /\(1\) ?.{1,1500}\(2\) ?.{1,1500}\(3\)|(?:^| )1[).] .{1,1500} 2[).] .{1,1500} 3[).] |[กข]\. .{1,800} [ขค]\. /,
  options: /\boptions: ?[(-]/,
  answer: /\b(?:answer|ans|a|คำตอบ|ตอบ) ?:$/,
  blank: /_{2,}/,
  link: /https?:\/\/|www\./,
  mail: /\b(?:dear|regards|sincerely|subject:|from:|hi team|เรียน คุณ|เรื่อง:)/,
  dialogue: /\b(?:user|assistant|agent|customer|speaker|interviewer)\b ?\w? ?:|\d\d:\d\d/,
  big: /\b(?:[1-9]\d{2,}|[1-9],\d{3}|hundreds|thousands)[ -]*(?:\w+ )?(?:pages?|pp|sources|papers|files|documents|pdfs|lines|chapters|hours|reports|studies|emails|tickets)\b|[1-9]\d{2,} ?(?:หน้า|ไฟล์|ฉบับ|บท|ชิ้น|เรื่อง|แหล่ง)|\d+ ?(?:mb|gb)\b/,
  whole:
    /\b(?:entire|whole|full|complete) (?:\w+ )?(?:book|novel|repo|repository|codebase|log|logs|transcript|manual|thesis|report|archive|corpus|textbook|document|contract)\b|ทั้งเล่ม|ทั้ง repo|ทั้งโปรเจ/,
  stepwise:
    /step[- ]by[- ]step|show your (?:work|reasoning)|think (?:hard|carefully|step)|ทีละขั้น|แสดงวิธี|คิดให้ละเอียด/,
  quick:
    /\bquick(?:ly)? (?:answer|question)|in one (?:word|sentence|line)|\bbriefly\b|\btl;?dr\b|ตอบสั้น|สั้น ?ๆ/,
  pasted:
    /\b(?:below|following|attached|above|here is|here's|here are|pasted)\b|ต่อไปนี้|ด้านล่าง|ข้างล่าง|นี้[:：]|แนบ/,
  roleplay:
    /\b(?:you are|act as|pretend|imagine you|play the role|as an? \w+ (?:expert|teacher|lawyer|doctor))\b|สมมติว่า|คุณคือ|สวมบท/,
  truth: /\btrue\b.{0,200}\bfalse\b|\bif .{1,200} then\b|\b(?:all|some|no) \w+ are\b/,
  order:
    /^(?:please |can you |could you |pls |kindly )?(?:write|create|make|build|implement|design|generate|give|list|find|fix|explain|translate|summari[sz]e|rewrite|prove|solve|calculate|extract|classify)\b/,
} as const satisfies Record<string, RegExp>

const PATTERN_NAMES = Object.keys(PATTERNS) as readonly (keyof typeof PATTERNS)[]

const MEASURES = [
  'length',
  'tiny',
  'short',
  'long',
  'huge',
  'thai',
  'dense',
  'cyrillic',
  'mixed',
  'numbers',
  'questions',
  'endsAsking',
  'signs',
  'braces',
  'quotes',
  'lists',
] as const

/** Every structural feature by name, in the order of the numbers. */
export const STRUCTURE: readonly string[] = [...TOPICS, ...PATTERN_NAMES, ...MEASURES]

/** All numbers lie in [0,1]. `length` is that of the whole prompt in UTF-16 units, the text may be its ends only. */
export function structureOf(text: string, list: readonly Token[], length: number): Float32Array {
  const out = new Float32Array(STRUCTURE.length)
  const shape = shapeOf(text)
  topics(text, list, (shape[THAI_LETTER] ?? 0) > 0, out)
  const ends = text.length > 3000 ? `${text.slice(0, 2000)} ${text.slice(-1000)}` : text
  for (const [at, name] of PATTERN_NAMES.entries()) {
    if (PATTERNS[name].test(ends)) out[TOPICS.length + at] = 1
  }
  out.set(measures(shape, list, text, length), TOPICS.length + PATTERN_NAMES.length)
  return out
}

function topics(text: string, list: readonly Token[], thai: boolean, out: Float32Array): void {
  const counts = new Array<number>(TOPICS.length).fill(0)
  for (const { kind, hash } of list) {
    if (kind !== 'word') continue
    for (const topic of BY_HASH.get(hash) ?? []) counts[topic] = (counts[topic] ?? 0) + 1
  }
  if (thai) {
    const ends = text.slice(0, 1500) + text.slice(-500)
    for (const [topic, words] of THAI.entries()) {
      for (const word of words) if (ends.includes(word)) counts[topic] = (counts[topic] ?? 0) + 1
    }
  }
  const scale = Math.max(4, Math.sqrt(list.length))
  for (const [at, count] of counts.entries()) out[at] = Math.min(1, count / scale)
}

/** Kinds of characters, counted by number. */
const REST = 0
const LATIN = 1
const BRACES = 2
const QUOTES = 3
const THAI_LETTER = 4
const CYRILLIC = 5
const DENSE = 6

function shapeOf(text: string): Int32Array {
  const shape = new Int32Array(7)
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    const kind = code < 0x80 ? (ASCII[code] ?? REST) : scriptOf(code)
    shape[kind] = (shape[kind] ?? 0) + 1
  }
  return shape
}

const ASCII = Uint8Array.from({ length: 0x80 }, (_, code) => {
  const sign = String.fromCharCode(code)
  if (/[a-z]/.test(sign)) return LATIN
  if (sign === '"') return QUOTES
  return /[{}[\]<>=;\\|&%$#@^~]/.test(sign) ? BRACES : REST
})

function scriptOf(code: number): number {
  if (code >= 0x0e00 && code < 0x0e80) return THAI_LETTER
  if (code >= 0x0400 && code < 0x0500) return CYRILLIC
  return code >= 0x2e80 && code < 0xd800 ? DENSE : REST
}

type Counts = { numbers: number; signs: number; questions: number; lists: number }

const QUESTION = 0x3f

function countsOf(list: readonly Token[]): Counts {
  const counts = { numbers: 0, signs: 0, questions: 0, lists: 0 }
  for (const { kind, hash } of list) {
    if (kind === 'number') counts.numbers += 1
    else if (kind === 'sign') {
      counts.signs += 1
      if (hash === QUESTION + 7) counts.questions += 1
      else if (LIST_SIGNS.has(hash - 7)) counts.lists += 1
    }
  }
  return counts
}

/** One value for each of MEASURES. */
function measures(
  shape: Int32Array,
  list: readonly Token[],
  text: string,
  length: number,
): readonly number[] {
  const all = Math.max(1, text.length)
  const words = Math.max(1, list.length)
  const { numbers, signs, questions, lists } = countsOf(list)
  const many = (kind: number) => shape[kind] ?? 0
  const flag = (yes: boolean) => (yes ? 1 : 0)
  return [
    Math.min(1, Math.log2(1 + length) / 20),
    flag(length <= 24),
    flag(length > 24 && length <= 140),
    flag(length > 1200),
    flag(length > 40_000),
    Math.min(1, many(THAI_LETTER) / all),
    Math.min(1, many(DENSE) / all),
    Math.min(1, many(CYRILLIC) / all),
    flag(many(THAI_LETTER) > 3 && many(LATIN) > 0.2 * many(THAI_LETTER)),
    Math.min(1, (3 * numbers) / words),
    Math.min(1, questions / 3),
    flag(/[?？] ?$/.test(text)),
    Math.min(1, (2 * signs) / words),
    Math.min(1, (8 * many(BRACES)) / all),
    Math.min(1, many(QUOTES) / 4),
    Math.min(1, lists / 12),
  ]
}

const LIST_SIGNS = new Set([...'-*•|'].map((sign) => sign.charCodeAt(0)))
