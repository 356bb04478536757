import { type Field, race } from './race.ts'
import type { Candidate } from './routing.ts'

/** One endpoint's health as chances; independent of every other's. */
export type Health = {
  /** That OpenRouter sees it healthy. */
  readonly seenUp: number
  /** That an attempt fails when it is seen healthy, and when it is not. */
  readonly failUp: number
  readonly failDown: number
}

/** Chances per request, one figure a candidate in their order. */
export type Attempts = {
  readonly first: Float64Array
  /** Expected attempts there, first ones included. */
  readonly tried: Float64Array
  readonly answered: Float64Array
  /** Part of `answered` that came after a failure elsewhere. */
  readonly rescued: Float64Array
}

export type Placed = Pick<Candidate, 'block' | 'last' | 'rank' | 'weight'>

/**
 * Exactly how often each endpoint is tried and answers, summed over every up/down state and every order of draws.
 *
 * Draws without replacement by weight are a race: endpoint i arrives after a time of Exp(wᵢ). Given an arrival at t, each
 * other endpoint has independently been tried and failed, or not yet been tried; a polynomial in z counts the failures.
 * So a sum over 2ⁿ states and n! orders becomes one integral of a product of n linear factors (race.ts), in closed form
 * for up to seven endpoints and to 1e-9 for more. Tests compare it with the plain sum.
 * @param tries most endpoints tried per model (block)
 */
export function attempts(
  placed: readonly Placed[],
  health: readonly Health[],
  tries: number,
): Attempts {
  const n = placed.length
  const sums: Sums = {
    first: new Float64Array(n),
    tried: new Float64Array(n),
    answered: new Float64Array(n),
    rescued: new Float64Array(n),
  }
  // A block is tried only when every try in the ones before has failed.
  let reach = 1
  const blocks = [...new Set(placed.map(({ block }) => block))].sort((a, b) => a - b)
  for (const [nth, block] of blocks.entries()) {
    const members = indices(placed).filter((at) => placed[at]?.block === block)
    const answeredHere = raceBlock(placed, health, members, {
      reach,
      firstBlock: nth === 0,
      tries: Math.min(tries, members.length),
      sums,
    })
    reach *= 1 - answeredHere
  }
  return sums
}

type Sums = { [key in keyof Attempts]: Float64Array }
type Entry = {
  readonly reach: number
  readonly firstBlock: boolean
  readonly tries: number
  readonly sums: Sums
}

const indices = (list: readonly unknown[]): number[] => list.map((_, at) => at)

/** Healthy first, then those that meet the preferences, then by rank. */
const UNHEALTHY = 2e6
const LAST = 1e6

function raceBlock(
  placed: readonly Placed[],
  health: readonly Health[],
  members: readonly number[],
  entry: Entry,
): number {
  const { tries } = entry
  const [only] = members
  if (members.length === 1 && only !== undefined) {
    const { seenUp, failUp, failDown } = health[only] ?? NEVER
    return credit(only, failUp, [seenUp], 0, entry) + credit(only, failDown, [1 - seenUp], 0, entry)
  }
  const healthy = members.map((at) => (placed[at]?.last ? LAST : 0) + (placed[at]?.rank ?? 0))
  const stages = new Set(healthy)
  for (const stage of healthy) stages.add(UNHEALTHY + stage)
  let answered = 0
  for (const stage of [...stages].sort((a, b) => a - b)) {
    const { runners, field } = fieldOf(stage, healthy, { placed, health, members, tries })
    if (runners.length === 0) continue
    const chances = race(field)
    for (const [index, at] of runners.entries()) {
      const fail = field.fail[index] ?? 0
      answered += credit(at, fail, chances, index, entry)
    }
  }
  return answered
}

type Block = {
  readonly placed: readonly Placed[]
  readonly health: readonly Health[]
  readonly members: readonly number[]
  readonly tries: number
}

/** Who races in a stage, and what else may be the case with them and with those outside it. */
function fieldOf(
  stage: number,
  healthy: readonly number[],
  { placed, health, members, tries }: Block,
): { readonly runners: readonly number[]; readonly field: Field } {
  const runners: number[] = []
  const rows: Rows = { chance: [], fail: [], weight: [], waiting: [], failed: [] }
  const outside = new Float64Array(tries)
  outside[0] = 1
  for (const [index, at] of members.entries()) {
    const { seenUp, failUp, failDown } = health[at] ?? NEVER
    const up = healthy[index] ?? 0
    const down = UNHEALTHY + up
    // That its turn comes in a later stage, or came in an earlier one and failed.
    const waiting = (up > stage ? seenUp : 0) + (down > stage ? 1 - seenUp : 0)
    const failed = (up < stage ? seenUp * failUp : 0) + (down < stage ? (1 - seenUp) * failDown : 0)
    const chance = up === stage ? seenUp : down === stage ? 1 - seenUp : 0
    if (chance === 0) {
      timesLinear(outside, waiting, failed, tries)
      continue
    }
    runners.push(at)
    rows.chance.push(chance)
    rows.fail.push(up === stage ? failUp : failDown)
    rows.weight.push(placed[at]?.weight ?? 0)
    rows.waiting.push(waiting)
    rows.failed.push(failed)
  }
  return { runners, field: { ...rows, outside } }
}

type Rows = { [key in Exclude<keyof Field, 'outside'>]: number[] }
const NEVER: Health = { seenUp: 0, failUp: 1, failDown: 1 }

/** Books the chances of being the first, second … try; returns the chance that it answers. */
function credit(
  at: number,
  fail: number,
  chances: ArrayLike<number>,
  runner: number,
  { reach, firstBlock, tries, sums }: Entry,
): number {
  let here = 0
  for (let k = 0; k < tries; k++) {
    const chance = chances[runner * tries + k] ?? 0
    const answers = chance * (1 - fail)
    if (k === 0 && firstBlock) addAt(sums.first, at, chance)
    else addAt(sums.rescued, at, reach * answers)
    addAt(sums.tried, at, reach * chance)
    addAt(sums.answered, at, reach * answers)
    here += answers
  }
  return here
}

function addAt(array: Float64Array, at: number, value: number): void {
  array[at] = (array[at] ?? 0) + value
}

/** polynomial × (a + b z), in place, cut at `degree` terms. */
function timesLinear(into: Float64Array, a: number, b: number, degree: number) {
  for (let k = degree - 1; k > 0; k--) {
    into[k] = (into[k] ?? 0) * a + (into[k - 1] ?? 0) * b
  }
  into[0] = (into[0] ?? 0) * a
}
