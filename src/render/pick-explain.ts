import { STRUCTURE } from '../core/classify/structure.ts'
import { toDecimal } from '../core/money.ts'
import type { Choice, Weighed } from '../core/pick/request.ts'
import { money } from './money.ts'
import { paragraph } from './paragraph.ts'
import { type Sheet, sheetText } from './sheet.ts'

const MOST_TASKS = 5
const MOST_MODELS = 12

/** What was seen in the prompt: the structural features that are not zero, strongest first. */
const seen = ({ classification }: Choice): readonly (readonly [string, number])[] =>
  STRUCTURE.map((name, at) => [name, classification.features.structure[at] ?? 0] as const)
    .filter(([, value]) => value > 0)
    .sort((a, b) => b[1] - a[1])

/** The likeliest tasks; what would print as 0.00 is left out. */
const scores = ({ classification }: Choice) =>
  classification.tasks.slice(0, MOST_TASKS).filter(([, share]) => share >= 0.005)

/** The further keys of `--json --explain`. */
export const explainJson = (choice: Choice) => ({
  explain: {
    tasks: choice.classification.tasks.map(([task, share]) => ({ task, share: rounded(share) })),
    features: seen(choice).map(([name, value]) => ({ name, value: rounded(value) })),
    models: choice.weighed.map((each) => ({
      model: each.model,
      quality: each.quality,
      cost: toDecimal(each.cost),
      worst: each.worst ? toDecimal(each.worst) : null,
      seconds: each.seconds === null ? null : rounded(each.seconds),
      utility: each.utility === null ? null : rounded(each.utility),
    })),
  },
})

const rounded = (value: number): number => Math.round(value * 10_000) / 10_000

/** The same for people: features, scores, and the models that were weighed. */
export function explainText(choice: Choice, width: number): string {
  const tasks = scores(choice).map(([task, share]) => `${task} ${share.toFixed(2)}`)
  const features = seen(choice).map(([name, value]) => `${name} ${value.toFixed(2)}`)
  return [
    '',
    ` tasks    ${tasks.join(' · ')}`,
    ...wrapped(features, Math.min(width, 100) - 10).map(
      (line, at) => ` ${at === 0 ? 'seen  ' : '      '}   ${line}`,
    ),
    '',
    sheetText(weighedSheet(choice.weighed.slice(0, MOST_MODELS)), width),
    ...paragraph(
      'utility: score above the floor, counting with the difficulty; price, counting with what is left of 1; and the wait for 500 tokens. Each from 0 (worst of these) to 1.',
      1,
      width,
    ),
    '',
  ].join('\n')
}

function wrapped(parts: readonly string[], width: number): readonly string[] {
  const lines = ['']
  for (const part of parts) {
    const line = lines.at(-1) ?? ''
    const longer = line === '' ? part : `${line} · ${part}`
    if (longer.length <= width) lines[lines.length - 1] = longer
    else lines.push(part)
  }
  return lines
}

const weighedSheet = (list: readonly Weighed[]): Sheet => ({
  columns: [
    { key: 'model', title: ' model', flexible: true },
    { key: 'score', title: 'score', align: 'right' },
    { key: 'cost', title: 'this prompt', align: 'right' },
    { key: 'worst', title: 'at worst', align: 'right' },
    { key: 'seconds', title: '500 tok', align: 'right' },
    { key: 'utility', title: 'utility', align: 'right' },
  ],
  rows: list.map(({ model, quality, cost, worst, seconds, utility }) => [
    ` ${model}`,
    quality === null ? '–' : quality.toFixed(1),
    `$${money(cost)}`,
    worst ? `$${money(worst)}` : '–',
    seconds === null ? '–' : `${seconds.toFixed(1)} s`,
    utility === null ? '–' : utility.toFixed(3),
  ]),
})
