import { type Axes, byCost, byQuality, byTime, undominated } from './axes.ts'
import { knee } from './knee.ts'
import { utilities, type Weights } from './weights.ts'

/** `choice` is there only where the user weighs the axes. */
export type Role = 'choice' | 'best' | 'value' | 'fast' | 'budget' | 'free'

export type Roles<T> = Readonly<Record<Exclude<Role, 'free'>, T | undefined>>

/**
 * Today's paid picks. All come from the models that nothing dominates; all but `best` keep the floor (which `best`
 * keeps anyway), so that a cheap or quick model is never one that cannot do the work.
 */
export function rolesOf<T extends Axes>(
  paid: readonly T[],
  floor: number,
  weights: Weights | null,
): Roles<T> {
  const field = eligible(paid, floor)
  const fastest = field.filter(({ seconds }) => seconds !== null).sort(byTime)[0]
  return {
    choice: weights ? heaviest(field, floor, weights) : undefined,
    best: [...field].sort(byQuality)[0],
    value: knee(field),
    fast: fastest,
    budget: [...field].sort(byCost)[0],
  }
}

/**
 * Those that keep the floor and that nothing dominates. Whatever dominates a model that keeps the floor keeps it too, so
 * the rest need not be compared.
 */
export const eligible = <T extends Axes>(paid: readonly T[], floor: number): readonly T[] =>
  undominated(paid.filter(({ quality }) => quality >= floor))

function heaviest<T extends Axes>(
  field: readonly T[],
  floor: number,
  weights: Weights,
): T | undefined {
  const totals = utilities(field, floor, weights)
  const total = (each: T) => totals[field.indexOf(each)]?.total ?? 0
  return [...field].sort((a, b) => total(b) - total(a) || byQuality(a, b))[0]
}
