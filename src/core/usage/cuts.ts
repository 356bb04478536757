import type { DirectOffer } from '../catalog/direct.ts'
import type { Catalog, Model } from '../catalog/model.ts'
import type { Override, Price } from '../catalog/price.ts'
import type { Cuts } from './tally.ts'

/**
 * Where sums have to be cut so that any model's price of any day can be applied to them: at every prompt size and every
 * hour at which some known price changes. There are few of them in all of the catalogue.
 */
export function cutsFor(
  catalog: Catalog,
  offers: readonly DirectOffer[],
  others: readonly Model[],
): Cuts {
  const prompts = new Set<number>()
  const minutes = new Set<number>([0])
  const take = (price: Price | undefined) => {
    for (const override of price?.overrides ?? []) {
      if (override.minPromptTokens !== undefined) prompts.add(override.minPromptTokens)
      for (const minute of minutesOf(override)) minutes.add(minute)
    }
  }
  for (const { points } of catalog.models) for (const { price } of points) take(price)
  for (const { price } of offers) take(price)
  const ascending = (a: number, b: number) => a - b
  const contexts = others.flatMap(({ context }) => (context ? [context] : []))
  return {
    prompts: [...prompts].sort(ascending),
    minutes: [...minutes].sort(ascending),
    contexts: [...new Set(contexts)].sort(ascending),
  }
}

function minutesOf({ utcStart, utcEnd }: Override): readonly number[] {
  return [utcStart, utcEnd].flatMap((hhmm) =>
    hhmm === undefined ? [] : [(Math.floor(hhmm / 100) * 60 + (hhmm % 100)) % (24 * 60)],
  )
}
