import type { Model } from '../catalog/model.ts'
import { meets, type Need } from '../catalog/needs.ts'
import { compare, type Usd, usd } from '../money.ts'
import { isFreePrice, type Offer } from './candidate.ts'
import type { Task } from './task.ts'

/** What the user insists on. */
export type Demands = {
  readonly needs: readonly Need[]
  readonly minContext: number | null
  /** US$ per 1M tokens. */
  readonly maxPrice: { readonly input: Usd; readonly output: Usd } | null
  /** US$ for the volume. */
  readonly budget: Usd | null
  readonly authors: readonly string[]
  readonly exclude: readonly string[]
  /** Whether a model has a healthy endpoint that neither keeps nor trains on prompts; null where that is not asked for. */
  readonly zdr: ReadonlyMap<string, boolean> | null
  readonly freeOnly: boolean
}

export type Constraint = {
  /** As the user would type it, or the task's own wish. */
  readonly name: string
  /** The task's own cannot be taken away by leaving out a flag. */
  readonly from: 'task' | 'user'
  /** Null where the catalogue does not know: such a model is not picked. */
  readonly keeps: (offer: Offer) => boolean | null
}

/** For naming models that may fulfil a constraint, where the catalogue does not know. */
export const leniently = (constraint: Constraint): Constraint => ({
  ...constraint,
  keeps: (offer) => constraint.keeps(offer) !== false,
})

/** Every hard constraint, the task's own first, in the order in which they are applied. */
export function constraintsOf(task: Task, demands: Demands): readonly Constraint[] {
  const list: Constraint[] = []
  const add = (from: Constraint['from'], name: string, keeps: Constraint['keeps']) =>
    list.push({ from, name, keeps })
  const context = (least: number) => (offer: Offer) => atLeast(offer.model.context, least)
  for (const need of task.needs)
    add('task', `${task.id} needs ${need}`, ({ model }) => meets(model, need))
  if (task.minContext !== null && task.minContext > (demands.minContext ?? 0))
    add(
      'task',
      `${task.id} needs a context of ${Math.ceil(task.minContext / 1000)}K`,
      context(task.minContext),
    )
  for (const need of demands.needs.filter((each) => !task.needs.includes(each)))
    add('user', `--needs ${need}`, ({ model }) => meets(model, need))
  const { minContext, maxPrice, budget, authors, exclude, zdr } = demands
  if (minContext !== null) add('user', `--min-context ${minContext}`, context(minContext))
  if (authors.length > 0)
    add('user', `--author ${authors.join(',')}`, ({ model }) => authors.includes(model.author))
  if (exclude.length > 0)
    add('user', `--exclude ${exclude.join(',')}`, ({ model }) => !excluded(model, exclude))
  if (zdr) add('user', '--zdr', ({ model }) => zdr.get(model.id) ?? null)
  if (maxPrice)
    add(
      'user',
      '--max-price',
      ({ rates }) => within(rates.input, maxPrice.input) && within(rates.output, maxPrice.output),
    )
  if (budget) add('user', '--budget', ({ cost }) => compare(cost, budget) <= 0)
  if (demands.freeOnly) add('user', '--free', ({ rates }) => isFreePrice(rates))
  return list
}

const atLeast = (known: number | null, least: number): boolean | null =>
  known === null ? null : known >= least

const excluded = ({ id, author }: Model, names: readonly string[]): boolean =>
  names.some((name) => name === author || id.includes(name))

const within = (rate: string | undefined, most: Usd): boolean =>
  rate !== undefined && compare(usd(rate), most) <= 0

export type Sieve = {
  readonly left: readonly Offer[]
  /** How many were left after each constraint. */
  readonly steps: readonly { readonly name: string; readonly left: number }[]
  /** The constraint that took the last ones away, and how many would be left without it. */
  readonly emptiedBy: (Constraint & { readonly before: number; readonly without: number }) | null
}

export function sieve(offers: readonly Offer[], constraints: readonly Constraint[]): Sieve {
  let left = offers
  const steps: { name: string; left: number }[] = []
  let emptiedBy: Sieve['emptiedBy'] = null
  for (const constraint of constraints) {
    const before = left.length
    // A catalogue that knows nothing of an ability, like the report's, cannot be asked for it by a task.
    if (constraint.from === 'task' && left.every((offer) => constraint.keeps(offer) === null)) {
      steps.push({ name: `${constraint.name} (not known in this catalogue)`, left: before })
      continue
    }
    left = left.filter(constraint.keeps)
    steps.push({ name: constraint.name, left: left.length })
    if (left.length === 0 && before > 0) {
      const others = constraints.filter((each) => each !== constraint)
      const without = offers.filter((offer) => others.every(({ keeps }) => keeps(offer))).length
      emptiedBy = { ...constraint, before, without }
    }
  }
  return { left, steps, emptiedBy }
}
