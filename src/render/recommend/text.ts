import type { Language } from '../../core/playbook/playbook.ts'
import type { Advice, ReportRow } from '../../core/recommend/advice.ts'
import type { Candidate } from '../../core/recommend/candidate.ts'
import type { Pick } from '../../core/recommend/recommend.ts'
import { metricName } from '../../core/recommend/scores.ts'
import { money } from '../money.ts'
import { pair, quoted, todayText } from '../quote.ts'
import { columnsOf, padEnd, padStart, truncate, wrap } from '../width.ts'
import { roleWord, word } from '../words.ts'
import { contextText, effortText, scoreText, speedText, volumeText, waitText } from './figures.ts'

type Style = (text: string) => string
export type Look = {
  readonly width: number
  readonly language: Language
  readonly paint: Readonly<Record<'bold' | 'dim' | 'green' | 'yellow', Style>>
  /** Shortest unambiguous name of a model. */
  readonly name: (id: string) => string
  /** Whole days since a date. */
  readonly age: (day: string) => number
  readonly freeLimit: string
}

/** The answer for a terminal: today's picks, the models not yet scored, the report's picks, and what each figure is. */
export function adviceText(advice: Advice, look: Look): string {
  const blocks = [
    title(advice, look),
    todayBlock(advice, look),
    unscoredBlock(advice, look),
    reportBlock(advice, look),
    footer(advice, look),
  ]
  return `${blocks
    .filter((block) => block.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

const title = ({ question: { task } }: Advice, { paint, language }: Look): readonly string[] => [
  `${paint.bold(task.id)}: ${language === 'th' ? task.labelTh : task.label}`,
]

const ROLE = 8

function todayBlock(advice: Advice, look: Look): readonly string[] {
  const { picks, question } = advice
  const { language, paint, name, width } = look
  const volume = volumeText(question.volume)
  const found = picks.flatMap(({ candidate }) => candidate ?? [])
  const prices = found.map(({ rates }) => pair(rates))
  const price = Math.max(columnsOf(word('price', language)), ...prices.map(columnsOf))
  const cost = Math.max(columnsOf(volume), 9)
  const wait = columnsOf(word('wait', language)) + 4
  const fixed = 1 + ROLE + 1 + 6 + 2 + price + 2 + cost + 2 + wait
  const longest = Math.max(...found.map(({ model }) => columnsOf(name(model.id))), 12)
  const model = Math.max(12, Math.min(longest, width - fixed - 2))
  const row = (
    role: string,
    what: string,
    ...figures: readonly [string, string, string, string]
  ) => {
    const [score, rates, sum, time] = figures
    return ` ${padEnd(role, ROLE)}${padEnd(truncate(what, model), model)} ${padStart(score, 6)}  ${padStart(rates, price)}  ${padStart(sum, cost)}  ${padStart(time, wait)}`
  }
  const heading = row(
    '',
    '',
    word('score', language),
    word('price', language),
    volume,
    `${word('wait', language)} [1]`,
  )
  const top = word('today', language).toUpperCase()
  return [
    paint.bold(padEnd(top, columnsOf(top)) + heading.slice(columnsOf(top))),
    ...picks.flatMap((pick) => pickLines(pick, row, look)),
  ]
}

function pickLines(
  { role, candidate, why }: Pick,
  row: (
    role: string,
    what: string,
    ...figures: readonly [string, string, string, string]
  ) => string,
  { language, paint, name, width }: Look,
): readonly string[] {
  const label = roleWord(role, language)
  if (!candidate) return [` ${paint.green(padEnd(label, ROLE))}${paint.yellow(why)}`]
  const line = row(
    label,
    name(candidate.model.id),
    scoreText(candidate.score),
    pair(candidate.rates),
    candidate.cost.units === 0n ? 'free' : `$${money(candidate.cost)}`,
    waitText(candidate.seconds),
  )
  const star = candidate.marks.some(({ kind }) => kind !== 'dates') ? paint.yellow('*') : ''
  const detail = [why, speedText(candidate), `${contextText(candidate.model.context)} context`]
  return [
    line.replace(label, paint.green(label)) + star,
    ...indented(detail.join(' · '), 1 + ROLE, width).map(paint.dim),
  ]
}

/** Wrapped text under the second column. */
const indented = (text: string, columns: number, width: number): readonly string[] =>
  wrap(text, width - columns).map((line) => ' '.repeat(columns) + line)

function unscoredBlock(
  { unscored, scoreDate }: Advice,
  { width, name, paint }: Look,
): readonly string[] {
  const { newer, older } = unscored
  if (newer.length === 0) return []
  const shown = newer.slice(0, 4).map(({ model, rates }) => `${name(model.id)} (${pair(rates)})`)
  const models = newer.length === 1 ? '1 model is' : `${newer.length} models are`
  const rest = newer.length > shown.length ? ' …' : ''
  const passed = older > 0 ? ` ${older} older ones have no score either.` : ''
  const text = `${models} newer than the scores of ${scoreDate}, so not ranked: ${shown.join(', ')}${rest}${passed} All: orx models --unscored`
  return indented(text, 1, width).map(paint.yellow)
}

const NAME = 22

function reportBlock({ report }: Advice, look: Look): readonly string[] {
  const { language, paint, width, name } = look
  const said = Math.max(15, ...report.map(({ today }) => columnsOf(saidText(today.said))))
  const before = 1 + ROLE + NAME + 1 + 6 + 2 + said + 2
  const head = word('report', language).toUpperCase()
  const heading = `${padEnd(head, 1 + ROLE + NAME + 1)}${padStart(word('score', language), 6)}  ${padStart(word('said', language), said)}  ${word('today', language)}`
  const rows = report.flatMap(({ role, name: called, today, score }) => {
    const [first = '', ...more] = wrap(todayText(today, name), Math.max(20, width - before))
    const style = today.status === 'current' ? (text: string) => text : paint.yellow
    const label = roleWord(role, language)
    const line = ` ${paint.green(padEnd(label, ROLE))}${padEnd(truncate(called, NAME), NAME)} ${padStart(score ? scoreText(score) : '–', 6)}  ${padStart(saidText(today.said), said)}  ${style(first)}`
    return [line, ...more.map((text) => ' '.repeat(before) + style(text))]
  })
  return [
    paint.bold(heading),
    ...rows,
    ...reasons(report).flatMap((text) => indented(text, 1 + ROLE, width).map(paint.dim)),
  ]
}

const saidText = (said: ReportRow['today']['said']): string => (said ? quoted(said) : '–')

const reasons = (report: readonly ReportRow[]): readonly string[] =>
  [
    ...new Set(
      report.flatMap(({ why, strategy }) => [why, ...(strategy ? [`strategy: ${strategy}`] : [])]),
    ),
  ].filter((text) => text !== '')

function footer(advice: Advice, { width, paint, age, freeLimit }: Look): readonly string[] {
  const { picks, report, floor, question, scoreDate, priceDate } = advice
  const found = picks.flatMap(({ candidate }) => candidate ?? [])
  const days = age(priceDate)
  const speed = found.find(({ model }) => model.speed)?.model.speed?.asOf
  const lines = [
    ...scoreLines(found, report, scoreDate, metricName(question.task.metric)),
    ...(floor ? [`floor: every role but free keeps ${floor.rule}`] : []),
    ...marks(found),
    `[1] first token + 500 tokens, without reasoning, at the busiest healthy provider${speed ? ` on ${speed}` : ''}`,
    `volume: ${volumeText(question.volume)} tokens a month in ${question.volume.requests.toLocaleString('en-US')} requests (assumed unless given), at list price`,
    ...(picks.some(({ role, candidate }) => role === 'free' && candidate)
      ? [`free: ${freeLimit}`]
      : []),
    `prices: ${priceDate}, ${days} day${days === 1 ? '' : 's'} old · arithmetic: --explain`,
  ]
  return lines.flatMap((text) => indented(text, 1, width)).map(paint.dim)
}

function scoreLines(
  found: readonly Candidate[],
  report: readonly ReportRow[],
  scoreDate: string,
  metric: string,
): readonly string[] {
  const all = [...found.map(({ score }) => score), ...report.flatMap(({ score }) => score ?? [])]
  const efforts = new Set(found.map(({ score }) => effortText(score.effort)))
  const older = [...new Set(all.map(({ asOf }) => asOf).filter((asOf) => asOf < scoreDate))].sort()
  const of = older.length > 0 ? ` (some of ${older.join(', ')})` : ''
  const effort = found.length > 0 ? `; ${[...efforts].join(', ')}` : ''
  return [`score: ${metric} of ${scoreDate}${of}, each model's highest${effort}`]
}

/** The marks of all rows, each text once. "dates" holds for whole columns and is said by [1]. */
const marks = (found: readonly Candidate[]): readonly string[] => [
  ...new Set(
    found.flatMap((candidate) =>
      candidate.marks.filter(({ kind }) => kind !== 'dates').map(({ text }) => `* ${text}`),
    ),
  ),
]
