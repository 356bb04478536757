import type { Model } from '../core/catalog/model.ts'
import { slugOf } from '../core/catalog/names.ts'
import type { AttemptRecord, Candidate, Receipt } from '../core/ledger.ts'
import { compare, isZero, round, subtract, toDecimal, type Usd, usd } from '../core/money.ts'
import type { Charge } from '../core/price.ts'
import type { Comparison } from '../core/receipt.ts'
import { grouped, percent } from './money.ts'
import { plainColumns, type Sheet, sheetText } from './sheet.ts'
import { wrap } from './width.ts'

export type ReceiptView = {
  readonly receipt: Receipt
  readonly comparison: Comparison
  /** The same tokens elsewhere: --on. */
  readonly on: readonly { readonly model: Model; readonly charge: Charge }[]
  /** YYYY-MM-DD of the prices of `on`. */
  readonly pricesAsOf: string | null
}

const decimal = (amount: Usd | null | undefined): string | null =>
  amount ? toDecimal(amount) : null

export const receiptJson = ({ receipt, comparison, on, pricesAsOf }: ReceiptView): object => ({
  schema: 'orx.receipt/1',
  id: receipt.id,
  started: receipt.started.toISOString(),
  session: receipt.session,
  lane: receipt.lane,
  asked: receipt.asked,
  why: receipt.why,
  prompt: receipt.prompt,
  candidates: receipt.candidates.map(({ why, ...candidate }) => ({
    ...candidate,
    why: why ?? null,
  })),
  attempts: receipt.attempts.map(attemptJson),
  estimate: decimal(comparison.estimate),
  spend: decimal(comparison.spend),
  settledBy: comparison.basis,
  on: on.map(({ model, charge }) => ({
    model: model.id,
    asOf: pricesAsOf,
    total: charge.kind === 'priced' ? toDecimal(charge.total) : null,
    unpriced: charge.kind === 'unpriced' ? charge.why : null,
  })),
})

const attemptJson = (attempt: AttemptRecord) => ({
  started: attempt.started.toISOString(),
  route: attempt.route,
  asked: attempt.models,
  model: attempt.model,
  provider: attempt.provider,
  status: attempt.status,
  httpStatus: attempt.httpStatus,
  reason: attempt.reason,
  finishReason: attempt.finishReason,
  generation: attempt.generation,
  tokens: attempt.tokens,
  maxTokens: attempt.maxTokens,
  held: decimal(attempt.worst),
  estimate: decimal(attempt.expected),
  cost: decimal(attempt.bill?.cost),
  upstream: decimal(attempt.bill?.upstream),
  isByok: attempt.bill?.isByok ?? null,
  spend: decimal(attempt.spend),
  settledBy: attempt.settledBy,
  ttftMs: attempt.ttftMs,
  durationMs: attempt.durationMs,
})

/** CSV and Markdown: one row an attempt. */
export const receiptSheet = ({ receipt }: ReceiptView): Sheet => ({
  columns: plainColumns(ATTEMPT_COLUMNS),
  rows: receipt.attempts.map((attempt) => {
    const row: Readonly<Record<string, unknown>> = { ...attemptJson(attempt), ...attempt.tokens }
    return ATTEMPT_COLUMNS.map((key) =>
      row[key] === null || row[key] === undefined ? null : String(row[key]),
    )
  }),
})

const ATTEMPT_COLUMNS = [
  'started',
  'route',
  'model',
  'provider',
  'status',
  'httpStatus',
  'reason',
  'prompt',
  'completion',
  'cached',
  'reasoning',
  'estimate',
  'spend',
  'settledBy',
  'ttftMs',
  'durationMs',
] as const

export function receiptText(view: ReceiptView, width: number): string {
  const { receipt } = view
  const { id, started, asked, lane, session, why, candidates, attempts } = receipt
  const head = [
    `receipt ${id}`,
    `${started.toISOString().slice(0, 19).replace('T', ' ')} UTC`,
    [asked, lane].filter(Boolean).join(' → '),
    ...(session === null ? [] : [`session ${session}`]),
  ].join(' · ')
  return [
    `${head}\n`,
    ...(why === null ? [] : [paragraph(why, width)]),
    ...(receipt.prompt === null ? [] : [paragraph(`prompt: ${receipt.prompt}`, width)]),
    ...(candidates.length === 0 ? [] : ['\n', sheetText(candidateSheet(candidates), width)]),
    '\n',
    sheetText(attemptSheet(attempts), width),
    '\n',
    ...totals(view).map((line) => paragraph(line, width)),
  ].join('')
}

