import type { Advice, ReportRow } from '../../core/recommend/advice.ts'
import { paragraph } from '../paragraph.ts'
import { quoted, todayText } from '../quote.ts'
import { columnsOf, padEnd, padStart, truncate } from '../width.ts'
import { roleWord, word } from '../words.ts'
import { scoreText } from './figures.ts'
import { type Look, ROLE } from './look.ts'

const SCORE = 5
const LONGEST_NAME = 23
/** With less room than this, what is true today stands below, not beside. */
const NARROW = 24

/** The report's picks: what it said, and what has become of them. */
export function reportBlock({ report }: Advice, look: Look): readonly string[] {
  const { language, paint, width, name } = look
  if (report.length === 0) return []
  const names = Math.min(LONGEST_NAME, Math.max(16, ...report.map((row) => columnsOf(row.name))))
  const said = Math.max(13, ...report.map(({ today }) => columnsOf(saidText(today.said))))
  const before = 1 + ROLE + names + 1 + SCORE + 2 + said + 2
  const figures = (score: string, price: string) =>
    ` ${padStart(score, SCORE)}  ${padStart(price, said)}  `
  const head = padEnd(word('report', language).toUpperCase(), 1 + ROLE + names)
  const rows = report.flatMap(({ role, name: called, today, score }) => {
    const text = todayText(today, name)
    const style = (text: string) => (today.status === 'current' ? text : paint.yellow(text))
    const label = paint.green(padEnd(roleWord(role, language), ROLE))
    const start = ` ${label}${padEnd(truncate(called, names), names)}${figures(score ? scoreText(score) : '–', saidText(today.said))}`
    if (width - before < NARROW) return [start, ...paragraph(text, 1 + ROLE, width).map(style)]
    const [first = '', ...more] = paragraph(text, before, width)
    return [start + style(first.slice(before)), ...more.map(style)]
  })
  return [
    paint.bold(
      `${head}${figures(word('score', language), word('said', language))}${width - before < NARROW ? '' : word('today', language)}`.trimEnd(),
    ),
    ...rows,
    ...reasons(report)
      .flatMap((text) => paragraph(text, 1 + ROLE, width))
      .map((text) => paint.dim(text)),
  ]
}

const saidText = (said: ReportRow['today']['said']): string => (said ? quoted(said) : '–')

const reasons = (report: readonly ReportRow[]): readonly string[] => [
  ...new Set(
    report.flatMap(({ why, strategy }) => [
      ...(why ? [`why: ${why}`] : []),
      ...(strategy ? [`strategy: ${strategy}`] : []),
    ]),
  ),
]
