import type { DirectOffer } from '../catalog/direct.ts'
import type { Model } from '../catalog/model.ts'
import type { Override, Price } from '../catalog/price.ts'
import type { Cuts, PriceCuts } from './groups.ts'
import type { Joined } from './join.ts'

/**
 * Where sums have to be cut so that a log can be priced at its own models and at others: at every prompt size and every hour
 * at which some of their prices changes. There are few of them in all of the catalogue.
 * @param others models that every request may be priced at
 */
export function cutsFor(
  join: (name: string) => Joined,
  offers: readonly DirectOffer[],
  others: readonly Model[],
): Cuts {
  const known = new Map<string, PriceCuts>()
  const contexts = others.flatMap(({ context }) => (context ? [context] : []))
  return {
    ofModel: (name) => {
      const before = known.get(name)
      if (before) return before
      const joined = join(name)
      const own = 'model' in joined ? [joined.model] : []
      const cuts = priceCuts([...others, ...own], offers)
      known.set(name, cuts)
      return cuts
    },
    contexts: [...new Set(contexts)].sort(ascending),
  }
}

/** Where any price of these models has ever changed, their makers' own offers included. */
export function priceCuts(
  models: readonly Pick<Model, 'id' | 'points'>[],
  offers: readonly DirectOffer[],
): PriceCuts {
  const prompts = new Set<number>()
  const minutes = new Set<number>([0])
  const take = (price: Price | undefined) => {
    for (const override of price?.overrides ?? []) {
      if (override.minPromptTokens !== undefined) prompts.add(override.minPromptTokens)
      for (const minute of minutesOf(override)) minutes.add(minute)
    }
  }
  const ids = new Set(models.map(({ id }) => id))
  for (const { points } of models) for (const { price } of points) take(price)
  for (const { model, price } of offers) if (ids.has(model)) take(price)
  return { prompts: [...prompts].sort(ascending), minutes: [...minutes].sort(ascending) }
}

const ascending = (a: number, b: number): number => a - b

function minutesOf({ utcStart, utcEnd }: Override): readonly number[] {
  return [utcStart, utcEnd].flatMap((hhmm) =>
    hhmm === undefined ? [] : [(Math.floor(hhmm / 100) * 60 + (hhmm % 100)) % (24 * 60)],
  )
}
