import { type Cuts, createGroups, type Group } from './groups.ts'
import { createIds } from './ids.ts'
import { carry, HUGE_UNIT, MEASURE, MEASURES } from './measures.ts'
import { createWords, type Words } from './words.ts'

/** Day of a record whose time the log does not say. */
export const UNDATED = 0

/** One cell: requests of one model on one day that pay the same rates. */
export type Cell = Omit<Group, 'model'> & { readonly model: string; readonly base: number }

/** Where the numbers of a simple record lie in its row; what it does not have points to a zero. */
export type RowLayout = {
  /** Numbers a row. */
  readonly width: number
  readonly model: number
  readonly day: number
  readonly minute: number
  /** Two halves of a hash; null where records have no id. */
  readonly id: number | null
  readonly input: number
  readonly output: number
  /** In units of 1e-12 dollars. */
  readonly cost: number
  /** Whether records say what was charged. */
  readonly reported: boolean
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
  /** Adds `rows` simple records that lie one behind the other. `requests`: 1, or 0 where records do not say how many they are. */
  readonly addRows: (cells: Float64Array, rows: number, layout: RowLayout, requests: number) => void
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
const { input: INPUT, output: OUTPUT, requests: REQUESTS, reported: REPORTED } = MEASURE
const { cost: COST, costFine: COST_FINE, costHuge: COST_HUGE } = MEASURE
const { byok: BYOK, extra: EXTRA } = MEASURE

/** Where sums of money are looked at for a carry; see `carry`. */
const NEARLY_FULL = 1e15
/** @param models names of models that are known already */
export function createTally(cuts: Cuts, models: Words = createWords()): Tally {
  const ids = createIds()
  const groups = createGroups(cuts, (model) => models.all()[model] ?? '')
  const contexts = Float64Array.from(cuts.contexts)
  const smallest = contexts[0] ?? Number.POSITIVE_INFINITY
  const overs: Float64Array[] = []
  const scratch = new Float64Array(MEASURES)
  let sums = new Float64Array(MEASURES * 64)
  let replacements = 0

  /** Makes room for so many more groups. */
  const reserve = (more: number) => {
    const needed = (groups.count() + more) * MEASURES
    if (needed <= sums.length) return
    const wider = new Float64Array(needed * 2)
    wider.set(sums)
    sums = wider
  }

  const groupOf = (
    model: number,
    day: number,
    minute: number,
    kind: number,
    values: Float64Array,
  ): number => {
    const reported = values[REPORTED] === 0 ? 0 : 1
    const group = groups.of(model, day, minute, kind, values[INPUT] as number, reported)
    reserve(1)
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
    const total = (values[INPUT] as number) + (values[OUTPUT] as number)
    if (total <= smallest) return
    let counts = overs[model]
    if (counts === undefined) {
      counts = new Float64Array(contexts.length)
      overs[model] = counts
    }
    for (let at = 0; at < contexts.length && total > (contexts[at] ?? 0); at++)
      counts[at] = (counts[at] ?? 0) + sign * (values[MEASURE.requests] ?? 0)
  }

  const replace = (
    high: number,
    low: number,
    group: number,
    values: Float64Array,
    isSimple: boolean,
  ) => {
    const before = ids.put(high, low, group, values, isSimple)
    if (before < 0) return
    replacements += 1
    apply(before, ids.replaced, -1)
    countContext(groups.at(before).model, ids.replaced, -1)
  }

  const addRows: Tally['addRows'] = (cells, rows, layout, requests) => {
    const { width, model: atModel, day: atDay, minute: atMinute, id: atId } = layout
    const { input: atInput, output: atOutput, cost: atCost } = layout
    const reported = layout.reported ? 1 : 0
    scratch.fill(0)
    scratch[REQUESTS] = requests
    scratch[REPORTED] = reported
    reserve(rows)
    const to = sums
    for (let row = 0, at = 0; row < rows; row++, at += width) {
      const model = cells[at + atModel] as number
      const day = cells[at + atDay] as number
      const input = cells[at + atInput] as number
      const output = cells[at + atOutput] as number
      const cost = cells[at + atCost] as number
      const group = groups.of(model, day, cells[at + atMinute] as number, 0, input, reported)
      if (atId !== null || input + output > smallest) {
        scratch[INPUT] = input
        scratch[OUTPUT] = output
        scratch[COST] = cost
        if (atId !== null) {
          const high = cells[at + atId] as number
          replace(
            high >>> 0,
            (cells[at + atId + 1] as number) >>> 0,
            group,
            scratch,
            requests === 1,
          )
        }
        countContext(model, scratch, 1)
      }
      const base = group * WIDTH
      to[base + INPUT] = (to[base + INPUT] as number) + input
      to[base + OUTPUT] = (to[base + OUTPUT] as number) + output
      to[base + REQUESTS] = (to[base + REQUESTS] as number) + requests
      to[base + REPORTED] = (to[base + REPORTED] as number) + reported
      const sum = (to[base + COST] as number) + cost
      // Carried without a branch: one that is rarely taken makes the engine compile the loop again.
      const over = Number(sum >= HUGE_UNIT)
      to[base + COST] = sum - over * HUGE_UNIT
      to[base + COST_HUGE] = (to[base + COST_HUGE] as number) + over
    }
  }

  return {
    models,
    add: (model, day, minute, kind, values) => {
      apply(groupOf(model, day, minute, kind, values), values, 1)
      countContext(model, values, 1)
    },
    addOnce: (high, low, model, day, minute, kind, values) => {
      const group = groupOf(model, day, minute, kind, values)
      replace(high, low, group, values, false)
      apply(group, values, 1)
      countContext(model, values, 1)
    },
    addRows,
    cells: () =>
      Array.from({ length: groups.count() }, (_, number) => {
        const { model, ...group } = groups.at(number)
        return { model: models.all()[model] ?? '', ...group, base: number * MEASURES }
      }),
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
