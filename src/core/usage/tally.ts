import { createIds } from './ids.ts'
import { carry, MEASURE, MEASURES } from './measures.ts'
import { createWords, type Words } from './words.ts'

/** Where a sum has to be cut so that it can be priced later: requests in one cell all pay the same rates. */
export type Cuts = {
  /** Prompt sizes at which some price changes, ascending; a request above one belongs to the next cell. */
  readonly prompts: readonly number[]
  /** Minutes after midnight UTC at which some price changes, ascending, the first one 0. */
  readonly minutes: readonly number[]
  /** Context sizes that requests are held against, ascending. */
  readonly contexts: readonly number[]
}

export const NO_CUTS: Cuts = { prompts: [], minutes: [0], contexts: [] }

/** Day of a record whose time the log does not say. */
export const UNDATED = 0

/** One cell: requests of one model on one day that pay the same rates. */
export type Cell = {
  readonly model: string
  /** Days since 1970-01-01 UTC; UNDATED where unknown. */
  readonly day: number
  /** A prompt size that stands for all in the cell. */
  readonly prompt: number
  /** Minutes after midnight UTC that stand for all in the cell. */
  readonly minute: number
  /** Number given by the reader to a class of prompts; 0 without. */
  readonly kind: number
  readonly base: number
}

export type Tally = {
  readonly models: Words
  /** Adds one record. `values` is read, not kept. */
  readonly add: (
    model: number,
    day: number,
    minute: number,
    kind: number,
    values: Float64Array,
  ) => void
  /** The same, where a later record of this id replaces an earlier one. */
  readonly addOnce: (
    high: number,
    low: number,
    model: number,
    day: number,
    minute: number,
    kind: number,
    values: Float64Array,
  ) => void
  readonly cells: () => readonly Cell[]
  readonly values: () => Float64Array
  /** Requests of a model with more prompt and output tokens than a context of `Cuts.contexts` holds. */
  readonly over: (model: string, context: number) => number
  /** Records that were replaced by a later one of the same id. */
  readonly replaced: () => number
  readonly idBytes: () => number
}

// Copies: the built program is split in files, and a constant of another file is looked up at each use.
const WIDTH: number = MEASURES
const { input: INPUT, output: OUTPUT, reported: REPORTED } = MEASURE
const { cost: COST, costFine: COST_FINE, byok: BYOK, extra: EXTRA } = MEASURE

/** Where sums of money are looked at for a carry; see `carry`. */
const NEARLY_FULL = 1e15
const CACHE = 4096
const MAX_KINDS = 64
const MAX_SEGMENTS = 64
const MAX_PROMPTS = 64
/** Numbers of cells that one model can have on one day; with or without a charge is the last factor. */
const LOWS = MAX_PROMPTS * MAX_SEGMENTS * MAX_KINDS * 2

