import { toDecimal } from '../../core/money.ts'
import type { Advice } from '../../core/recommend/advice.ts'
import { ANSWER_TOKENS, type Candidate } from '../../core/recommend/candidate.ts'
import { kneePoints } from '../../core/recommend/knee.ts'
import { metricName } from '../../core/recommend/metric-name.ts'
import { eligible } from '../../core/recommend/roles.ts'
import { utilities } from '../../core/recommend/weights.ts'
import { grouped, money } from '../money.ts'
import { paragraph } from '../paragraph.ts'
import { pair } from '../quote.ts'
import { sheetText } from '../sheet.ts'
import { scoreText } from './figures.ts'
import type { Look } from './look.ts'

const MOST_ROWS = 8

/** How the answer came about, with its own numbers. */
export function explainText(advice: Advice, look: Look): string {
  const { paint } = look
  const parts = [
    ['who is eligible', eligibility(advice, look)],
    ['cost: tokens at list price', costs(advice, look)],
    [
      'value: height above the line from cheapest to best, in (log cost, score)',
      knees(advice, look),
    ],
    [`fast: first token + ${ANSWER_TOKENS} tokens`, times(advice, look)],
    [
      'choice: weighted sum of the axes, each from 0 (worst above the floor) to 1',
      choices(advice, look),
    ],
    ['sources', sources(advice, look)],
  ] as const
  return parts
    .filter(([, lines]) => lines.length > 0)
    .map(
      ([title, lines]) =>
        `\n${paragraph(title.toUpperCase(), 0, look.width)
          .map((line) => paint.bold(line))
          .join('\n')}\n${lines.join('\n')}\n`,
    )
    .join('')
}

const table = (
  titles: readonly string[],
  rows: readonly (readonly string[])[],
  { width }: Look,
): readonly string[] =>
  sheetText(
    {
      columns: titles.map((title, at) => ({
        key: title,
        title,
        align: at === 0 ? 'left' : 'right',
        ...(at === 0 ? { flexible: true } : {}),
      })),
      rows,
    },
    width - 1,
  )
    .trimEnd()
    .split('\n')
    .map((line) => ` ${line}`)

/** Candidates that a role other than `free` may choose from. */
const contenders = ({ field, floor }: Advice): readonly Candidate[] =>
  eligible(field, floor?.value ?? 0)

/** Those that keep the floor. */
const able = ({ field, floor }: Advice): readonly Candidate[] =>
  field.filter(({ quality }) => quality >= (floor?.value ?? 0))

function eligibility(advice: Advice, { width }: Look): readonly string[] {
  const { field, floor, sieve, unscored, question } = advice
  const keeping = able(advice)
  const lines = [
    'base models on the list that answer in text, cost something and stay 30 days or more; no variants, aliases or routers',
    ...sieve.steps.map(({ name, left }) => `${name}: ${left} left`),
    `${metricName(question.task.metric)}: ${field.length} have a score, ${unscored.newer.length + unscored.older} have none`,
    ...(floor
      ? [
          `floor ${floor.rule}: ${keeping.length} keep it, ${contenders(advice).length} of them with nothing at least as good in score, cost and time and better in one`,
        ]
      : []),
    `${question.task.why} (assumed)`,
  ]
  return lines.flatMap((text) => paragraph(text, 1, width))
}

function costs({ picks, question }: Advice, { width, name }: Look): readonly string[] {
  const { input, output } = question.volume
  const lines = distinct(picks.flatMap(({ candidate }) => candidate ?? [])).map(
    (candidate) =>
      `${name(candidate.model.id)}: ${grouped(String(input))} x ${candidate.rates.input} + ${grouped(String(output))} x ${candidate.rates.output} per 1M = $${grouped(toDecimal(candidate.cost))}${timed(candidate) ? ' (mean over the hours of a week)' : ''}`,
  )
  return lines.flatMap((text) => paragraph(text, 1, width))
}

const timed = ({ point }: Candidate): boolean =>
  (point.price?.overrides ?? []).some(({ utcStart, utcDays }) => utcStart !== undefined || utcDays)

const distinct = (all: readonly Candidate[]): readonly Candidate[] => [...new Set(all)]

function knees(advice: Advice, look: Look): readonly string[] {
  const points = kneePoints(contenders(advice))
  if (points.length === 0) return []
  return table(
    ['front', 'score', 'cost', 'height'],
    points.map(({ at, height }) => [
      look.name(at.model.id),
      scoreText(at.score),
      `$${money(at.cost)}`,
      height.toFixed(2),
    ]),
    look,
  )
}

function times(advice: Advice, look: Look): readonly string[] {
  const known = able(advice)
    .filter(({ seconds }) => seconds !== null)
    .sort((a, b) => (a.seconds ?? 0) - (b.seconds ?? 0))
  if (known.length === 0) return []
  return table(
    ['quickest above the floor', 'first token', 'tok/s', 'seconds', 'provider'],
    known
      .slice(0, MOST_ROWS)
      .map(({ model, seconds }) => [
        look.name(model.id),
        `${((model.speed?.ttftMs ?? 0) / 1000).toFixed(3)} s`,
        (model.speed?.throughput ?? 0).toFixed(1),
        (seconds ?? 0).toFixed(2),
        model.speed?.provider ?? '',
      ]),
    look,
  )
}

function choices(advice: Advice, look: Look): readonly string[] {
  const { question, floor } = advice
  const { weights } = question
  if (!weights) return []
  const candidates = contenders(advice)
  const rows = utilities(candidates, floor?.value ?? 0, weights)
    .map((utility, at) => ({ utility, candidate: candidates[at] }))
    .sort((a, b) => b.utility.total - a.utility.total)
    .slice(0, MOST_ROWS)
    .map(({ utility, candidate }) => [
      candidate ? look.name(candidate.model.id) : '',
      utility.intelligence.toFixed(2),
      `${utility.latency.toFixed(2)}${utility.assumedLatency ? ' (assumed)' : ''}`,
      utility.cost.toFixed(2),
      utility.total.toFixed(3),
    ])
  const { intelligence, latency, cost } = weights
  return table(
    [
      'undominated',
      `intelligence x${intelligence}`,
      `latency x${latency}`,
      `cost x${cost}`,
      `sum / ${intelligence + latency + cost}`,
    ],
    rows,
    look,
  )
}

function sources({ sources: all, unscored }: Advice, { width }: Look): readonly string[] {
  const named = all.map(({ id, name, url, asOf }) => `${id}: ${name}, ${asOf}, ${url}`)
  const newer = unscored.newer.map(({ model, rates }) => `${model.id} (${pair(rates)})`)
  return [...named, ...(newer.length > 0 ? [`not yet scored: ${newer.join(', ')}`] : [])].flatMap(
    (text) => paragraph(text, 1, width),
  )
}
