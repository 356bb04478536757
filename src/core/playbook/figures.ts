import type { Catalog } from '../catalog/model.ts'
import type { PricePoint } from '../catalog/price.ts'
import { byokFee, creditsFor, type FeeSchedule, type PlanFees, purchaseFee } from '../fees.ts'
import { add, multiply, subtract, type Usd, usd } from '../money.ts'
import { charge } from '../price.ts'
import type { Quoted, Today } from './today.ts'

/** One model's month under the report's scenario: 100M tokens in, 20M out. */
export type ScenarioCost = {
  readonly id: string
  readonly point: PricePoint
  readonly list: Usd
  readonly creditsFee: Usd
  readonly credits: Usd
  readonly byok: Usd
}

/** What the fee schedule in force makes of the report's figures. */
export type Figures = {
  readonly schedule: FeeSchedule
  readonly standard: PlanFees
  /** Cash for $100 of credit, and credit for $100 of cash, by card. */
  readonly cashForCredit: Usd
  readonly creditForCash: Usd
  /** The scenario at the model's price today (its last one, where it is retired), and at its successor's. */
  readonly scenario: ScenarioCost | null
  readonly successor: ScenarioCost | null
  /** Current base models on the list, and providers. */
  readonly models: number
  readonly providers: number
}

const VOLUME = { input: 100_000_000, output: 20_000_000 }
const HUNDRED = usd('100')

/** @param scenario what became of the model of the report's worked scenario. */
export function figuresOf(
  schedule: FeeSchedule,
  catalog: Catalog,
  providers: number,
  scenario: Today,
): Figures | null {
  const { standard } = schedule.plans
  if (!standard?.card) return null
  const cost = (quoted: Quoted | null) => scenarioCost(quoted, standard)
  return {
    schedule,
    standard,
    cashForCredit: add(HUNDRED, purchaseFee(HUNDRED, standard.card)),
    creditForCash: creditsFor(HUNDRED, standard.card),
    scenario: cost(scenario.now),
    successor: cost(scenario.successor),
    models: catalog.models.filter(({ kind, status }) => kind === 'base' && status === 'current')
      .length,
    providers,
  }
}

function scenarioCost(quoted: Quoted | null, { card, byok }: PlanFees): ScenarioCost | null {
  if (!quoted?.point.price || !card) return null
  const tokens = charge(quoted.point.price, VOLUME)
  if (tokens.kind === 'unpriced') return null
  const list = tokens.total
  const creditsFee = purchaseFee(list, card)
  return {
    ...quoted,
    list,
    creditsFee,
    credits: add(list, creditsFee),
    byok: add(list, byokFee(list, byok, null)),
  }
}

/** A share of 100 left by a contract discount plus the BYOK fee: 20 % and 5 % make 85. */
export const byokShare = (discountPercent: string, feePercent: string): Usd =>
  add(subtract(HUNDRED, usd(discountPercent)), usd(feePercent))

/** A percentage of an amount. */
export const percentOf = (amount: string, percent: string): Usd =>
  multiply(usd(amount), multiply(usd(percent), usd('0.01')))
