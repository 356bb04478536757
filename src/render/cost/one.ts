import type { Paint } from '../../context.ts'
import { formatCount } from '../../core/amount.ts'
import { isUnpriced, type Quote } from '../../core/cost/quote.ts'
import type { RouteCost, Volume } from '../../core/cost/route.ts'
import { allowanceText } from '../../core/fees.ts'
import { add, isZero, type Usd } from '../../core/money.ts'
import { providerName } from '../../core/providers.ts'
import { money, percent, rate } from '../money.ts'
import { glued, paragraph } from '../paragraph.ts'
import { type Sheet, sheetText } from '../sheet.ts'
import { columnsOf, wrap } from '../width.ts'
import { age, type CostView, type RelatedQuote } from './view.ts'

const NAMES = { direct: 'Direct', credits: 'Credits', byok: 'BYOK' } as const

const CHARACTER = {
  direct: 'no fee; retries, fallback and a bill per provider are yours',
  credits: 'one bill, any model, fallback included',
  byok: 'your own contract and limits with fallback; two bills',
} as const

/** One model: a row a route, what stands beside it, and where the routes break even. */
export function costOneText(view: CostView, width: number, paint: Paint): string {
  const [quote] = view.quotes
  if (!quote) return ''
  const columns = Math.min(width, 100)
  return [
    heading(quote, view, columns, paint),
    ...retirement(quote, view, columns, paint),
    '',
    sheetText(routeSheet(quote, paint), columns, paint.dim).trimEnd(),
    ...notes(quote, columns, paint),
    ...months(quote, columns, paint),
    ...related(view.related, columns, paint),
    ...(isUnpriced(quote) ? [] : breakEvens(view, columns, paint)),
    '',
    ...footer(quote, view, columns, paint),
    '',
  ].join('\n')
}

function heading({ offer }: Quote, view: CostView, width: number, paint: Paint): string {
  const volume = volumeText(view.months, view.counted)
  const gap = width - columnsOf(offer.model.id) - columnsOf(volume)
  return gap >= 2
    ? `${paint.bold(offer.model.id)}${' '.repeat(Number.isFinite(gap) ? gap : 4)}${volume}`
    : `${paint.bold(offer.model.id)}\n${volume}`
}

/** "100M input + 20M output tokens a month". */
export function volumeText(months: readonly Volume[], counted: number | null): string {
  const [first] = months
  if (!first) return ''
  const { input, output, cacheRead = 0 } = first.quantities
  const parts = [
    `${formatCount(input)} input${cacheRead ? ` (${formatCount(cacheRead)} cached)` : ''}${counted === null ? '' : ' (counted)'}`,
    `${formatCount(output)} output tokens`,
  ]
  const period = { request: ' a request', day: ' a day', month: '', year: ' a year' }[first.period]
  const requests = first.requests === null ? '' : `, ${formatCount(first.requests)} requests`
  return `${parts.join(' + ')}${period}${requests}${months.length > 1 ? `, ${months.length} months` : ''}`
}

function retirement(
  { offer }: Quote,
  view: CostView,
  width: number,
  paint: Paint,
): readonly string[] {
  const { model, point } = offer
  if (model.status !== 'retired') return []
  const said = view.related.find(({ kind }) => kind === 'report')?.quote.offer.point.price
  const listed = point.price ? ` at ${pair(point.price)} per 1M tokens` : ''
  const report = said ? `; the 2025 report has ${pair(said)}` : ''
  return wrap(
    `Retired. OpenRouter last listed it ${model.lastSeen}${listed}${report}.`,
    width - 2,
  ).map((line, at) => `${at === 0 ? paint.yellow('!') : ' '} ${line}`)
}

const pair = ({ input, output }: { input?: string; output?: string }): string =>
  `${input === undefined ? '–' : rate(input)} / ${output === undefined ? '–' : rate(output)}`

function routeSheet({ routes, cheapest }: Quote, paint: Paint): Sheet {
  const list = routes.find(({ route }) => route === 'credits')?.tokens
  return {
    columns: [
      { key: 'route', title: ' way of paying' },
      { key: 'tokens', title: 'tokens', align: 'right' },
      { key: 'fee', title: 'fee', align: 'right' },
      { key: 'total', title: 'total', align: 'right' },
      { key: 'mark', title: '', style: paint.green },
      { key: 'rate', title: 'of list', align: 'right' },
    ],
    rows: routes.map((each) => [
      ` ${NAMES[each.route]}`,
      ...figures(each),
      each === cheapest ? '*' : '',
      each.offered && each.total && list && !isZero(list) ? percent(each.total, list) : '–',
    ]),
  }
}

