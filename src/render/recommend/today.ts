import type { Advice } from '../../core/recommend/advice.ts'
import type { Candidate } from '../../core/recommend/candidate.ts'
import type { Pick } from '../../core/recommend/recommend.ts'
import { money } from '../money.ts'
import { glued, paragraph } from '../paragraph.ts'
import { pair, pairOf } from '../quote.ts'
import { columnsOf, padEnd, padStart, truncate } from '../width.ts'
import { roleWord, word } from '../words.ts'
import { contextText, scoreText, speedText, volumeText, waitText } from './figures.ts'
import { type Look, ROLE } from './look.ts'

type Widths = {
  readonly model: number
  readonly price: number
  readonly sum: number
  /** Null where there is no room for it. */
  readonly wait: number | null
}
const SCORE = 5
/** A name cut shorter than this says little. */
const NARROW = 16

/** Today's picks, two lines each: the figures, and why. */
export function todayBlock({ picks, question }: Advice, look: Look): readonly string[] {
  const { language, paint, width, name } = look
  const found = picks.flatMap(({ candidate }) => candidate ?? [])
  const prices = pairOf(found.map(({ rates }) => rates))
  const volume = volumeText(question.volume)
  const headings = [
    word('score', language),
    word('price', language),
    volume,
    `${word('wait', language)} [1]`,
  ] as const
  const price = widest([headings[1], ...found.map(({ rates }) => prices(rates))])
  const sum = widest([volume, ...found.map(sumText)])
  const wait = columnsOf(headings[3])
  const names = widest(found.map((each) => name(each.model.id)))
  const roomWithout = width - (1 + ROLE + 1 + SCORE + 2 + price + 2 + sum + 1)
  const roomBeside = roomWithout - 2 - wait
  // The wait is what a narrow terminal can best do without: its parts stand in the line below.
  const shown = roomBeside >= Math.min(names, NARROW)
  const room = shown ? roomBeside : roomWithout
  const model = Math.max(12, Math.min(names, room))
  const widths = { model, price, sum, wait: shown ? wait : null }
  const top = word('today', language).toUpperCase()
  const heading = figures(headings, widths)
  return [
    paint.bold(`${padEnd(top, 1 + ROLE + model)}${heading}`),
    ...picks.flatMap((pick) => pickLines(pick, widths, prices, look)),
  ]
}

const widest = (texts: readonly string[]): number => Math.max(0, ...texts.map(columnsOf))

const figures = (
  [score, rates, cost, time]: readonly [string, string, string, string],
  { price, sum, wait }: Widths,
): string =>
  ` ${padStart(score, SCORE)}  ${padStart(rates, price)}  ${padStart(cost, sum)}${wait === null ? '' : `  ${padStart(time, wait)}`}`

function pickLines(
  { role, candidate, why }: Pick,
  widths: Widths,
  prices: typeof pair,
  { language, paint, name, width }: Look,
): readonly string[] {
  const label = ` ${paint.green(padEnd(roleWord(role, language), ROLE))}`
  if (!candidate) return [`${label}${paint.yellow(why)}`]
  const model = padEnd(truncate(name(candidate.model.id), widths.model), widths.model)
  const line = figures(
    [
      scoreText(candidate.score),
      prices(candidate.rates),
      sumText(candidate),
      waitText(candidate.seconds),
    ],
    widths,
  )
  const star = candidate.marks.some(({ kind }) => kind !== 'dates') ? paint.yellow('*') : ''
  const detail = `${why} · ${speedText(candidate)}, ${contextText(candidate.model.context)} ctx`
  return [
    `${label}${model}${line}${star}`,
    ...paragraph(detail, 1 + ROLE, width).map((text) => paint.dim(text)),
  ]
}

const sumText = ({ cost, model }: Candidate): string =>
  model.kind === 'variant' && cost.units === 0n ? 'free' : `$${money(cost)}`

/** The models that nobody has measured yet. */
export function unscoredBlock(
  { unscored, scoreDate }: Advice,
  { width, name, paint }: Look,
): readonly string[] {
  const { newer, older } = unscored
  if (newer.length === 0) return []
  const shown = newer
    .slice(0, 3)
    .map(({ model, rates }) => glued(`${name(model.id)} (${pair(rates)})`))
  const models = newer.length === 1 ? '1 model is' : `${newer.length} models are`
  const rest = newer.length > shown.length ? ' …' : ''
  const passed = older > 0 ? ` ${older} older ones have no score either.` : ''
  const text = `${models} newer than the scores of ${scoreDate}, so not ranked: ${shown.join(', ')}${rest}${passed} See: ${glued('orx models --unscored')}`
  return paragraph(text, 1, width).map((line) => paint.yellow(line))
}
