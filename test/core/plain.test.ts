import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { plain, plainer, plainLine } from '../../src/core/plain.ts'

describe('control sequences', () => {
  test.each([
    ['colour', 'a\u001b[1;31mred\u001b[0m', 'ared'],
    ['window title, ended by BEL', '\u001b]0;owned\u0007text', 'text'],
    ['clipboard, ended by ST', '\u001b]52;c;ZXZpbA==\u001b\\text', 'text'],
    ['one-byte CSI', '\u009b2Jtext', 'text'],
    ['charset', '\u001b(0text', 'text'],
    ['full reset', '\u001bctext', 'text'],
    ['back over what was there', 'safe\r\b\b\u007fx', 'safex'],
    ['an open string ends with its line', '\u001b]0;x\nnext', '\nnext'],
    ['a sequence cut off by another', '\u001b[3\u001b[2Jx', 'x'],
    ['CRLF', 'a\r\nb\tc', 'a\nb\tc'],
    ['scripts and emoji', 'สวัสดี 👋 é', 'สวัสดี 👋 é'],
  ])('%s', (_, dirty, clean) => expect(plain(dirty)).toBe(clean))

  test('an endless string hides only so much', () => {
    expect(plain(`\u001b]${'x'.repeat(10_000)}`).length).toBeGreaterThan(5_000)
  })

  test('messages become one line', () => expect(plainLine(' a\n\u001b[2Jb ')).toBe('a b'))
})

describe('laws', () => {
  const nasty = fc.string({
    unit: fc.constantFrom(
      '\u001b',
      '[',
      ']',
      '0',
      ';',
      'm',
      '\\',
      '\u0007',
      '\u009b',
      'x',
      '\n',
      '\r',
      'ส',
      'P',
    ),
    maxLength: 40,
  })
  test('nothing that remains controls a terminal', () =>
    fc.assert(
      fc.property(nasty, (text) => {
        const codes = [...plain(text)].map((each) => each.codePointAt(0) ?? 0)
        const controls = codes.filter(
          (code) => (code < 0x20 && code !== 9 && code !== 10) || (code >= 0x7f && code < 0xa0),
        )
        expect(controls).toEqual([])
      }),
    ))
  test('pieces give what the whole gives', () =>
    fc.assert(
      fc.property(fc.array(nasty), (parts) => {
        const clean = plainer()
        expect(parts.map(clean).join('')).toBe(plain(parts.join('')))
      }),
    ))
  test('clean text is left alone', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(plain(plain(text))).toBe(plain(text))
      }),
    ))
})
