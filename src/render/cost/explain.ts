import type { Paint } from '../../context.ts'
import { UNIT_OF } from '../../core/catalog/price.ts'
import type { Quote } from '../../core/cost/quote.ts'
import type { RouteCost } from '../../core/cost/route.ts'
import { isZero, toDecimal } from '../../core/money.ts'
import { providerName } from '../../core/providers.ts'
import { grouped } from '../money.ts'
import { wrap } from '../width.ts'
import type { CostView } from './view.ts'

/** The arithmetic of every quote, line by line, unrounded, each figure with its source. */
export function explainText(view: CostView, width: number, paint: Paint): string {
  const columns = Math.min(width, 100)
  return view.quotes.map((quote) => `${explained(quote, view, columns, paint)}\n`).join('\n')
}

function explained(quote: Quote, view: CostView, width: number, paint: Paint): string {
  const { model, point } = quote.offer
  const source = view.catalog.sources.find(({ id }) => id === point.source)
  return [
    paint.bold(`arithmetic of ${model.id}`),
    ...quote.routes
      .flatMap((each) => routeLines(each, view))
      .flatMap((line) => hanging(line, width)),
    ...hanging(
      `price: ${source?.name ?? point.source}, ${point.asOf}${source?.url ? `, ${source.url}` : ''}`,
      width,
    ),
    ...hanging(
      `fees: schedule ${view.fees.id}, ${view.fees.source}, ${view.fees.asOf}, ${view.fees.url}`,
      width,
    ),
  ].join('\n')
}

/** Wrapped with a hanging indent; the text's own indent is kept. */
function hanging(text: string, width: number): readonly string[] {
  const indent = /^ */.exec(text)?.[0] ?? ''
  return wrap(text.trim(), width - indent.length - 3).map(
    (line, at) => `${indent}${at === 0 ? ' ' : '   '}${line}`,
  )
}

function routeLines(each: RouteCost, view: CostView): readonly string[] {
  const { route, basis, provider, lines, tokens, fee, total, notes } = each
  if (!tokens || !fee || !total) return [`${route}: unpriced: ${notes[0] ?? ''}`]
  const whose = provider
    ? `${providerName(provider)}’s price`
    : basis === 'last'
      ? 'last list price'
      : 'list price'
  return [
    `${route}, at ${whose}${each.offered ? '' : ' (planning only)'}:`,
    ...lines.map(
      ({ dimension, quantity, rate, amount }) =>
        `  ${dimension}: ${grouped(String(quantity))} × $${rate} per ${UNIT_OF[dimension]} = $${toDecimal(amount)}`,
    ),
    ...(route === 'credits' ? creditsLines(each, view) : []),
    ...(route === 'byok' ? byokLines(each, view) : []),
    `  tokens $${toDecimal(tokens)} + fee $${toDecimal(fee)} = $${toDecimal(total)}`,
  ]
}

function creditsLines({ fee }: RouteCost, { billing }: CostView): readonly string[] {
  if ('unknown' in billing.purchase || !fee) return []
  const { percent, minimum } = billing.purchase
  const floor = minimum && minimum !== '0' ? `, at least $${minimum}` : ''
  const each = billing.topUp
    ? ` on each top-up of $${toDecimal(billing.topUp)}`
    : ' on one purchase'
  return [`  fee: ${percent} %${each}${floor}, rounded to the cent = $${toDecimal(fee)}`]
}

function byokLines({ fee }: RouteCost, { billing }: CostView): readonly string[] {
  const { percent, allowance } = billing.byok
  const unit =
    allowance.unit === 'usd'
      ? `$${grouped(allowance.amount)} of list price`
      : `${grouped(allowance.amount)} requests`
  const used = billing.byokUsed ? `, $${toDecimal(billing.byokUsed)} of it used before` : ''
  const lines = [
    `  fee: ${percent} % of list price beyond ${unit} a month${used} = $${toDecimal(fee ?? { units: 0n, scale: 0 })}`,
  ]
  if (!fee || isZero(fee) || 'unknown' in billing.purchase) return lines
  return [
    ...lines,
    `  that fee is paid in credits, which cost ${billing.purchase.percent} % more to buy; not included above`,
  ]
}