const figures = ({ offered, tokens, fee, total }: RouteCost): readonly string[] =>
  offered && tokens && fee && total ? [money(tokens), money(fee), money(total)] : ['–', '–', '–']

function notes(
  { routes, cheapest, months: each }: Quote,
  width: number,
  paint: Paint,
): readonly string[] {
  const lines = routes.flatMap((route) => {
    const said = [...whose(route), ...route.notes].join('; ')
    const first = each.length > 1 && route.notes.length > 0 ? ' (first month)' : ''
    return `${NAMES[route.route]}: ${said}${first}`
  })
  const star = cheapest ? [` ${paint.green('*')} cheapest; on a tie the simpler way`] : []
  return [...star, ...lines.flatMap((line) => wrapped(line, width))]
}

const whose = ({ route, offered, provider, basis }: RouteCost): readonly string[] => {
  if (!offered) return []
  return basis === 'direct' && provider
    ? [CHARACTER[route], `price of ${providerName(provider)}`]
    : [CHARACTER[route]]
}

const wrapped = (text: string, width: number): readonly string[] =>
  wrap(text, width - 2).map((line, at) => `${at === 0 ? ' ' : '  '}${line}`)

function months({ months: each }: Quote, width: number, paint: Paint): readonly string[] {
  if (each.length < 2) return []
  const sheet: Sheet = {
    columns: [
      { key: 'month', title: ' month', align: 'right' },
      ...(['direct', 'credits', 'byok'] as const).map((key) => ({
        key,
        title: NAMES[key],
        align: 'right' as const,
      })),
    ],
    rows: each.map((routes, at) => [
      String(at + 1),
      ...routes.map(({ offered, total }) => (offered && total ? money(total) : '–')),
    ]),
  }
  return ['', sheetText(sheet, width, paint.dim).trimEnd()]
}

function related(all: readonly RelatedQuote[], width: number, paint: Paint): readonly string[] {
  if (all.length === 0) return []
  const sheet: Sheet = {
    columns: [
      { key: 'what', title: ' the same volume', flexible: true },
      ...(['direct', 'credits', 'byok'] as const).map((key) => ({
        key,
        title: NAMES[key],
        align: 'right' as const,
      })),
    ],
    rows: all.map(({ kind, fees, quote }) => [
      kind === 'report'
        ? ` as the 2025 report had it (fees ${fees})`
        : ` successor ${quote.offer.model.id}`,
      ...quote.routes.map(({ offered, total }) => (offered && total ? money(total) : '–')),
    ]),
  }
  return ['', sheetText(sheet, width, paint.dim).trimEnd()]
}

function breakEvens({ breakEven: even }: CostView, width: number, paint: Paint): readonly string[] {
  if (!even) return []
  const { byokAllowance: allowance, byokDiscountPercent: discount } = even
  const ops = even.creditsFeeExceedsOps
  const [low, high] = even.ruleOfThumb
  const lines = [
    `A contract discount above ${discount} % makes BYOK cheaper than Direct at list price; within the first ${allowanceText(allowance)} a month any discount does.`,
    ops
      ? `The Credits fee exceeds your ${dollars(ops.opsCost)} of operations from ${dollars(ops.spend)} a month on.`
      : low && high
        ? `The Credits fee is ${dollars(low.fee)} at ${dollars(low.spend)} a month, ${dollars(high.fee)} at ${dollars(high.spend)}: there the 2025 report would negotiate. --ops-cost gives your own line.`
        : '',
    even.cheapestTopUp
      ? `Top up ${dollars(even.cheapestTopUp)} or more at a time: ${dollars(even.smallTopUp.credits)} of credit costs ${dollars(add(even.smallTopUp.credits, even.smallTopUp.fee))}, ${percent(even.smallTopUp.fee, even.smallTopUp.credits, 0)} over.`
      : '',
  ].filter(Boolean)
  return ['', ` ${paint.bold('break-even')}`, ...lines.flatMap((line) => wrapped(line, width))]
}

const dollars = (amount: Usd): string => `$${money(amount).replace(/\.00$/, '')}`

export function footer(
  { offer }: Quote,
  view: CostView,
  width: number,
  paint: Paint,
): readonly string[] {
  const source =
    view.catalog.sources.find(({ id }) => id === offer.point.source)?.name ?? offer.point.source
  const text = [
    `price: ${source}, ${offer.point.asOf}, ${age(offer.point.asOf, view.now)}`,
    `fees ${view.fees.id}, ${view.plan} plan, ${view.pay}`,
    glued('arithmetic: --explain'),
  ].join(' · ')
  return paragraph(text, 1, width).map((line) => paint.dim(line))
}
