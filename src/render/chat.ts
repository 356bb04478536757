import type { LimitState } from '../core/budget.ts'
import type { Settled } from '../core/ledger.ts'
import { toDecimal, type Usd } from '../core/money.ts'
import { plainLine } from '../core/plain.ts'
import type { Usage } from '../core/send/reply.ts'
import type { Hop } from '../core/send/stop.ts'
import { money } from './money.ts'

/** What the receipt line says of a reply. */
export type ReceiptLine = {
  readonly model: string
  readonly provider: string | undefined
  readonly route: string
  readonly usage: Usage | undefined
  readonly settled: Settled
  readonly ttftMs: number | undefined
  readonly durationMs: number
  readonly left: LimitState | undefined
}

/** "gpt-5.1 · OpenAI · credits · 12 in, 117 out · 0.8 s, 56 tok/s · $0.0012" */
export function receiptLine(receipt: ReceiptLine): string {
  const { model, provider, route, usage, settled, left } = receipt
  const parts = [
    shortName(model),
    provider && plainLine(provider),
    route,
    usage && `${usage.prompt} in, ${usage.completion} out`,
    speedText(receipt),
    costText(settled),
    left && `$${money(left.left)} of $${money(left.limit.amount)} left`,
  ]
  return parts.filter(Boolean).join(' · ')
}

/** Without the author, as far as that stays clear. */
export const shortName = (model: string): string => plainLine(model).replace(/^[^/]*\//, '')

function speedText({ ttftMs, durationMs, usage }: ReceiptLine): string {
  if (ttftMs === undefined) return `${seconds(durationMs)} s`
  const writingMs = durationMs - ttftMs
  const speed = usage && writingMs > 0 ? Math.round((usage.completion * 1000) / writingMs) : 0
  return `${seconds(ttftMs)} s${speed > 0 ? `, ${speed} tok/s` : ''}`
}

const seconds = (ms: number): string => (ms / 1000).toFixed(1)

/** "$0.0012", "~$0.0012" where it is an estimate, "unpriced" where nobody knows. */
export function costText({ spend, by }: Settled): string {
  if (!spend) return 'unpriced'
  const sign = by === 'reported' || by === 'nothing' ? '' : by === 'worst-case' ? '≤' : '~'
  return `${sign}$${money(spend)}`
}

/** "OpenRouter (Novita) 429 slow down, again in 2.0 s" · "OpenRouter 502 -> gpt-5.1 by OpenAI" */
export function hopLine({ from, provider, status, reason, next }: Hop): string {
  const who = [from, provider && `(${provider})`, status].filter(Boolean).join(' ')
  const what = plainLine(reason)
  switch (next.kind) {
    case 'retry': {
      const when = next.waitMs > 0 ? `in ${seconds(next.waitMs)} s` : 'now'
      const shorter = next.maxTokens === undefined ? '' : ` for ${next.maxTokens} tokens`
      return `${who}: ${what}, again ${when}${shorter}`
    }
    case 'next':
      return `${who}: ${what} -> ${next.to}`
    case 'end':
      return `${who}: ${what}`
    default:
      return next satisfies never
  }
}

/** A hop in JSON. */
export const hopJson = ({ route, from, provider, status, reason, next }: Hop): object => ({
  route,
  from,
  provider: provider ?? null,
  status: status ?? null,
  reason: plainLine(reason),
  action: next.kind,
  waitMs: next.kind === 'retry' ? next.waitMs : null,
  to: next.kind === 'next' ? next.to : null,
})

export const usdOrNull = (amount: Usd | undefined): string | null =>
  amount ? toDecimal(amount) : null
