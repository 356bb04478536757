import type { Advice, ReportRow } from '../../core/recommend/advice.ts'
import type { Candidate } from '../../core/recommend/candidate.ts'
import { metricName } from '../../core/recommend/metric-name.ts'
import { grouped } from '../money.ts'
import { glued, paragraph } from '../paragraph.ts'
import { volumeText } from './figures.ts'
import type { Look } from './look.ts'
import { reportBlock } from './report.ts'
import { todayBlock, unscoredBlock } from './today.ts'

/** The answer for a terminal: today's picks, the models not yet scored, the report's picks, and what each figure is. */
export function adviceText(advice: Advice, look: Look): string {
  const { task } = advice.question
  const title = `${look.paint.bold(task.id)}: ${look.language === 'th' ? task.labelTh : task.label}`
  const blocks = [
    [title],
    todayBlock(advice, look),
    unscoredBlock(advice, look),
    reportBlock(advice, look),
    footer(advice, look),
  ]
  return `${blocks
    .filter((block) => block.length > 0)
    .map((lines) => lines.map((line) => line.trimEnd()).join('\n'))
    .join('\n\n')}\n`
}

function footer(advice: Advice, { width, paint, age, freeLimit }: Look): readonly string[] {
  const { picks, report, floor, question, scoreDate, priceDate } = advice
  const { volume, task } = question
  const found = picks.flatMap(({ candidate }) => candidate ?? [])
  const days = age(priceDate)
  const speed = found.find(({ model }) => model.speed)?.model.speed?.asOf
  const free = picks.some(({ role, candidate }) => role === 'free' && candidate)
  const lines = [
    scoreLine(advice, found, report, scoreDate, metricName(task.metric)),
    ...(floor ? [`roles but free keep at least ${floor.rule}`] : []),
    `[1] first token + 500 tokens at the busiest provider${speed ? ` on ${speed}` : ''}, without reasoning`,
    ...marks(found),
    ...(report.some(({ score }) => score?.estimated)
      ? ['~ a score that its source only estimates']
      : []),
    `${volumeText(volume)}: a month's tokens at list price, in ${grouped(String(volume.requests))} requests`,
    ...(free ? [`free: ${freeLimit}`] : []),
    `prices: ${priceDate}, ${days} day${days === 1 ? '' : 's'} old · ${glued('arithmetic: --explain')}`,
  ]
  return lines.flatMap((text) => paragraph(text, 1, width)).map((text) => paint.dim(text))
}

/** "score: Coding Index, Artificial Analysis via OpenRouter, 2026-08-22; highest effort, not named by the source". */
function scoreLine(
  { sources }: Advice,
  found: readonly Candidate[],
  report: readonly ReportRow[],
  scoreDate: string,
  metric: string,
): string {
  const scores = [...found.map(({ score }) => score), ...report.flatMap(({ score }) => score ?? [])]
  const newest = scores.find(({ asOf }) => asOf === scoreDate)
  const source = sources.find(({ id }) => id === newest?.source)?.name
  const older = [
    ...new Set(scores.map(({ asOf }) => asOf).filter((asOf) => asOf < scoreDate)),
  ].sort()
  const efforts = [...new Set(found.flatMap(({ score }) => score.effort ?? []))]
  const unnamed = found.some(({ score }) => score.effort === null)
  return [
    `score: ${metric}, ${source ? `${source}, ` : ''}${scoreDate}`,
    ...(older.length > 0 ? [`(some ${older.join(', ')})`] : []),
    `· each at its highest effort${efforts.length > 0 ? `: ${efforts.join(', ')}` : ''}`,
    ...(unnamed ? [`(${efforts.length > 0 ? 'others ' : ''}not named by the source)`] : []),
  ].join(' ')
}

/** The marks of all rows, each text once. "dates" holds for whole columns, and [1] says it. */
const marks = (found: readonly Candidate[]): readonly string[] => [
  ...new Set(
    found.flatMap((candidate) =>
      candidate.marks.filter(({ kind }) => kind !== 'dates').map(({ text }) => `* ${text}`),
    ),
  ),
]
