import type { GroupBy, Spending } from '../core/ledger.ts'
import { divide, isZero, max, toDecimal, toNumber, type Usd, ZERO } from '../core/money.ts'
import { grouped, percent, precise } from './money.ts'
import { type Sheet, sheetText } from './sheet.ts'

export type LedgerUsage = {
  readonly by: GroupBy
  readonly since: Date
  readonly until: Date
  /** In the order to show. */
  readonly groups: readonly Spending[]
  readonly total: Spending
}

/** What only the ledger knows, beside what every log is asked. */
export const ledgerUsageJson = ({ by, since, until, groups, total }: LedgerUsage): object => ({
  since: since.toISOString(),
  until: until.toISOString(),
  by,
  total: json(total),
  groups: groups.map((group) => ({ key: group.key, ...json(group) })),
})

const json = ({ prompts, attempts, failed, tokens, spend, estimated, unknown }: Spending) => ({
  prompts,
  attempts,
  failed,
  tokens,
  spend: toDecimal(spend),
  estimated: toDecimal(estimated),
  unknown,
})

const COUNTS = [
  { key: 'prompts', title: 'prompts', align: 'right' },
  { key: 'in', title: 'in', align: 'right' },
  { key: 'out', title: 'out', align: 'right' },
] as const

export const ledgerUsageSheet = ({ by, groups }: LedgerUsage): Sheet => ({
  columns: [
    { key: by, title: by },
    { key: 'prompts', title: 'prompts', align: 'right' },
    { key: 'attempts', title: 'attempts', align: 'right' },
    { key: 'failed', title: 'failed', align: 'right' },
    { key: 'prompt_tokens', title: 'prompt tokens', align: 'right' },
    { key: 'completion_tokens', title: 'completion tokens', align: 'right' },
    { key: 'cached_tokens', title: 'cached tokens', align: 'right' },
    { key: 'reasoning_tokens', title: 'reasoning tokens', align: 'right' },
    { key: 'spend', title: 'spend (US$)', align: 'right' },
    { key: 'estimated', title: 'of it estimated', align: 'right' },
    { key: 'unknown', title: 'attempts of unknown cost', align: 'right' },
  ],
  rows: groups.map(({ key, prompts, attempts, failed, tokens, spend, estimated, unknown }) => [
    key,
    ...[prompts, attempts, failed].map(String),
    ...[tokens.prompt, tokens.completion, tokens.cached, tokens.reasoning].map(String),
    toDecimal(spend),
    toDecimal(estimated),
    String(unknown),
  ]),
})

export function ledgerUsageText(usage: LedgerUsage, width: number): string {
  const { by, groups, total, since, until } = usage
  const most = groups.map(({ spend }) => spend).reduce(max, ZERO)
  const row = (name: string, each: Spending, bar: string) => [
    name,
    grouped(String(each.prompts)),
    grouped(String(each.tokens.prompt)),
    grouped(String(each.tokens.completion)),
    `${isZero(each.estimated) ? '' : '~'}${precise(each.spend)}`,
    bar,
  ]
  const sheet: Sheet = {
    columns: [
      { key: by, title: by, flexible: true },
      ...COUNTS,
      { key: 'spend', title: 'US$', align: 'right' },
      { key: 'share', title: 'share' },
    ],
    rows: [
      ...groups.map((each) =>
        row(
          each.key ?? '–',
          each,
          `${bar(each.spend, most)} ${percent(each.spend, total.spend, 0).padStart(5)}`,
        ),
      ),
      row('total', total, ''),
    ],
  }
  const notes = [
    ...(isZero(total.estimated)
      ? []
      : [
          `~ $${precise(total.estimated)} of it nobody reported: estimates, and cut replies at their worst case`,
        ]),
    ...(total.unknown === 0
      ? []
      : [
          `! ${total.unknown} ${total.unknown === 1 ? 'attempt' : 'attempts'} of unknown cost, in no sum: on the way, killed, or unpriced`,
        ]),
    ...(total.failed === 0 ? [] : [`${total.failed} of ${total.attempts} attempts failed`]),
    `${since.getTime() === 0 ? 'the first prompt' : stamp(since)} to ${stamp(until)} UTC · one prompt: orx receipt`,
  ]
  return `${sheetText(sheet, width)}\n${notes.map((line) => ` ${line}\n`).join('')}`
}

const BAR = 12

/** At least one mark for anything above zero. */
function bar(amount: Usd, most: Usd): string {
  if (isZero(amount) || isZero(most)) return ' '.repeat(BAR)
  const marks = Math.max(1, Math.round(toNumber(divide(amount, most, 6)) * BAR))
  return '#'.repeat(marks).padEnd(BAR)
}

const stamp = (time: Date): string => time.toISOString().slice(0, 16).replace('T', ' ')
