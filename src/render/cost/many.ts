import type { Paint } from '../../context.ts'
import { byCheapest } from '../../core/cost/order.ts'
import type { Quote } from '../../core/cost/quote.ts'
import type { Route } from '../../core/cost/route.ts'
import { allowanceText } from '../../core/fees.ts'
import { providerName } from '../../core/providers.ts'
import { money, rate } from '../money.ts'
import { glued, paragraph } from '../paragraph.ts'
import { type Sheet, sheetText } from '../sheet.ts'
import { columnsOf, wrap } from '../width.ts'
import { volumeText } from './one.ts'
import { age, type CostView } from './view.ts'

/** Several models by route, cheapest first within each group. */
export function costManyText(view: CostView, width: number, paint: Paint): string {
  const columns = Math.min(width, 100)
  const sheet = manySheet(view, paint)
  const lines = sheetText(sheet.sheet, columns, paint.dim).trimEnd().split('\n')
  const [head = '', ...body] = lines
  return [
    ...heading(view, columns, paint),
    '',
    head,
    ...withTitles(view, body, paint),
    '',
    ...legend(view, sheet.marks, columns, paint),
    '',
  ].join('\n')
}

function heading(view: CostView, columns: number, paint: Paint): readonly string[] {
  const volume = `${volumeText(view.months, view.counted)}, US$`
  const bill = billText(view)
  return columnsOf(`${volume} · ${bill}`) <= columns
    ? [`${paint.bold(volume)} · ${bill}`]
    : [paint.bold(volume), bill]
}

const billText = ({ plan, pay, billing }: CostView): string =>
  `${pay}, ${plan} plan, ${billing.topUp ? `$${money(billing.topUp).replace(/\.00$/, '')} a top-up` : 'one top-up'}`

function withTitles(
  { groups, quotes }: CostView,
  body: readonly string[],
  paint: Paint,
): readonly string[] {
  let at = 0
  return groups.flatMap(({ title, ids }) => {
    const count = quotes.filter(({ offer }) => ids.includes(offer.model.id)).length
    const rows = body.slice(at, at + count)
    at += count
    return title ? [paint.bold(title), ...rows] : rows
  })
}

const SUPERSCRIPTS = ['¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹']

/** Numbered remarks, each said once however many cells it marks. */
function markers(): { readonly mark: (note: string) => string; readonly all: Map<string, string> } {
  const all = new Map<string, string>()
  const mark = (note: string) => {
    const sign = all.get(note) ?? SUPERSCRIPTS[all.size] ?? `(${all.size + 1})`
    all.set(note, sign)
    return sign
  }
  return { mark, all }
}

function manySheet(
  view: CostView,
  paint: Paint,
): { readonly sheet: Sheet; readonly marks: Map<string, string> } {
  const { mark, all } = markers()
  const short = shortNames(view.quotes.map(({ offer }) => offer.model.id))
  const rows = view.groups.flatMap(({ ids }) =>
    byCheapest(view.quotes.filter(({ offer }) => ids.includes(offer.model.id))).map((quote) => {
      const { price } = quote.offer.point
      return [
        ` ${short.get(quote.offer.model.id) ?? quote.offer.model.id}`,
        price ? `${rate(price.input ?? '0')} / ${rate(price.output ?? '0')}` : 'unpriced',
        ...(['direct', 'credits', 'byok'] as const).map((route) => cell(quote, route, mark)),
      ]
    }),
  )
  const total = (key: string, title: string) => ({
    key,
    title,
    align: 'right' as const,
    style: starred(paint),
  })
  return {
    sheet: {
      columns: [
        { key: 'model', title: '', flexible: true },
        { key: 'price', title: 'in / out per 1M', align: 'right' },
        total('direct', 'Direct '),
        total('credits', 'Credits '),
        total('byok', 'BYOK '),
      ],
      rows,
    },
    marks: all,
  }
}