export function createTally(cuts: Cuts): Tally {
  const models = createWords()
  const ids = createIds()
  const groups = new Map<number, number>()
  const keys: number[] = []
  const cachedModels = new Int32Array(CACHE).fill(-1)
  const cachedDays = new Int32Array(CACHE)
  const cachedLows = new Int32Array(CACHE)
  const cachedGroups = new Int32Array(CACHE)
  const prompts = Float64Array.from(cuts.prompts)
  const segments = segmentOfMinute(cuts.minutes)
  const contexts = Float64Array.from(cuts.contexts)
  const overs: Float64Array[] = []
  let sums = new Float64Array(MEASURES * 64)
  let replacements = 0

  const groupOf = (
    model: number,
    day: number,
    minute: number,
    kind: number,
    values: Float64Array,
  ) => {
    const input = values[INPUT] as number
    let bucket = 0
    while (bucket < prompts.length && input > (prompts[bucket] as number)) bucket++
    const reported = values[REPORTED] === 0 ? 0 : 1
    const low =
      ((bucket * MAX_SEGMENTS + (segments[minute] as number)) * MAX_KINDS + kind) * 2 + reported
    const slot = (model * 31 + day * 7 + low * 131) & (CACHE - 1)
    if (cachedModels[slot] === model && cachedDays[slot] === day && cachedLows[slot] === low)
      return cachedGroups[slot] as number
    const key = (model * 65536 + day) * LOWS + low
    let group = groups.get(key)
    if (group === undefined) {
      group = keys.length
      groups.set(key, group)
      keys.push(key)
      if ((group + 1) * MEASURES > sums.length) {
        const wider = new Float64Array(sums.length * 2)
        wider.set(sums)
        sums = wider
      }
    }
    cachedModels[slot] = model
    cachedDays[slot] = day
    cachedLows[slot] = low
    cachedGroups[slot] = group
    return group
  }

  const apply = (group: number, values: Float64Array, sign: 1 | -1) => {
    const base = group * WIDTH
    const to = sums
    for (let each = 0; each < WIDTH; each++)
      to[base + each] = (to[base + each] as number) + sign * (values[each] as number)
    if (
      (to[base + COST] as number) >= NEARLY_FULL ||
      (to[base + COST_FINE] as number) >= NEARLY_FULL
    )
      carry(to, base, COST)
    if (values[BYOK] !== 0) carry(to, base, BYOK)
    if (values[EXTRA] !== 0) carry(to, base, EXTRA)
  }

  const countContext = (model: number, values: Float64Array, sign: 1 | -1) => {
    if (contexts.length === 0) return
    const total = (values[INPUT] as number) + (values[OUTPUT] as number)
    if (total <= (contexts[0] as number)) return
    let counts = overs[model]
    if (counts === undefined) {
      counts = new Float64Array(contexts.length)
      overs[model] = counts
    }
    for (let at = 0; at < contexts.length && total > (contexts[at] ?? 0); at++)
      counts[at] = (counts[at] ?? 0) + sign * (values[MEASURE.requests] ?? 0)
  }

  const modelOf = (group: number): number => Math.floor((keys[group] ?? 0) / (65536 * LOWS))

  return {
    models,
    add: (model, day, minute, kind, values) => {
      apply(groupOf(model, day, minute, kind, values), values, 1)
      countContext(model, values, 1)
    },
    addOnce: (high, low, model, day, minute, kind, values) => {
      const group = groupOf(model, day, minute, kind, values)
      const before = ids.put(high, low, group, values)
      if (before >= 0) {
        replacements += 1
        apply(before, ids.replaced, -1)
        countContext(modelOf(before), ids.replaced, -1)
      }
      apply(group, values, 1)
      countContext(model, values, 1)
    },
    cells: () => keys.map((key, group) => cellOf(key, group, cuts, models.all())),
    values: () => sums,
    over: (model, context) => {
      const at = cuts.contexts.indexOf(context)
      const index = models.all().indexOf(model)
      return overs[index]?.[at] ?? 0
    },
    replaced: () => replacements,
    idBytes: ids.bytes,
  }
}

function cellOf(key: number, group: number, cuts: Cuts, models: readonly string[]): Cell {
  const low = Math.floor((key % LOWS) / 2)
  const kind = low % MAX_KINDS
  const segment = Math.floor(low / MAX_KINDS) % MAX_SEGMENTS
  const bucket = Math.floor(low / (MAX_KINDS * MAX_SEGMENTS))
  const rest = Math.floor(key / LOWS)
  return {
    model: models[Math.floor(rest / 65536)] ?? '',
    day: rest % 65536,
    prompt: bucket === 0 ? 0 : (cuts.prompts[bucket - 1] ?? 0) + 1,
    minute: cuts.minutes[segment] ?? 0,
    kind,
    base: group * MEASURES,
  }
}

function segmentOfMinute(minutes: readonly number[]): Uint8Array {
  const segments = new Uint8Array(24 * 60)
  for (const [segment, from] of minutes.entries()) segments.fill(segment, from)
  return segments
}
