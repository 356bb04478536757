/** Where prices change, so that sums of requests have to be cut there. */
export type PriceCuts = {
  /** Prompt sizes, ascending; a request above one belongs to the next group. */
  readonly prompts: readonly number[]
  /** Minutes after midnight UTC, ascending, the first one 0. */
  readonly minutes: readonly number[]
}

/** Where sums have to be cut so that they can be priced later: requests of one group all pay the same rates. */
export type Cuts = {
  /** By name of the model in the log. */
  readonly ofModel: (name: string) => PriceCuts
  /** Context sizes that requests are held against, ascending. */
  readonly contexts: readonly number[]
}

export const UNCUT: PriceCuts = { prompts: [], minutes: [0] }
export const NO_CUTS: Cuts = { ofModel: () => UNCUT, contexts: [] }

/** What all requests of one group have in common. */
export type Group = {
  /** Number of the model's name. */
  readonly model: number
  /** Days since 1970-01-01 UTC; 0 where unknown. */
  readonly day: number
  /** A prompt size that stands for all in the group. */
  readonly prompt: number
  /** Minutes after midnight UTC that stand for all in the group. */
  readonly minute: number
  /** Number given by the reader to a class of prompts; 0 without. */
  readonly kind: number
}

/** Numbers groups in order of first appearance. */
export type Groups = {
  /** @param reported 1 where the log says what was charged, else 0 */
  readonly of: (
    model: number,
    day: number,
    minute: number,
    kind: number,
    input: number,
    reported: number,
  ) => number
  readonly count: () => number
  readonly at: (group: number) => Group
}

const KNOWN = 4096
const MOST_KINDS = 64
const MOST_SEGMENTS = 64
const MOST_PROMPTS = 64
const MOST_DAYS = 65536
/** Numbers of groups that one model can have on one day; with or without a charge is the last factor. */
const LOWS = MOST_PROMPTS * MOST_SEGMENTS * MOST_KINDS * 2

/** The cuts of one model, in a form that is quick to go through. */
type ModelCuts = { readonly prompts: Float64Array; readonly segments: Uint8Array }

/** @param nameOf the name of a model by its number */
export function createGroups({ ofModel }: Cuts, nameOf: (model: number) => string): Groups {
  const numbers = new Map<number, number>()
  const keys: number[] = []
  const knownKeys = new Float64Array(KNOWN).fill(-1)
  const knownNumbers = new Int32Array(KNOWN)
  const cuts: ModelCuts[] = []

  const cutsOf = (model: number): ModelCuts => {
    const { prompts, minutes } = ofModel(nameOf(model))
    const segments = new Uint8Array(24 * 60)
    for (const [segment, from] of minutes.entries()) segments.fill(segment, from)
    const settled = { prompts: Float64Array.from(prompts), segments }
    cuts[model] = settled
    return settled
  }

  const numberOf = (key: number): number => {
    let number = numbers.get(key)
    if (number === undefined) {
      number = keys.length
      numbers.set(key, number)
      keys.push(key)
    }
    return number
  }

  return {
    of: (model, day, minute, kind, input, reported) => {
      const { prompts, segments } = cuts[model] ?? cutsOf(model)
      let bucket = 0
      while (bucket < prompts.length && input > (prompts[bucket] as number)) bucket++
      const segment = segments[minute] as number
      const low = ((bucket * MOST_SEGMENTS + segment) * MOST_KINDS + kind) * 2 + reported
      const key = (model * MOST_DAYS + day) * LOWS + low
      const slot = (model * 31 + day * 7 + bucket * 131 + segment * 521 + kind) & (KNOWN - 1)
      if (knownKeys[slot] === key) return knownNumbers[slot] as number
      const number = numberOf(key)
      knownKeys[slot] = key
      knownNumbers[slot] = number
      return number
    },
    count: () => keys.length,
    at: (group) => {
      const key = keys[group] ?? 0
      const low = Math.floor((key % LOWS) / 2)
      const bucket = Math.floor(low / (MOST_KINDS * MOST_SEGMENTS))
      const rest = Math.floor(key / LOWS)
      const model = Math.floor(rest / MOST_DAYS)
      const { prompts, minutes } = ofModel(nameOf(model))
      return {
        model,
        day: rest % MOST_DAYS,
        prompt: bucket === 0 ? 0 : (prompts[bucket - 1] ?? 0) + 1,
        minute: minutes[Math.floor(low / MOST_KINDS) % MOST_SEGMENTS] ?? 0,
        kind: low % MOST_KINDS,
      }
    },
  }
}
