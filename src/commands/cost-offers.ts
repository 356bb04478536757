import type { Context } from '../context.ts'
import type { DirectOffer } from '../core/catalog/direct.ts'
import type { Endpoint } from '../core/catalog/endpoint.ts'
import type { Catalog, Model } from '../core/catalog/model.ts'
import { OWN_SOURCE } from '../core/catalog/own.ts'
import type { PricePoint } from '../core/catalog/price.ts'
import type { Quote } from '../core/cost/quote.ts'
import type { Offer } from '../core/cost/route.ts'
import type { RelatedQuote } from '../render/cost/view.ts'
import { loadCatalog, loadDirect, loadEndpoints } from '../sources/catalog.ts'
import type { World } from './world.ts'

export type OfferOf = (model: Model) => Promise<Offer>

/** Finds what is known of a model's prices: the list, the providers' own, and who hosts it at the listed price. */
export async function openOffers(
  ctx: Context,
  catalog: Pick<Catalog, 'name' | 'models'>,
  batch: boolean,
): Promise<OfferOf> {
  const direct = await loadDirect(ctx)
  const listIsDirect = catalog.name === 'report'
  return async (model) => {
    const listed = batch ? batchModel(model, catalog.models) : model
    const point = listed?.points.at(-1) ?? NO_BATCH
    const own =
      listIsDirect || batch
        ? []
        : [...direct.filter((offer) => offer.model === model.id), ...ownOnly(model)]
    const hosts =
      own.length > 0 || listIsDirect || model.status === 'retired'
        ? []
        : hostsAt(point, await loadEndpoints(ctx, model.id))
    return { model, point, direct: own, hosts, listIsDirect }
  }
}

/** A model that only config.toml prices is sold by whoever stands before the slash of its name. */
function ownOnly({ id, author, points }: Model): readonly DirectOffer[] {
  const point = points.at(-1)
  if (!point?.price || points.some(({ source }) => source !== OWN_SOURCE)) return []
  const { price, source, asOf } = point
  return [{ provider: author, id: id.slice(id.indexOf('/') + 1), model: id, price, source, asOf }]
}

const NO_BATCH: PricePoint = {
  source: 'none',
  asOf: '',
  unpriced: 'OpenRouter lists no batch variant of it, so its batch price is not known',
}

const batchModel = (model: Model, models: readonly Model[]): Model | undefined =>
  models.find(({ id }) => id === `${model.base ?? model.id}:batch`)

/** Providers whose endpoint asks exactly the listed price; each named once. */
function hostsAt({ price }: PricePoint, endpoints: readonly Endpoint[]): readonly string[] {
  const same = endpoints.filter(
    (each) => price && each.price.input === price.input && each.price.output === price.output,
  )
  return [...new Set(same.map(({ provider }) => provider))]
}

/** What a single quote is set beside: a retired model's successor, and the report's own figure. */
export async function relatedQuotes(
  ctx: Context,
  { offer, routes }: Quote,
  world: World,
  offerOf: OfferOf,
  price: (offer: Offer, fees?: string) => Quote,
): Promise<readonly RelatedQuote[]> {
  const { model } = offer
  if (world.catalog.name === 'report') return []
  const related: RelatedQuote[] = []
  const report = model.status === 'retired' ? await loadCatalog(ctx, 'report') : null
  const said = report?.models.find(({ id }) => id === model.id)
  if (report && said) {
    const offerOfReport = await openOffers(ctx, report, false)
    related.push({
      kind: 'report',
      fees: REPORT_FEES,
      quote: price(await offerOfReport(said), REPORT_FEES),
    })
  }
  const successor = world.catalog.models.find(({ id }) => id === model.successor)
  if (successor && routes.length > 0) {
    related.push({ kind: 'successor', fees: null, quote: price(await offerOf(successor)) })
  }
  return related
}

/** The schedule that the report describes. */
const REPORT_FEES = '2025-11'
