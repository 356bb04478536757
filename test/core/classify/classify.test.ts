import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { classify } from '../../../src/core/classify/classify.ts'
import { estimateTokens } from '../../../src/core/classify/size.ts'
import { LANES, TASKS } from '../../../src/core/classify/task.ts'
import { loadRouter } from '../../../src/sources/router.ts'
import { PACKAGE_DIR } from '../../context.ts'

const weights = loadRouter({ packageDir: PACKAGE_DIR })
const of = (prompt: string) => classify(prompt, weights)

test.each([
  ['prove that the square root of 2 is irrational', 'math', 'complex'],
  ['how do I centre a div', 'code', 'code'],
  ['translate this code to Python: for (int i = 0; i < 3; i++) sum += i;', 'code', 'code'],
  ['Write a short story about a programmer who falls in love with a bug', 'write', 'default'],
  ['explain this proof that there are infinitely many primes', 'math', 'complex'],
  ['What is the capital of Mongolia?', 'knowledge', 'default'],
  ['Translate "see you tomorrow" to French', 'translate', 'default'],
  ['Summarize this 300-page annual report', 'research', 'research'],
  ['Design a payment system that survives the loss of a data centre', 'design', 'complex'],
  ['hello!', 'chat', 'default'],
  ['TypeError: x is not a function, how do I fix it?', 'code', 'code'],
  ['Tom has 3 boxes with 12 eggs each and drops 5 eggs. How many are left?', 'math', 'complex'],
  [
    'Which planet is closest to the Sun?\nA. Venus\nB. Mercury\nC. Mars\nD. Earth\nAnswer:',
    'knowledge',
    'default',
  ],
  ['เขียนฟังก์ชัน python เช็คจำนวนเฉพาะ', 'code', 'code'],
  ['พิสูจน์ว่ารากที่สองของ 2 เป็นจำนวนอตรรกยะ', 'math', 'complex'],
  ['แปลเป็นภาษาอังกฤษหน่อย: วันนี้อากาศดีมาก', 'translate', 'default'],
  ['ทำไมท้องฟ้าถึงเป็นสีฟ้า', 'knowledge', 'default'],
  ['สวัสดีครับ', 'chat', 'default'],
  ['แต่งกลอนวันแม่ให้หน่อย', 'write', 'default'],
  ['ช่วยแก้ error นี้หน่อย TypeError: undefined is not a function', 'code', 'code'],
  ['สรุปวิทยานิพนธ์ 300 หน้าให้หน่อย', 'research', 'research'],
  ['ออกแบบระบบจองคิวโรงพยาบาลที่รองรับผู้ใช้ล้านคน', 'design', 'complex'],
] as const)('%s → %s', (prompt, task, lane) => {
  expect(of(prompt)).toMatchObject({ task, lane })
})

const words = fc.array(
  fc.constantFrom(
    'write',
    'prove',
    'code',
    'python',
    'summarize',
    'the',
    'book',
    'Is',
    'API',
    '?',
    '{',
    'def',
    'แปล',
    'สวัสดี',
    '12',
    'x=3',
    'poem',
    'error:',
    'design',
    'A.',
    'B.',
  ),
  { minLength: 1, maxLength: 30 },
)

describe('laws', () => {
  test('case and spacing never change the answer', () => {
    fc.assert(
      fc.property(words, fc.constantFrom('\n', '  ', '\t \n', '\u00a0'), (list, gap) => {
        const shouted = `${gap}${list.join(gap).toUpperCase()}${gap}`
        expect(of(shouted)).toEqual(of(list.join(' ')))
      }),
      { numRuns: 200 },
    )
  })

  test('the same prompt always has the same answer, and every number is a probability', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (prompt) => {
        const first = of(prompt)
        expect(of(prompt)).toEqual(first)
        expect(TASKS).toContain(first.task)
        expect(LANES).toContain(first.lane)
        expect(first.tasks.reduce((sum, [, share]) => sum + share, 0)).toBeCloseTo(1, 9)
        expect(first.confidence).toBeGreaterThan(0)
        expect(first.confidence).toBeLessThanOrEqual(1 + 1e-9)
        expect(first.difficulty).toBeGreaterThanOrEqual(0)
        expect(first.difficulty).toBeLessThanOrEqual(1)
      }),
    )
  })
})

test.each([
  ['nothing', ''],
  ['white space', ' \n\t '],
  ['zeroes', '\0'.repeat(10_000)],
  ['lone surrogates', '\ud800\udfff\ud800'],
  ['10 MB of letters', 'lorem ipsum '.repeat(900_000)],
  ['10 MB of one Thai word', 'ก'.repeat(5_000_000)],
  ['10 MB of open brackets', '(1) '.repeat(2_500_000)],
])('%s has an answer', (_, prompt) => {
  expect(TASKS).toContain(of(prompt).task)
})

describe('tokens', () => {
  // Counted with gpt-tokenizer, o200k_base.
  test.each([
    ['The quick brown fox jumps over the lazy dog near the river bank every morning.', 16],
    ['สวัสดีครับ วันนี้อากาศดีมาก อยากไปเที่ยวทะเลกับเพื่อนๆ', 21],
  ])('%s', (text, tokens) => {
    const estimate = estimateTokens(text)
    expect(estimate / tokens).toBeGreaterThan(0.75)
    expect(estimate / tokens).toBeLessThan(1.35)
  })

  test('grow with the text', () => {
    const short = estimateTokens('word '.repeat(1_000))
    const long = estimateTokens('word '.repeat(1_000_000))
    expect(long / short).toBeCloseTo(1000, -2)
  })
})
