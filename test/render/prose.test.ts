import { describe, expect, test } from 'vitest'
import { proseTable } from '../../src/render/prose.ts'
import { columnsOf } from '../../src/render/width.ts'

const plain = (text: string): string => text
const rows = [
  ['พิสูจน์คณิตศาสตร์', 'o3 Pro', 'high-level reasoning on hard problems'],
  ['เรียบเรียงเนื้อหา', 'Gemini 2.5 Flash', 'cheap and good enough'],
  ['documentation', 'Codestral', 'low price'],
]

describe('Thai in a table', () => {
  test('marks take no columns: the second column starts at one place', () => {
    const lines = proseTable(['งาน', 'model', 'why'], rows, 200, plain) ?? []
    const starts = lines.map((line) =>
      columnsOf(line.slice(0, line.search(/model|o3|Gemini|Codestral/))),
    )
    // The widest label is "documentation", 13 columns, and the gap takes two.
    expect(starts).toEqual([15, 15, 15, 15])
  })
  test('nothing is lost on the way', () => {
    const text = (proseTable(['งาน', 'model', 'why'], rows, 200, plain) ?? []).join('\n')
    for (const cell of rows.flat()) expect(text).toContain(cell)
    expect(text).not.toMatch(/[\ue000-\uf8ff]/)
  })
  test('a long word breaks between Thai words, never inside a character', () => {
    const long = 'งานที่ต้องการความน่าเชื่อถือสูงสุด'
    const lines = proseTable(['งาน', 'why'], [[long, 'x']], 29, plain) ?? []
    const first = lines.slice(1).map((line) => line.replace(/\s+x?$/, ''))
    expect(first.join('')).toBe(long)
    for (const line of first) {
      expect(columnsOf(line)).toBeLessThanOrEqual(24)
      expect(line).not.toMatch(/^\p{M}/u)
    }
  })
})

test.each([30, 40, 60, 80, 140])('no line is wider than %i', (width) => {
  const lines = proseTable(['task', 'model', 'why'], rows, width, plain) ?? []
  for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(width)
})

test('columns that cannot stand side by side are left to another layout', () =>
  expect(proseTable(['a', 'b', 'c'], rows, 12, plain)).toBeNull())
