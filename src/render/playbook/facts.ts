import { allowanceText, type PurchaseFee } from '../../core/fees.ts'
import { toDecimal } from '../../core/money.ts'
import {
  byokShare,
  type Figures,
  percentOf,
  type ScenarioCost,
} from '../../core/playbook/figures.ts'
import { grouped, money } from '../money.ts'
import { pair } from '../quote.ts'

/** The texts of the *today* column that come from figures, by the name that data/playbook.json gives them. */
export function todayFacts(
  figures: Figures,
  name: (id: string) => string,
): Readonly<Record<string, string>> {
  const { schedule, standard, cashForCredit, creditForCash, models, providers } = figures
  const { card, crypto, byok } = standard
  const { freeModels, expiry, id } = schedule
  const { business } = schedule.plans
  return {
    card: `${fee(card)}${business?.card ? `; Business plan ${fee(business.card)}` : ''} (${id})`,
    crypto: `${fee(crypto)} (${id})`,
    markup: `${card?.percent} % more on credits bought by card, from the purchase at which the minimum no longer counts`,
    cash: `$${money(creditForCash)} of credit: the fee is added, not deducted`,
    credit: `$${money(cashForCredit)} paid`,
    credits: `${fee(card)} on credits by card; orx cost`,
    expiry,
    byok: `free up to ${allowanceText(byok.allowance)} a month, then ${byok.percent} % of list price`,
    'byok-discount': `80 % within the allowance, then ${toDecimal(byokShare('20', byok.percent))} % of list`,
    'byok-break-even': `costs what Direct does within the allowance; past it, when the discount exceeds ${byok.percent} %`,
    scale: `credits cost $${money(percentOf('5000', card?.percent ?? '0'))} a month on $5,000 of spend, $${money(percentOf('10000', card?.percent ?? '0'))} on $10,000; BYOK is free up to ${allowanceText(byok.allowance)}`,
    free: `${freeModels.perDay} requests a day, ${freeModels.perMinute} a minute`,
    'free-bought': `${grouped(String(freeModels.perDayAfterPurchase))} requests a day from $${freeModels.purchase} bought`,
    reach: `${models} models on the list, ${providers} providers`,
    'scenario-direct': scenario(figures, ({ list }) => `$${money(list)}`, name, 'list price'),
    'scenario-credits': scenario(
      figures,
      ({ list, creditsFee, credits }) =>
        `$${money(list)} + $${money(creditsFee)} = $${money(credits)}`,
      name,
      'credits',
    ),
    'scenario-byok': scenario(
      figures,
      ({ byok: total }) => `$${money(total)}, inside the allowance`,
      name,
      'BYOK',
    ),
  }
}

const fee = (terms: PurchaseFee | null): string => {
  if (!terms) return 'negotiated'
  const { percent, minimum } = terms
  if (minimum === null) return `${percent} %, minimum not known`
  return Number(minimum) > 0 ? `${percent} %, at least $${minimum}` : `${percent} %`
}

function scenario(
  { scenario: own, successor }: Figures,
  text: (cost: ScenarioCost) => string,
  name: (id: string) => string,
  what: string,
): string {
  const at = (cost: ScenarioCost) =>
    `${name(cost.id)} at ${pair(cost.point.price ?? {})} of ${cost.point.asOf}: ${what} ${text(cost)}`
  const parts = [own, successor].flatMap((cost) => (cost ? at(cost) : []))
  return parts.length > 0 ? parts.join('\n') : 'no price is known'
}
