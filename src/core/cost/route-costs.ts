import { formatDollars } from '../amount.ts'
import type { Price } from '../catalog/price.ts'
import { purchasesFee, share } from '../fees.ts'
import { add, compare, isZero, multiply, subtract, type Usd, usd, ZERO } from '../money.ts'
import { type Charge, priceOf } from '../price.ts'
import { providerName } from '../providers.ts'
import { monthlyByokFee, otherSide } from './byok-fee.ts'
import type { Basis, Billing, Offer, Route, RouteCost, Volume } from './route.ts'

/** Prices one model by every route, in the order of ROUTES. */
export function routeCosts(offer: Offer, volume: Volume, billing: Billing): readonly RouteCost[] {
  const own = cheapestOwn(offer, volume)
  return [
    direct(offer, own, volume, billing),
    credits(offer, volume, billing),
    byok(offer, own, volume, billing),
  ]
}

type Own = { readonly provider: string; readonly charge: Charge }

/** The provider's own price; where several sell it (open weights), the cheapest for this volume. */
function cheapestOwn(offer: Offer, volume: Volume): Own | null {
  let best: Own | null = null
  for (const { provider, price } of offer.direct) {
    const charge = priced(price, volume)
    const better =
      !best ||
      (charge.kind === 'priced' &&
        (best.charge.kind === 'unpriced' || compare(charge.total, best.charge.total) < 0))
    if (better) best = { provider, charge }
  }
  return best
}

/** Figures of a route that nobody is known to sell help planning, as long as they say so. */
const planning = (total: Usd | null): string =>
  total ? `; for planning, at OpenRouter’s list price: ${formatDollars(total)}` : ''

const listBasis = ({ model }: Offer): Basis => (model.status === 'retired' ? 'last' : 'list')

const listCharge = ({ point }: Offer, volume: Volume): Charge =>
  point.price
    ? priced(point.price, volume)
    : { kind: 'unpriced', why: point.unpriced ?? 'no price is known' }

/** The tier is that of one request: the mean size where the number of requests is known, else the base tier. */
function priced(price: Price, { quantities, requests, at, period }: Volume): Charge {
  const count = requests ?? (period === 'request' ? 1 : null)
  const prompt = quantities.input + (quantities.imageTokens ?? 0)
  const size = count ? prompt / count : 0
  return priceOf(price, { ...quantities, requests: count ?? 0 }, size, at)
}

function direct(offer: Offer, own: Own | null, volume: Volume, billing: Billing): RouteCost {
  if (own) {
    const discount = discountOf(billing, own.provider)
    return routeCost('direct', 'direct', own.provider, own.charge, discount, () => ZERO, [
      ...discountNote(discount, own.provider),
    ])
  }
  const listed = listCharge(offer, volume)
  const basis = listBasis(offer)
  const discount = discountOf(billing, offer.model.author)
  if (offer.listIsDirect) {
    return routeCost(
      'direct',
      basis,
      null,
      listed,
      discount,
      () => ZERO,
      discountNote(discount, offer.model.author),
    )
  }
  const why =
    basis === 'last'
      ? 'retired, and in no provider’s own list that is known'
      : 'in no provider’s own list that is known'
  const result = routeCost('direct', basis, null, listed, ZERO, () => ZERO, [])
  if (!result.total) return result
  return { ...result, offered: false, notes: [`${why}${planning(result.total)}`] }
}

function credits(offer: Offer, volume: Volume, { purchase, topUp }: Billing): RouteCost {
  const listed = listCharge(offer, volume)
  const basis = listBasis(offer)
  if ('unknown' in purchase) {
    return unpriced('credits', basis, purchase.unknown, listed)
  }
  const notes: string[] = []
  if (basis === 'last') notes.push(`retired; price of ${offer.point.asOf}`)
  if (purchase.minimum === null) notes.push('a minimum fee may apply; it is not known')
  if (volume.period === 'request' && !topUp) {
    notes.push(`fee pro rata: ${purchase.percent} % of a larger purchase`)
    return routeCost(
      'credits',
      basis,
      null,
      listed,
      ZERO,
      (tokens) => multiply(tokens, share(purchase.percent)),
      notes,
    )
  }
  const fee = (tokens: Usd) => purchasesFee(tokens, topUp, purchase).fee
  if (topUp && listed.kind === 'priced') {
    const { purchases } = purchasesFee(listed.total, topUp, purchase)
    if (purchases > 1) notes.push(`${purchases} top-ups`)
  }
  return routeCost('credits', basis, null, listed, ZERO, fee, notes)
}

function byok(offer: Offer, own: Own | null, volume: Volume, billing: Billing): RouteCost {
  const listed = listCharge(offer, volume)
  const basis = own ? 'direct' : listBasis(offer)
  const charge = own?.charge ?? listed
  const provider = own?.provider ?? offer.hosts[0] ?? null
  const discount = discountOf(billing, own?.provider ?? provider ?? offer.model.author)
  const fee = (list: Usd) => monthlyByokFee(list, volume, billing)
  const notes = [...discountNote(discount, provider ?? offer.model.author)]
  if (!own && provider) notes.push(`with a key of ${provider}, whose price the list shows`)
  const aside = charge.kind === 'priced' ? otherSide(charge.total, discount, volume, billing) : []
  const result = routeCost('byok', basis, provider, charge, discount, fee, [...notes, ...aside])
  if (own || offer.listIsDirect || offer.hosts.length > 0) return result
  return {
    ...result,
    offered: false,
    notes: [
      `whose key would serve it at this price is not known${planning(result.total)}`,
      ...notes,
    ],
  }
}

function discountOf({ discounts }: Billing, provider: string): Usd {
  const named = Object.entries(discounts).find(([name]) => means(name, provider))
  return named?.[1] ?? discounts['*'] ?? ZERO
}

/** Whether a name as typed is this provider: "google" and "google-ai-studio" are, and "amazon-bedrock" is "Amazon Bedrock". */
const means = (name: string, provider: string): boolean =>
  [provider, providerName(provider)].some((each) => slugged(each) === slugged(name))

const slugged = (name: string): string => name.trim().toLowerCase().replaceAll(' ', '-')

/** Whether a discount with this provider could touch the offer. */
export const concerns = (name: string, { direct, hosts, model }: Offer): boolean =>
  [...direct.map(({ provider }) => provider), ...hosts, model.author].some((each) =>
    means(name, each),
  )

const discountNote = (discount: Usd, provider: string): readonly string[] =>
  isZero(discount) ? [] : [`contract discount with ${providerName(provider)} taken off`]

function routeCost(
  route: Route,
  basis: Basis,
  provider: string | null,
  charge: Charge,
  discount: Usd,
  feeOf: (list: Usd) => Usd,
  notes: readonly string[],
): RouteCost {
  if (charge.kind === 'unpriced') return unpriced(route, basis, charge.why, charge)
  const tokens = multiply(charge.total, subtract(usd('1'), discount))
  const fee = feeOf(charge.total)
  return {
    route,
    basis,
    provider,
    offered: true,
    tokens,
    fee,
    total: add(tokens, fee),
    lines: charge.lines,
    notes,
  }
}

const unpriced = (route: Route, basis: Basis, why: string, charge: Charge): RouteCost => ({
  route,
  basis,
  provider: null,
  offered: false,
  tokens: charge.kind === 'priced' ? charge.total : null,
  fee: null,
  total: null,
  lines: [],
  notes: [why],
})