const starred = (paint: Paint) => (text: string) => (text.includes('*') ? paint.green(text) : text)

function cell(
  { routes, cheapest, offer }: Quote,
  route: Route,
  mark: (note: string) => string,
): string {
  const found = routes.find((each) => each.route === route)
  if (!found?.offered || !found.total) return '– '
  const star = found === cheapest ? '*' : ''
  return `${money(found.total)}${star}${remark(found.provider, offer.model.author, route, mark)}${star ? '' : ' '}`
}

/** Open weights: whose price a row without the author's own list shows. */
function remark(
  provider: string | null,
  author: string,
  route: Route,
  mark: (note: string) => string,
): string {
  if (!provider || route === 'credits' || sameHouse(provider, author)) return ''
  return mark(
    route === 'byok' || route === 'direct' ? `at ${providerName(provider)}, not the author` : '',
  )
}

const HOUSES: Readonly<Record<string, string>> = {
  google: 'google-ai-studio',
  mistralai: 'mistral',
  'x-ai': 'xai',
}

const sameHouse = (provider: string, author: string): boolean =>
  provider === author || HOUSES[author] === provider

/** Names without their author where that stays unambiguous. */
function shortNames(ids: readonly string[]): ReadonlyMap<string, string> {
  const slug = (id: string) => id.slice(id.indexOf('/') + 1)
  const counts = new Map<string, number>()
  for (const id of new Set(ids)) counts.set(slug(id), (counts.get(slug(id)) ?? 0) + 1)
  return new Map(ids.map((id) => [id, counts.get(slug(id)) === 1 ? slug(id) : id]))
}

function legend(
  view: CostView,
  marks: ReadonlyMap<string, string>,
  width: number,
  paint: Paint,
): readonly string[] {
  const { fees, quotes, now } = view
  const allowance = view.billing.byok.allowance
  const dates = [...new Set(quotes.map(({ offer }) => offer.point.asOf))].filter(Boolean).sort()
  const newest = dates.at(-1)
  const unpriced = quotes.filter(({ routes }) => routes.every(({ tokens }) => tokens === null))
  const retired = quotes.filter(({ offer }) => offer.model.status === 'retired')
  const lines = [
    `${paint.green('*')} cheapest; on a tie the simpler way · – nobody is known to sell it that way`,
    ...[...marks].map(([note, sign]) => `${sign} ${note}`),
    `Credits: ${purchaseText(view)}`,
    `BYOK: free for the first ${allowanceText(allowance)} a month, then ${view.billing.byok.percent} %; two bills`,
    ...unpriced.map(({ offer, routes }) => `${offer.model.id} is unpriced: ${routes[0]?.notes[0]}`),
    ...retired.map(
      ({ offer }) =>
        `${offer.model.id} is retired; price of ${offer.point.asOf}${offer.model.successor ? `, successor ${offer.model.successor}` : ''}`,
    ),
    'Equal tokens are not equal work: a reasoning model writes more of them',
  ]
  const footer = `prices: ${dates.length > 1 ? `${dates[0]} to ` : ''}${newest ?? 'unknown'}${newest ? `, ${age(newest, now)}` : ''} · fees ${fees.id} · one model in detail: ${glued(`-m ${view.groups[0]?.ids[0] ?? 'MODEL'}`)}`
  return [
    ...lines.flatMap((line) =>
      wrap(line, width - 1).map((each, at) => `${at === 0 ? ' ' : '   '}${each}`),
    ),
    ...paragraph(footer, 1, width).map((line) => paint.dim(line)),
  ]
}

function purchaseText({ billing: { purchase } }: CostView): string {
  if ('unknown' in purchase) return purchase.unknown
  const { percent, minimum } = purchase
  const floor =
    minimum === null ? ', minimum unknown' : minimum === '0' ? '' : `, at least $${minimum}`
  return `${percent} % on each purchase${floor}`
}
