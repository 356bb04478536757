import { choose, type Random } from './random.ts'

/** A copy with typing errors in `share` of its longer words: swapped, dropped, doubled or neighbouring letters. */
export function typos(prompt: string, random: Random, share: number): string {
  return prompt.replace(/[\p{L}\p{M}]{4,}/gu, (word) =>
    random() < share ? mistyped(word, random) : word,
  )
}

function mistyped(word: string, random: Random): string {
  const at = 1 + Math.floor(random() * (word.length - 2))
  const [before, letter, after] = [word.slice(0, at), word.charAt(at), word.slice(at + 1)]
  return choose(random, [
    `${before}${after.charAt(0)}${letter}${after.slice(1)}`,
    `${before}${after}`,
    `${before}${letter}${letter}${after}`,
    `${before}${NEIGHBOURS[letter] ?? letter}${after}`,
  ])
}

const NEIGHBOURS: Readonly<Record<string, string>> = Object.fromEntries(
  ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'].flatMap((row) =>
    [...row].map((letter, at) => [letter, row.charAt(at + 1) || row.charAt(at - 1)]),
  ),
)

const SAME: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\bwrite\b/i, ['compose', 'draft', 'put together', 'write up']],
  [/\bexplain\b/i, ['describe', 'tell me about', 'clarify']],
  [/\bwhat is\b/i, ["what's", 'tell me what', 'can you say what is']],
  [/\bhow do i\b/i, ['how can I', "what's the way to", 'how to']],
  [/\bsummarize\b/i, ['sum up', 'give a summary of', 'summarise']],
  [/\bcreate\b/i, ['make', 'build', 'produce']],
  [/\bfind\b/i, ['determine', 'work out', 'get']],
  [/\bprove\b/i, ['show', 'give a proof', 'demonstrate']],
  [/\bplease\b/i, ['pls', 'kindly', '']],
  [/\bimplement\b/i, ['code up', 'write', 'build']],
  [/\bcalculate\b/i, ['compute', 'work out', 'figure out']],
  [/\bdesign\b/i, ['architect', 'come up with a design for', 'plan']],
  [/\bextract\b/i, ['pull out', 'get', 'collect']],
]

const BEFORE = [
  '',
  '',
  'Hi, ',
  'Please ',
  'Hey, can you help? ',
  'I need this today: ',
  'Question: ',
  'hello! ',
  'ok so ',
]
const BEFORE_THAI = ['', '', 'ช่วยหน่อยครับ ', 'สวัสดีครับ ', 'รบกวนหน่อยค่ะ ', 'ขอถามหน่อย ', 'คือว่า ']
const AFTER = [
  '',
  '',
  ' Thanks!',
  ' please',
  ' Thank you in advance.',
  ' asap',
  ' (it is for work)',
  '??',
  ' Keep it short.',
]
const AFTER_THAI = ['', '', ' ครับ', ' ค่ะ', ' ขอบคุณครับ', ' หน่อยนะ', ' ด่วนมาก', ' 🙏']

const THAI = /[\u0e00-\u0e7f]/

/** The same wish in other words: synonyms of the order, a greeting before, thanks after, case and stops changed. */
export function reworded(prompt: string, random: Random): string {
  let text = prompt
  for (const [word, others] of SAME)
    if (random() < 0.7) text = text.replace(word, () => choose(random, others))
  const thai = THAI.test(text)
  text =
    choose(random, thai ? BEFORE_THAI : BEFORE) + text + choose(random, thai ? AFTER_THAI : AFTER)
  if (random() < 0.3) text = text.replace(/[.!?]+$/, '')
  return text
}
