import type { Paint } from '../../context.ts'
import { toDecimal, type Usd } from '../../core/money.ts'
import type { Difference } from '../../core/workload/difference.ts'
import { money } from '../money.ts'
import { type Sheet, sheetMarkdown, sheetText } from '../sheet.ts'

export type DiffView = {
  readonly difference: Difference
  /** What the two sides are called: files, or catalogues. */
  readonly before: string
  readonly after: string
  readonly months: number
}

const decimal = (amount: Usd | null): string | null => (amount ? toDecimal(amount) : null)

/** `orx.diff/1`, documented in docs/json.md. */
export const diffJson = ({ difference, before, after, months }: DiffView): object => ({
  schema: 'orx.diff/1',
  before,
  after,
  months,
  workloads: difference.workloads.map((each) => ({
    name: each.name,
    before: each.before && { model: each.before.model, cost: decimal(each.before.cost) },
    after: each.after && { model: each.after.model, cost: decimal(each.after.cost) },
    delta: decimal(each.delta),
  })),
  totals: {
    before: decimal(difference.before),
    after: decimal(difference.after),
    delta: decimal(difference.delta),
    percent: decimal(difference.percent),
  },
})

export const diffSheet = ({ difference }: DiffView): Sheet =>
  sheetOf(difference, (amount) => decimal(amount))

export const diffText = (view: DiffView, width: number, paint: Paint): string =>
  [
    `${paint.bold(view.before)} → ${paint.bold(view.after)}`,
    '',
    sheetText(sheetOf(view.difference, shown, paint), Math.min(width, 110), paint.dim).trimEnd(),
    '',
    ` ${summary(view)}`,
    '',
  ].join('\n')

/** Ready for a pull-request comment: the answer first, the table after it. */
export const diffMarkdown = (view: DiffView): string =>
  `**${summary(view)}**\n\n${sheetMarkdown(sheetOf(view.difference, shown))}\n<sub>${view.before} → ${view.after}, cheapest mix of routes</sub>\n`

function summary({ difference, months }: DiffView): string {
  const { before, after, delta, percent } = difference
  if (!before || !after || !delta)
    return 'One side has no known price, so the difference is not known.'
  const period = months === 1 ? 'a month' : `over ${months} months`
  if (delta.units === 0n) return `No change: $${money(after)} ${period}.`
  const word = delta.units > 0n ? 'more' : 'less'
  const size = money({ ...delta, units: delta.units < 0n ? -delta.units : delta.units })
  return `$${size} ${word} ${period}: $${money(before)} → $${money(after)}${percent ? ` (${signed(toDecimal(percent))} %)` : ''}`
}

const signed = (text: string): string => (text.startsWith('-') || text === '0' ? text : `+${text}`)

const shown = (amount: Usd | null): string => (amount ? money(amount) : '–')

function sheetOf(
  { workloads, before, after, delta }: Difference,
  text: (amount: Usd | null) => string | null,
  paint?: Paint,
): Sheet {
  const change = (amount: Usd | null) => {
    const figure = text(amount)
    if (amount?.units === 0n) return paint ? '–' : figure
    return figure === null || figure === '–' ? figure : signed(figure)
  }
  const right = { align: 'right' as const }
  return {
    columns: [
      { key: 'workload', title: 'workload', flexible: true },
      { key: 'model', title: 'model', flexible: true },
      { key: 'before', title: 'before', ...right },
      { key: 'after', title: 'after', ...right },
      {
        key: 'delta',
        title: 'change',
        ...right,
        ...(paint && {
          style: (cell: string) => (cell.includes('+') ? paint.yellow(cell) : paint.green(cell)),
        }),
      },
    ],
    rows: [
      ...workloads.map((each) => [
        each.name,
        modelText(each.before?.model, each.after?.model),
        each.before ? text(each.before.cost) : 'new',
        each.after ? text(each.after.cost) : 'gone',
        change(each.delta),
      ]),
      ['all, fees included', '', text(before), text(after), change(delta)],
    ],
  }
}

const modelText = (before: string | undefined, after: string | undefined): string =>
  before && after && before !== after ? `${before} → ${after}` : (after ?? before ?? '')
