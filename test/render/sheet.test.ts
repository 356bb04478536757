import { describe, expect, test } from 'vitest'
import {
  plainColumns,
  type Sheet,
  sheetCsv,
  sheetMarkdown,
  sheetText,
} from '../../src/render/sheet.ts'

const sheet: Sheet = {
  columns: [
    { key: 'model', title: 'model', flexible: true },
    { key: 'price', title: 'price', align: 'right' },
    { key: 'seen', title: 'seen', align: 'right', optional: true },
    { key: 'rule', title: 'rule', align: 'right', optional: true },
  ],
  rows: [
    ['a-long-name-of-a-model', '1.25', '10 %', '33 %'],
    ['short', '10.00', '–', null],
  ],
}
const lines = (width: number) => sheetText(sheet, width).trimEnd().split('\n')

describe('a table that is too wide', () => {
  test('is whole where there is room', () =>
    expect(lines(41)).toEqual([
      'model                   price  seen  rule',
      'a-long-name-of-a-model   1.25  10 %  33 %',
      'short                   10.00     –',
    ]))
  test('first cuts the flexible column down to twelve', () =>
    expect(lines(31)).toEqual([
      'model         price  seen  rule',
      'a-long-name…   1.25  10 %  33 %',
      'short         10.00     –',
    ]))
  test('then leaves out optional columns, the last one first', () => {
    expect(lines(30)[1]).toBe('a-long-name-of-a…   1.25  10 %')
    expect(lines(22)[1]).toBe('a-long-name-of…   1.25')
  })
  test('then cuts on, to six', () => {
    expect(lines(15)[1]).toBe('a-long-…   1.25')
    expect(lines(1)[1]).toBe('a-lon…   1.25')
  })
})

test('names are snake_case in CSV and words in Markdown; what is no name stays', () => {
  const plain = {
    columns: plainColumns(['asOf', 'ttftMsP50', 'x-ai/grok-4']),
    rows: [['a', 'b', 'c']],
  }
  expect(sheetCsv(plain)).toBe('as_of,ttft_ms_p50,x-ai/grok-4\r\na,b,c\r\n')
  expect(sheetMarkdown(plain).split('\n')[0]).toBe('| as of | ttft ms p50 | x-ai/grok-4 |')
})