const paragraph = (text: string, width: number): string =>
  wrap(text, width - 1)
    .map((line) => ` ${line}\n`)
    .join('')

const candidateSheet = (candidates: readonly Candidate[]): Sheet => ({
  columns: [
    { key: 'candidate', title: 'candidate', flexible: true },
    { key: 'route', title: 'route' },
    { key: 'provider', title: 'provider' },
    { key: 'odds', title: 'odds', align: 'right' },
    { key: 'estimate', title: 'estimate', align: 'right' },
    { key: 'why', title: '', flexible: true },
  ],
  rows: candidates.map(({ model, route, provider, odds, estimate, chosen, why }) => [
    model,
    route,
    provider ?? '–',
    odds === null ? '–' : `${Math.round(odds * 100)} %`,
    estimate === null ? 'unpriced' : exact(usd(estimate)),
    `${chosen ? '*' : ''}${why ? ` ${why}` : ''}`.trim(),
  ]),
})

const attemptSheet = (attempts: readonly AttemptRecord[]): Sheet => ({
  columns: [
    { key: 'hop', title: 'hop', align: 'right' },
    { key: 'sent', title: 'sent to', flexible: true },
    { key: 'result', title: 'result', flexible: true },
    { key: 'tokens', title: 'in/out', align: 'right' },
    { key: 'time', title: 'first/all', align: 'right' },
    { key: 'spend', title: 'US$', align: 'right' },
  ],
  rows: attempts.map((attempt, at) => [
    String(at + 1),
    [slugOf(attempt.model ?? attempt.models[0] ?? ''), attempt.provider, attempt.route]
      .filter(Boolean)
      .join(' · '),
    attempt.reason ?? `${attempt.status}${attempt.httpStatus ? ` ${attempt.httpStatus}` : ''}`,
    attempt.tokens && `${attempt.tokens.prompt}/${attempt.tokens.completion}`,
    times(attempt),
    attempt.spend
      ? `${attempt.settledBy === 'estimate' || attempt.settledBy === 'worst-case' ? '~' : ''}${exact(attempt.spend)}`
      : '?',
  ]),
})

/** Seconds to the first token, and to the last. */
const times = ({ ttftMs, durationMs }: AttemptRecord): string | null =>
  ttftMs === null && durationMs === null ? null : `${seconds(ttftMs)}/${seconds(durationMs)} s`

const seconds = (ms: number | null): string => (ms === null ? '–' : (ms / 1000).toFixed(1))

const BASIS = {
  reported: 'as reported',
  estimate: 'an estimate: this route reports no cost',
  'worst-case': 'at the worst case: the reply was cut and nobody reported its cost',
  nothing: 'nothing was charged',
  unknown: 'unknown: no price, or no report',
} as const

function totals({ comparison, on, pricesAsOf }: ReceiptView): readonly string[] {
  const { estimate, spend, basis } = comparison
  const spent = spend ? `$${exact(spend)}` : 'unknown'
  return [
    `spent ${spent}${basis ? ` (${BASIS[basis]})` : ' (still on its way)'}`,
    `estimated ${estimate ? `$${exact(estimate)}` : 'nothing: no price'}${difference(estimate, spend)}`,
    ...on.map(({ model, charge }) =>
      charge.kind === 'priced'
        ? `on ${model.id}: $${exact(charge.total)}${difference(spend, charge.total)}`
        : `on ${model.id}: unpriced, ${charge.why}`,
    ),
    ...(on.length > 0
      ? [
          `the same tokens at the list price of ${pricesAsOf}; another model counts and writes others`,
        ]
      : []),
  ]
}

/** How far `now` is from `before`: ", 12 % less". */
function difference(before: Usd | null, now: Usd | null): string {
  if (!before || !now || isZero(before)) return ''
  const sign = compare(now, before)
  if (sign === 0) return ', the same'
  const gap = percent(sign < 0 ? subtract(before, now) : subtract(now, before), before, 0)
  return gap === '0 %' ? ', nearly the same' : `, ${gap} ${sign < 0 ? 'less' : 'more'}`
}

/** To a hundred-millionth of a dollar: a receipt shows what was billed. JSON has every digit. */
function exact(amount: Usd): string {
  const [whole = '0', fraction = ''] = toDecimal(round(amount, 8)).split('.')
  return `${grouped(whole)}.${fraction.padEnd(2, '0')}`
}
