import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { markdownOutput } from '../../src/render/markdown.ts'

const plain = (text: string): string => text
const marks = {
  bold: (text: string) => `<b>${text}</b>`,
  dim: (text: string) => `<d>${text}</d>`,
  cyan: (text: string) => `<c>${text}</c>`,
  yellow: (text: string) => `<i>${text}</i>`,
}

function rendered(pieces: readonly string[], styles = marks, width = 40): readonly string[] {
  const printed: string[] = []
  const output = markdownOutput((text) => printed.push(text), width, styles)
  for (const each of pieces) output.text(each)
  output.end()
  return printed
}

describe('blocks', () => {
  test.each([
    ['a heading', '# Title', '<b>Title</b>\n'],
    ['emphasis', 'a **b** *c* `d` ~~e~~', 'a <b>b</b> <i>c</i> <c>d</c> <d>e</d>\n'],
    ['a link', '[text](http://a.b)', 'text (<c>http://a.b</c>)\n'],
    ['a list with emphasis', '- **a**\n- b\n  - `c`', '  • <b>a</b>\n  • b\n      • <c>c</c>\n'],
    ['a numbered list', '3. a\n4. b', '  3. a\n  4. b\n'],
    ['tasks', '- [x] done\n- [ ] open', '  • [x] done\n  • [ ] open\n'],
    ['code', '```js\nlet a = "<b>"\n```', '    <c>let a = "<b>"</c>\n'],
    ['a quote', '> said', '<d>│ </d>said\n'],
    ['entities as they are', 'a < b && c > d', 'a < b && c > d\n'],
    ['HTML as it is', '<details>x</details>', '<details>x</details>\n'],
    ['two lines', 'one\ntwo', 'one\ntwo\n'],
  ])('%s', (_, text, expected) => expect(rendered([text]).join('')).toBe(expected))

  test('a table keeps Thai in its columns', () =>
    expect(
      rendered(['| คำ | n |\n|---|--:|\n| พิสูจน์ | 1 |\n| b | 22 |'], {
        ...marks,
        bold: plain,
        dim: plain,
      }).join(''),
    ).toBe(
      // คำ is two columns wide, พิสูจน์ four.
      'คำ     n\n────  ──\nพิสูจน์   1\nb     22\n',
    ))
  test('long lines are wrapped', () => {
    const lines = rendered(['word '.repeat(30)])
      .join('')
      .split('\n')
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(40)
  })
})

describe('streaming', () => {
  test('a block is printed when the next one begins', () => {
    const printed: string[] = []
    const output = markdownOutput((text) => printed.push(text), 40, marks)
    output.text('# A\n\nfirst ')
    expect(printed.join('')).toBe('<b>A</b>\n')
    output.text('line\n\n- x\n')
    expect(printed.join('')).toBe('<b>A</b>\n\nfirst line\n')
    output.end()
    expect(printed.join('')).toBe('<b>A</b>\n\nfirst line\n\n  • x\n')
  })

  const lines = fc.constantFrom(
    '# T',
    'text **b**',
    '',
    '- a',
    '  - b',
    '```',
    'code',
    '1. x',
    '> q',
    '| a |',
    '|---|',
    'ส',
  )
  const texts = fc.array(lines, { maxLength: 14 }).map((all) => all.join('\n'))
  test('no text, however cut, is lost or printed twice', () =>
    fc.assert(
      fc.property(texts, fc.array(fc.nat(), { maxLength: 6 }), (text, cuts) => {
        const places = [...new Set(cuts.map((each) => each % (text.length + 1)))].sort(
          (a, b) => a - b,
        )
        const pieces = [0, ...places].map((from, at) => text.slice(from, places[at] ?? text.length))
        const letters = (printed: readonly string[]) =>
          printed
            .join('')
            .replaceAll(/<\/?[bdci]>/g, '')
            .replaceAll(/[^\p{L}]/gu, '')
        expect(letters(rendered(pieces))).toBe(letters(rendered([text])))
      }),
    ))
})
