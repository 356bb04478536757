import width from 'fast-string-width'
import { expect, test } from 'vitest'
import { columnsOf } from '../../src/render/width.ts'

test('the short cut for plain text agrees with the general rule, character by character', () => {
  const characters = Array.from({ length: 0x2100 }, (_, code) => String.fromCodePoint(code))
  const differ = characters.filter((each) => columnsOf(`a${each}b`) !== width(`a${each}b`))
  expect(differ.map((each) => each.codePointAt(0)?.toString(16))).toEqual([])
})

test.each([
  ['พิสูจน์คณิตศาสตร์', 12],
  ['price †', 7],
  ['日本', 4],
  ['', 0],
])('%s takes %i columns', (text, columns) => {
  expect(columnsOf(text)).toBe(columns)
})
