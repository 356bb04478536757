import type { DirectOffer } from '../catalog/direct.ts'
import type { Model } from '../catalog/model.ts'
import { byokFee, type PlanFees, type PurchaseFee, purchasesFee } from '../fees.ts'
import { add, compare, type Usd, usd, ZERO } from '../money.ts'
import type { Charge } from '../price.ts'
import type { Joined } from './join.ts'
import type { Lot } from './lots.ts'
import { chargeAt, chargeLot } from './priced.ts'

export type Route = 'direct' | 'credits' | 'byok'

/** The same requests somewhere else. */
export type Elsewhere = {
  /** Null: each request at the model it was sent to. */
  readonly model: Model | null
  /** Null: at OpenRouter's list price, without fees. */
  readonly route: Route | null
  readonly requests: number
  readonly tokens: Usd
  readonly fee: Usd
  readonly total: Usd
  /** Requests with more tokens than the model's context holds: it could not have served them. */
  readonly overflow: number
  /** Why parts could not be priced; those are not in the total. */
  readonly unpriced: readonly { readonly why: string; readonly requests: number }[]
}

export type Terms = {
  readonly purchase: PurchaseFee | { readonly unknown: string }
  readonly plan: PlanFees
  readonly topUp: Usd | null
}

/** Prices lots at another model, by another route, or both. Fees are taken month by month, as they are billed. */
export function elsewhere(
  lots: readonly Lot[],
  join: (name: string) => Joined,
  offers: readonly DirectOffer[],
  where: { readonly model: Model | null; readonly route: Route | null },
  terms: Terms,
  overflow: number,
): Elsewhere {
  const months = new Map<string | null, { list: Usd; requests: number }>()
  const reasons = new Map<string, number>()
  let requests = 0
  const fail = (why: string, count: number) => reasons.set(why, (reasons.get(why) ?? 0) + count)
  for (const lot of lots) {
    const charge = chargeElsewhere(lot, join, offers, where)
    requests += lot.volume.requests
    if (charge.kind === 'unpriced') {
      fail(charge.why, lot.volume.requests)
      continue
    }
    const before = months.get(lot.month) ?? { list: ZERO, requests: 0 }
    months.set(lot.month, {
      list: add(before.list, charge.total),
      requests: before.requests + lot.volume.requests,
    })
  }
  const tokens = add(...[...months.values()].map(({ list }) => list))
  let fee = ZERO
  for (const month of months.values()) {
    const monthly = feeOf(where.route, month, terms)
    if ('unknown' in monthly) fail(monthly.unknown, 0)
    else fee = add(fee, monthly.fee)
  }
  const unpriced = [...reasons].map(([why, count]) => ({ why, requests: count }))
  return { ...where, requests, tokens, fee, total: add(tokens, fee), overflow, unpriced }
}

function chargeElsewhere(
  lot: Lot,
  join: (name: string) => Joined,
  offers: readonly DirectOffer[],
  { model, route }: { readonly model: Model | null; readonly route: Route | null },
): Charge {
  const joined = model ? { model } : join(lot.model)
  if ('unknown' in joined) return { kind: 'unpriced', why: `${lot.model}: ${joined.unknown}` }
  if (route !== 'direct') return chargeLot(lot, joined.model)
  const offer = offerOf(joined.model, offers)
  if (!offer) {
    return { kind: 'unpriced', why: `${joined.model.id}: nobody is known to sell it directly` }
  }
  return chargeAt(lot, offer.price)
}

/** The maker's own offer; of an open model sold by others the one whose input is cheapest. */
export function offerOf(model: Model, offers: readonly DirectOffer[]): DirectOffer | undefined {
  const own = offers.filter((offer) => offer.model === model.id)
  const maker = letters(model.author).replace(/ai$/, '')
  return (
    own.find(({ provider }) => letters(provider).startsWith(maker)) ??
    own.toSorted((a, b) => compare(usd(a.price.input ?? '1e9'), usd(b.price.input ?? '1e9')))[0]
  )
}

const letters = (name: string): string => name.replaceAll('-', '')

function feeOf(
  route: Route | null,
  { list, requests }: { readonly list: Usd; readonly requests: number },
  { purchase, plan, topUp }: Terms,
): { readonly fee: Usd } | { readonly unknown: string } {
  switch (route) {
    case 'credits':
      return 'unknown' in purchase ? purchase : { fee: purchasesFee(list, topUp, purchase).fee }
    case 'byok': {
      const counted = plan.byok.allowance.unit === 'requests'
      const used = counted ? { units: BigInt(requests), scale: 0 } : null
      return { fee: byokFee(list, plan.byok, used) }
    }
    case 'direct':
    case null:
      return { fee: ZERO }
    default:
      return route satisfies never
  }
}
