import type { Paint } from '../context.ts'
import { toDecimal, type Usd } from '../core/money.ts'
import type { PriceNews } from '../core/usage/news.ts'
import { grouped, money } from './money.ts'
import { sheetText } from './sheet.ts'
import { wrap } from './width.ts'

export const newsJson = (news: PriceNews): object => ({
  from: toDecimal(news.from),
  to: toDecimal(news.to),
  change: toDecimal(news.change),
  changed: news.changed.map(({ model, requests, from, to, change }) => ({
    model,
    requests,
    from: toDecimal(from),
    to: toDecimal(to),
    change: toDecimal(change),
  })),
  same: news.same,
  unpriced: news.unpriced,
})

/** "3 of your 9 models changed: 341.00 becomes 300.00 (−41.00)", and which. */
export function newsText(news: PriceNews, width: number, paint: Paint): string {
  const { changed, same, from, to, change, unpriced } = news
  const used = changed.length + same
  const head =
    used === 0
      ? 'None of your models is priced in both'
      : changed.length === 0
        ? `None of your ${used} models changed: ${money(to)}`
        : `${changed.length} of your ${used} models changed: ${money(from)} becomes ${money(to)} (${signed(change)})`
  const table =
    changed.length === 0
      ? ''
      : sheetText(
          {
            columns: [
              { key: 'model', title: 'YOUR USAGE', flexible: true },
              { key: 'requests', title: 'requests', align: 'right' },
              { key: 'from', title: 'US$', align: 'right' },
              { key: 'to', title: 'became', align: 'right' },
              { key: 'change', title: 'change', align: 'right' },
            ],
            rows: changed.map((each) => [
              each.model,
              grouped(String(each.requests)),
              money(each.from),
              money(each.to),
              signed(each.change),
            ]),
          },
          width,
          paint.dim,
        )
  const left =
    unpriced.length === 0
      ? ''
      : `${wrap(`${used === 0 ? '' : 'not priced in both, '}not counted: ${unpriced.join(', ')}`, width).join('\n')}\n`
  return `${paint.bold(head)}\n${table}${left}\n`
}

const signed = (amount: Usd): string =>
  amount.units > 0n ? `+${money(amount)}` : money(amount).replace('-', '−')
