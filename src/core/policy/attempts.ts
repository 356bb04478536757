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
    const answeredHere = raceBlock(placed, health, members, Math.min(tries, members.length), {
      reach,
      firstBlock: nth === 0,
      sums,
    })
    reach *= 1 - answeredHere
  }
  return sums
}

type Sums = { [key in keyof Attempts]: Float64Array }
type Entry = { readonly reach: number; readonly firstBlock: boolean; readonly sums: Sums }

/** One endpoint in one of its two health states. */
type Runner = {
  readonly at: number
  readonly stage: number
  readonly chance: number
  readonly fail: number
  readonly weight: number
}

const indices = (list: readonly unknown[]): number[] => list.map((_, at) => at)

function raceBlock(
  placed: readonly Placed[],
  health: readonly Health[],
  members: readonly number[],
  tries: number,
  entry: Entry,
): number {
  const runners = members.flatMap((at) => runnersOf(at, placed, health))
  let answered = 0
  if (members.length === 1) {
    for (const runner of runners) answered += credit(runner, Float64Array.of(runner.chance), entry)
    return answered
  }
  for (const stage of [...new Set(runners.map(({ stage }) => stage))].sort((a, b) => a - b)) {
    const inStage = runners.filter((runner) => runner.stage === stage)
    const chances = raceStage(stage, inStage, runners, members, tries)
    for (const [index, runner] of inStage.entries()) {
      answered += credit(runner, chances.subarray(index * tries, (index + 1) * tries), entry)
    }
  }
  return answered
}

/** Healthy first, then those that meet the preferences, then by rank. */
function runnersOf(
  at: number,
  placed: readonly Placed[],
  health: readonly Health[],
): readonly Runner[] {
  const place = placed[at]
  const its = health[at]
  if (!place || !its) return []
  const stage = (place.last ? 1e6 : 0) + place.rank
  const { weight } = place
  return [
    { at, stage, chance: its.seenUp, fail: its.failUp, weight },
    { at, stage: 2e6 + stage, chance: 1 - its.seenUp, fail: its.failDown, weight },
  ].filter(({ chance }) => chance > 0)
}

/** Books the chances of being the first, second … try; returns the chance that it answers. */
function credit({ at, fail }: Runner, byTry: Float64Array, { reach, firstBlock, sums }: Entry) {
  let here = 0
  for (let k = 0; k < byTry.length; k++) {
    const chance = byTry[k] ?? 0
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

/** chances[i × tries + k]: runner i of the stage is there and its attempt is number k + 1. */
function raceStage(
  stage: number,
  inStage: readonly Runner[],
  runners: readonly Runner[],
  members: readonly number[],
  tries: number,
): Float64Array {
  return race({
    chance: Float64Array.from(inStage, ({ chance }) => chance),
    fail: Float64Array.from(inStage, ({ fail }) => fail),
    weight: Float64Array.from(inStage, ({ weight }) => weight),
    ...surroundings(stage, runners, members, inStage, tries),
  })
}

/** What else may be the case with those in the stage and those outside it. */
function surroundings(
  stage: number,
  runners: readonly Runner[],
  members: readonly number[],
  inStage: readonly Runner[],
  tries: number,
): Pick<Field, 'outside' | 'waiting' | 'failed'> {
  const { waiting, failed } = elsewhere(stage, runners, members)
  const outside = new Float64Array(tries)
  outside[0] = 1
  const inside = new Set(inStage.map(({ at }) => at))
  for (const at of members) {
    if (inside.has(at)) continue
    timesLinear(outside, waiting.get(at) ?? 0, failed.get(at) ?? 0, tries)
  }
  const aligned = (chances: ReadonlyMap<number, number>) =>
    Float64Array.from(inStage, ({ at }) => chances.get(at) ?? 0)
  return { outside, waiting: aligned(waiting), failed: aligned(failed) }
}

/** Per endpoint the chances that its turn comes in a later stage, or came in an earlier one and failed. */
function elsewhere(stage: number, runners: readonly Runner[], members: readonly number[]) {
  const waiting = new Map<number, number>(members.map((at) => [at, 0]))
  const failed = new Map(waiting)
  for (const { at, stage: its, chance, fail } of runners) {
    if (its > stage) waiting.set(at, (waiting.get(at) ?? 0) + chance)
    if (its < stage) failed.set(at, (failed.get(at) ?? 0) + chance * fail)
  }
  return { waiting, failed }
}

/** polynomial × (a + b z), in place, cut at `degree` terms. */
function timesLinear(into: Float64Array, a: number, b: number, degree: number) {
  for (let k = degree - 1; k > 0; k--) {
    into[k] = (into[k] ?? 0) * a + (into[k - 1] ?? 0) * b
  }
  into[0] = (into[0] ?? 0) * a
}
