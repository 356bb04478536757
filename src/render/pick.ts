import type { Paint } from '../context.ts'
import { isZero, toDecimal, type Usd } from '../core/money.ts'
import type { Choice } from '../core/pick/request.ts'
import { money } from './money.ts'
import type { Sheet } from './sheet.ts'
import { wrap } from './width.ts'

const share = (value: number): number => Math.round(value * 10_000) / 10_000
const exact = (amount: Usd | undefined): string | null => (amount ? toDecimal(amount) : null)

/** `orx pick --json`. */
export const choiceJson = (choice: Choice, asOf: string) => ({
  schema: 'orx.pick/1' as const,
  task: choice.classification.task,
  confidence: share(choice.classification.confidence),
  difficulty: share(choice.classification.difficulty),
  lane: choice.lane,
  wanted: choice.wanted,
  model: choice.model,
  fallbacks: choice.fallbacks,
  estimate: {
    inputTokens: choice.estimate.inputTokens,
    outputTokens: choice.estimate.outputTokens,
    maxTokens: choice.estimate.maxTokens ?? null,
    cost: toDecimal(choice.estimate.cost),
    worst: exact(choice.estimate.worst),
  },
  reasons: choice.reasons,
  asOf,
})

/** A few lines for people. */
export function choiceText(choice: Choice, width: number, paint: Paint, asOf: string): string {
  const { classification, wanted, lane, model, fallbacks, estimate, reasons } = choice
  const { task, confidence, difficulty } = classification
  const lanes = wanted === lane ? lane : `${wanted} → ${lane}`
  const free = isZero(estimate.cost)
  const cost = free ? 'free' : `about $${money(estimate.cost)}`
  const worst = estimate.worst && !free ? `, $${money(estimate.worst)} at the worst` : ''
  const rows = [
    ['task', `${task}, difficulty ${difficulty.toFixed(2)}`],
    ['lane', `${lanes}, ${Math.round(confidence * 100)} % sure`],
    ['model', model],
    ['then', fallbacks.length > 0 ? fallbacks.join(', ') : 'none as cheap by another author'],
    [
      'cost',
      `${cost}: ${estimate.inputTokens} tokens in, some ${estimate.outputTokens} out${worst}`,
    ],
    ...reasons.map((reason, at) => [at === 0 ? 'why' : '', reason]),
  ]
  const lines = rows.flatMap(([name = '', value = '']) =>
    wrap(value, width - 8).map((line, at) => {
      const label = paint.bold((at === 0 ? name : '').padEnd(7))
      return ` ${label}${name === 'model' ? paint.green(line) : line}`
    }),
  )
  return `${lines.join('\n')}\n ${paint.dim(`prices ${asOf}`)}\n`
}

/** One row. */
export const choiceSheet = ({
  classification,
  lane,
  model,
  fallbacks,
  estimate,
}: Choice): Sheet => ({
  columns: [
    { key: 'task', title: 'task' },
    { key: 'lane', title: 'lane' },
    { key: 'confidence', title: 'confidence', align: 'right' },
    { key: 'difficulty', title: 'difficulty', align: 'right' },
    { key: 'model', title: 'model' },
    { key: 'fallbacks', title: 'fallbacks' },
    { key: 'cost_usd', title: 'cost (US$)', align: 'right' },
  ],
  rows: [
    [
      classification.task,
      lane,
      String(share(classification.confidence)),
      String(share(classification.difficulty)),
      model,
      fallbacks.join(' '),
      toDecimal(estimate.cost),
    ],
  ],
})
