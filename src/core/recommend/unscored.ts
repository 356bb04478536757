import type { Offer } from './candidate.ts'

/** Models that fulfil every demand but have no score: those newer than the scores are worth a look of one's own. */
export type Unscored = {
  readonly newer: readonly Offer[]
  /** Older ones, which the source of the scores passed over. */
  readonly older: number
}

/**
 * @param authors with scored models, best first: their new models come first, one an author in turn, the dearest first,
 *   since that is where the next best model is likely to be.
 */
export function unscoredOf(
  offers: readonly Offer[],
  scoreDate: string,
  authors: readonly string[],
): Unscored {
  const newer = offers.filter(({ model }) => firstSeen(model) > scoreDate)
  const rank = new Map(authors.map((author, at) => [author, at]))
  const turns = new Map<string, number>()
  const ordered = [...newer]
    .sort((a, b) => price(b) - price(a) || (a.model.id < b.model.id ? -1 : 1))
    .map((offer) => {
      const { author } = offer.model
      const turn = turns.get(author) ?? 0
      turns.set(author, turn + 1)
      return { offer, turn, rank: rank.get(author) ?? authors.length }
    })
    .sort((a, b) => a.turn - b.turn || a.rank - b.rank)
  return { newer: ordered.map(({ offer }) => offer), older: offers.length - newer.length }
}

const firstSeen = ({ created, points }: Offer['model']): string => created ?? points[0]?.asOf ?? ''

/** Only to order names: a float will do. */
const price = ({ rates }: Offer): number => Number(rates.output ?? 0)
