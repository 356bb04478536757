import { compare } from '../money.ts'
import type { Candidate, Plan } from './routing.ts'

/** Whether OpenRouter has seen a significant outage there in the last 30 seconds. */
export type IsDown = (candidate: Candidate) => boolean

/** What a catalogue knows of health: a negative status means degraded. */
export const degraded: IsDown = ({ endpoint }) => endpoint.status < 0

/** Groups in the order they are tried; within a group one is drawn by weight. Unhealthy endpoints follow the healthy. */
export function tiers(plan: Plan, isDown: IsDown): readonly (readonly Candidate[])[] {
  const groups = new Map<string, { at: readonly number[]; group: Candidate[] }>()
  for (const candidate of plan.candidates) {
    const { block, last, rank } = candidate
    const at = [block, isDown(candidate) ? 1 : 0, last ? 1 : 0, rank]
    const found = groups.get(at.join())
    if (found) found.group.push(candidate)
    else groups.set(at.join(), { at, group: [candidate] })
  }
  return [...groups.values()].sort((a, b) => lexical(a.at, b.at)).map(({ group }) => group)
}

function lexical(a: readonly number[], b: readonly number[]): number {
  for (const [index, value] of a.entries()) {
    const other = b[index] ?? 0
    if (value !== other) return value - other
  }
  return 0
}

/**
 * The order in which one request tries endpoints, all of them: the caller stops at `plan.tries`.
 * @param random uniform in [0, 1)
 */
export function draw(plan: Plan, isDown: IsDown, random: () => number): readonly Candidate[] {
  const order: Candidate[] = []
  for (const tier of tiers(plan, isDown)) {
    const left = [...tier]
    while (left.length > 0) {
      const byPrice = plan.routing.fallback === 'price' && order.length > 0
      const at = byPrice ? cheapest(left) : drawn(left, random())
      order.push(...left.splice(at, 1))
    }
  }
  return order
}

function drawn(group: readonly Candidate[], uniform: number): number {
  let rest = uniform * group.reduce((sum, { weight }) => sum + weight, 0)
  for (const [at, { weight }] of group.entries()) {
    rest -= weight
    if (rest < 0) return at
  }
  return group.length - 1
}

const cheapest = (group: readonly Candidate[]): number =>
  group.reduce((best, each, at) => {
    const least = group[best]
    return least && compare(each.price, least.price) < 0 ? at : best
  }, 0)

/** The chance of each candidate to be tried first, in the order of `plan.candidates`. */
export function odds(plan: Plan, isDown: IsDown): readonly number[] {
  const first = tiers(plan, isDown)[0] ?? []
  const sum = first.reduce((total, { weight }) => total + weight, 0)
  return plan.candidates.map((each) => (first.includes(each) ? each.weight / sum : 0))
}
