import { hashOf, type Lexed, WORD } from './lex.ts'

type Pattern = {
  readonly test: RegExp
  /** The pattern is looked for only where one of these signs or words occurs, or Thai where it has Thai. */
  readonly signs?: string
  readonly words?: string
  readonly thai?: true
}

const DIGITS = '0123456789'

/** Signs that are there or not: simple patterns over the canonical text, cheap ones only. */
const PATTERNS = {
  fence: { signs: '`', test: /```/ },
  stackTrace: {
    test: /traceback \(most|at [\w.$<>]+\([\w.]+:\d+|exception in thread|error: |\w(?:error|exception)\b/,
  },
  fileName: {
    signs: '.',
    test: /\w\.(?:py|js|tsx?|jsx|java|kt|rs|go|cpp|hpp|cs|php|rb|sh|sql|ipynb|ya?ml|toml|css|vue|swift|html)\b/,
  },
  document: {
    signs: '.',
    test: /\w\.(?:pdf|docx?|txt|csv|xlsx?|pptx?|epub|log|zip|mp3|mp4)\b/,
  },
  shell: {
    words: 'sudo npm npx pip docker kubectl git curl chmod grep ssh apt',
    test: /(?:^|[ `$])(?:sudo|npm|npx|pip3?|docker|kubectl|git|curl|chmod|grep|ssh|apt) [a-z-]/,
  },
  sql: {
    words: 'select insert create group',
    test: /\bselect\b.{1,200}\bfrom\b|\binsert into\b|\bcreate table\b|\bgroup by\b/,
  },
  definition: {
    signs: '>#',
    words: 'def function class public import const fn func',
    test: /\bdef \w+ ?\(|\bfunction ?\w* ?\(|=> ?\{|\bclass \w+ ?[:({]|#include|\bpublic static|\bimport \w+|\bconst \w+ ?=|\bfn \w+\(|\bfunc \w+\(/,
  },
  call: { signs: '(', test: /\((?<=\w\()\w*\)|\((?<=(?:\w\.|_)\w+\()/ },
  docstring: { signs: '">', words: 'assert', test: /"""|>>> |\bassert \w+\(/ },
  latex: {
    signs: '\\$',
    test: /\\(?:frac|sqrt|sum|int|begin|left|cdot|text|mathbb|in|leq|alpha)|\$[^$]{1,80}\$/,
  },
  formula: {
    signs: `=+*^<${DIGITS}`,
    test: /[=+*^<≤≥](?= ?[-(a-z0-9])(?<=[a-z0-9)] ?.)|[-/×÷](?= ?\d)(?<=\d ?.)|x\^?\d(?<=\bx\^?.)/,
  },
  lettered: { signs: ').:', test: /(?:^| )\(?a[).:] .{1,2000}? \(?b[).:] .{1,2000}? \(?c[).:] / },
  numbered: {
    signs: '123',
    thai: true,
    test: /\(1\) ?.{1,1500}?\(2\) ?.{1,1500}?\(3\)|(?:^| )1[).] .{1,1500}? 2[).] .{1,1500}? 3[).] |[กข]\. .{1,800}? [ขค]\. /,
  },
  options: { words: 'options', test: /\boptions: ?[(-]/ },
  answer: { test: /\b(?:answer|ans|a|คำตอบ|ตอบ) ?:$/ },
  blank: { signs: '_', test: /_{2,}/ },
  link: { words: 'http https www', test: /https?:\/\/|www\./ },
  mail: {
    words: 'dear regards sincerely subject from hi',
    thai: true,
    test: /\b(?:dear|regards|sincerely|subject:|from:|hi team)|เรียน คุณ|เรื่อง:/,
  },
  dialogue: {
    signs: ':',
    test: /\b(?:user|assistant|agent|customer|speaker|interviewer)\b ?\w? ?:|\d\d:\d\d/,
  },
  big: {
    words:
      'page pages pp source sources paper papers file files document documents pdf pdfs line lines chapter chapters hour hours report reports study studies email emails ticket tickets mb gb',
    thai: true,
    test: /\b(?:[1-9]\d{2,}|[1-9],\d{3}|hundreds|thousands)[ -]*(?:\w+ )?(?:pages?|pp|sources|papers|files|documents|pdfs|lines|chapters|hours|reports|studies|emails|tickets)\b|[1-9]\d{2,} ?(?:หน้า|ไฟล์|ฉบับ|บท|ชิ้น|เรื่อง|แหล่ง)|\d+ ?(?:mb|gb)\b/,
  },
  whole: {
    words: 'entire whole full complete',
    thai: true,
    test: /\b(?:entire|whole|full|complete) (?:\w+ )?(?:book|novel|repo|repository|codebase|log|logs|transcript|manual|thesis|report|archive|corpus|textbook|document|contract)\b|ทั้งเล่ม|ทั้ง repo|ทั้งโปรเจ/,
  },
  stepwise: {
    words: 'step show think',
    thai: true,
    test: /step[- ]by[- ]step|show your (?:work|reasoning)|think (?:hard|carefully|step)|ทีละขั้น|แสดงวิธี|คิดให้ละเอียด/,
  },
  quick: {
    words: 'quick quickly one briefly tl tldr',
    thai: true,
    test: /\bquick(?:ly)? (?:answer|question)|in one (?:word|sentence|line)|\bbriefly\b|\btl;?dr\b|ตอบสั้น|สั้น ?ๆ/,
  },
  pasted: {
    words: 'below following attached above here heres pasted',
    thai: true,
    test: /\b(?:below|following|attached|above|here is|here's|here are|pasted)\b|ต่อไปนี้|ด้านล่าง|ข้างล่าง|นี้[:：]|แนบ/,
  },
  roleplay: {
    words: 'you act pretend imagine play as',
    thai: true,
    test: /\b(?:you are|act as|pretend|imagine you|play the role|as an? \w+ (?:expert|teacher|lawyer|doctor))\b|สมมติว่า|คุณคือ|สวมบท/,
  },
  truth: {
    words: 'true if all some no',
    test: /\btrue\b.{0,200}\bfalse\b|\bif .{1,200} then\b|\b(?:all|some|no) \w+ are\b/,
  },
  order: {
    test: /^(?:please |can you |could you |pls |kindly )?(?:write|create|make|build|implement|design|generate|give|list|find|fix|explain|translate|summari[sz]e|rewrite|prove|solve|calculate|extract|classify)\b/,
  },
} as const satisfies Record<string, Pattern>

type Gated = {
  readonly test: RegExp
  readonly always: boolean
  readonly thai: boolean
  readonly signs: readonly number[]
}

export const PATTERN_NAMES = Object.keys(PATTERNS) as readonly (keyof typeof PATTERNS)[]

const LIST: readonly Gated[] = Object.values<Pattern>(PATTERNS).map(
  ({ test, signs = '', words = '', thai = false }) => ({
    test,
    always: signs === '' && words === '',
    thai,
    signs: [...signs].map((sign) => sign.charCodeAt(0)),
  }),
)

/** Which patterns a word opens, as bits. */
const OPENS: ReadonlyMap<number, number> = opened()

function opened(): ReadonlyMap<number, number> {
  const found = new Map<number, number>()
  for (const [at, { words = '' }] of Object.values<Pattern>(PATTERNS).entries()) {
    for (const word of words.split(' ').filter(Boolean)) {
      found.set(hashOf(word), (found.get(hashOf(word)) ?? 0) | (1 << at))
    }
  }
  return found
}

const GATE = 0x7ff
const PERHAPS = new Uint8Array(GATE + 1)
for (const hash of OPENS.keys()) PERHAPS[hash & GATE] = 1

/** Of a longer text only both ends are searched. */
const HEAD = 1200
const TAIL = 500

/** 1 for each pattern that a canonical text has, in the order of PATTERN_NAMES. */
export function patternsOf(text: string, { count, kinds, hashes, ascii, thai }: Lexed): Uint8Array {
  let open = 0
  for (let at = 0; at < count; at++) {
    const hash = hashes[at] ?? 0
    if (PERHAPS[hash & GATE] === 0 || kinds[at] !== WORD) continue
    open |= OPENS.get(hash) ?? 0
  }
  const ends = text.length > HEAD + TAIL ? `${text.slice(0, HEAD)} ${text.slice(-TAIL)}` : text
  const out = new Uint8Array(LIST.length)
  for (let at = 0; at < LIST.length; at++) {
    const pattern = LIST[at]
    if (!pattern) continue
    const tried =
      pattern.always ||
      ((open >> at) & 1) === 1 ||
      (pattern.thai && thai > 0) ||
      occurs(pattern.signs, ascii)
    if (tried && pattern.test.test(ends)) out[at] = 1
  }
  return out
}

function occurs(signs: readonly number[], ascii: Int32Array): boolean {
  for (let at = 0; at < signs.length; at++) if ((ascii[signs[at] ?? 0] ?? 0) > 0) return true
  return false
}
