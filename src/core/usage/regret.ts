import type { Model } from '../catalog/model.ts'
import { lastPoint } from '../catalog/points.ts'
import { add, compare, subtract, type Usd, ZERO } from '../money.ts'
import type { Joined } from './join.ts'
import type { Lot } from './lots.ts'
import { chargeAt } from './priced.ts'
import { addVolumes } from './volume.ts'

export type RegretRow = {
  /** Task class or size of the prompts. */
  readonly name: string
  readonly from: string
  readonly fromScore: number
  readonly requests: number
  readonly now: Usd
  /** The cheapest model that scores at least as much; `from` itself where none is cheaper. */
  readonly to: string
  readonly toScore: number
  readonly cost: Usd
  readonly saved: Usd
}

/** What the same requests would have cost with the best choice of model, at today's prices. */
export type Regret = {
  /** Name of the score that models are held to. */
  readonly metric: string
  readonly rows: readonly RegretRow[]
  readonly now: Usd
  readonly best: Usd
  readonly saved: Usd
  /** Models that are beaten by none in both score and cost, for all of the usage; the best first. */
  readonly front: readonly { readonly model: string; readonly score: number; readonly total: Usd }[]
  /** Every model that could have served all of it. */
  readonly field: Regret['front']
  /** Used models without a score: they cannot be judged. */
  readonly notScored: readonly string[]
  /** Text for config.toml: the models that orx itself takes, by lane. */
  readonly config: string
  /** Parts of a request to OpenRouter, by class. */
  readonly requests: readonly { readonly class: string; readonly body: RequestBody }[]
}

/** What OpenRouter tries, in this order, as it spells it. */
type RequestBody = {
  readonly models: readonly string[]
  readonly provider: { readonly sort: 'price' }
}

export type Question = {
  readonly metric: string
  /** Of a model, for a class of prompts. */
  readonly scoreOf: (model: string, className: string) => number | undefined
  /** Models that may be proposed. */
  readonly candidates: readonly Model[]
  readonly kindName: (kind: number) => string
  /** Lane of a class of prompts, as `orx pick` has it. */
  readonly laneOf: (className: string) => string
  /** Requests of a log's model that are longer than a context. */
  readonly overflow: (logName: string, context: number) => number
}

export function regretOf(
  lots: readonly Lot[],
  join: (name: string) => Joined,
  question: Question,
): Regret {
  const { scoreOf, candidates } = question
  const groups = new Map<string, { name: string; model: Model; score: number; lots: Lot[] }>()
  const notScored = new Set<string>()
  for (const lot of lots) {
    const joined = join(lot.model)
    const name = className(lot, question)
    const score = 'model' in joined ? scoreOf(joined.model.id, name) : undefined
    if (!('model' in joined) || score === undefined || !lastPoint(joined.model).price) {
      notScored.add('model' in joined ? joined.model.id : lot.model)
      continue
    }
    const key = `${name}|${joined.model.id}`
    const group = groups.get(key) ?? { name, model: joined.model, score, lots: [] }
    group.lots.push(lot)
    groups.set(key, group)
  }
  const rows = [...groups.values()].map((group) => rowOf(group, question))
  const now = add(...rows.map((row) => row.now))
  const best = add(...rows.map((row) => row.cost))
  const judged = [...groups.values()].flatMap((group) => group.lots)
  const field = fieldOf(judged, candidates, question)
  return {
    metric: question.metric,
    rows: rows.toSorted((a, b) => compare(b.saved, a.saved) || (a.from < b.from ? -1 : 1)),
    now,
    best,
    saved: subtract(now, best),
    front: frontOf(field),
    field,
    notScored: [...notScored].sort(),
    config: configOf(rows, question),
    requests: [...leading(rows, ({ name }) => name)].map(([name, row]) => ({
      class: name,
      body: { models: modelsOf(row), provider: { sort: 'price' } },
    })),
  }
}

/** The task where the log has prompts; else the size, since long prompts need long contexts and pay other tiers. */
function className({ kind, prompt }: Lot, { kindName }: Question): string {
  if (kind > 0) return kindName(kind)
  return prompt <= 32_000 ? 'up to 32k' : prompt <= 200_000 ? '32k to 200k' : 'over 200k'
}

function rowOf(
  group: { name: string; model: Model; score: number; lots: readonly Lot[] },
  question: Question,
): RegretRow {
  const lots = merged(group.lots)
  const now = totalAt(lots, group.model) ?? ZERO
  let best = { model: group.model, score: group.score, cost: now }
  for (const model of question.candidates) {
    const score = question.scoreOf(model.id, group.name)
    if (score === undefined || score < group.score || !fits(group.lots, model, question)) continue
    const cost = totalAt(lots, model)
    if (cost && compare(cost, best.cost) < 0) best = { model, score, cost }
  }
  return {
    name: group.name,
    from: group.model.id,
    fromScore: group.score,
    requests: lots.reduce((sum, { volume }) => sum + volume.requests, 0),
    now,
    to: best.model.id,
    toScore: best.score,
    cost: best.cost,
    saved: subtract(now, best.cost),
  }
}

function fieldOf(
  all: readonly Lot[],
  candidates: readonly Model[],
  question: Question,
): Regret['field'] {
  const lots = merged(all)
  return candidates.flatMap((model) => {
    const score = question.scoreOf(model.id, '')
    const total = score === undefined || !fits(all, model, question) ? null : totalAt(lots, model)
    return total && score !== undefined ? [{ model: model.id, score, total }] : []
  })
}

function frontOf(field: Regret['field']): Regret['front'] {
  const cheapestFirst = field.toSorted((a, b) => compare(a.total, b.total) || b.score - a.score)
  let top = Number.NEGATIVE_INFINITY
  const front = cheapestFirst.filter(({ score }) => {
    const better = score > top
    if (better) top = score
    return better
  })
  return front.toReversed()
}

const fits = (lots: readonly Lot[], { context }: Model, { overflow }: Question): boolean =>
  context === null ||
  [...new Set(lots.map(({ model }) => model))].every((name) => overflow(name, context) === 0)

/** At the price in force: the question is about the next month. */
function totalAt(lots: readonly Lot[], model: Model): Usd | null {
  const { price } = lastPoint(model)
  if (!price) return null
  let total = ZERO
  for (const lot of lots) {
    const charge = chargeAt(lot, price)
    if (charge.kind === 'unpriced') return null
    total = add(total, charge.total)
  }
  return total
}

/** Adds up what differs only in model, day and class. */
function merged(lots: readonly Lot[]): readonly Lot[] {
  const sums = new Map<string, Lot>()
  for (const lot of lots) {
    const key = `${lot.prompt}|${lot.minute}|${lot.weekday}`
    const before = sums.get(key)
    sums.set(key, before ? { ...before, volume: addVolumes(before.volume, lot.volume) } : lot)
  }
  return [...sums.values()]
}

/** Of the rows with one key the one with most spend: what is pasted has one list a key. */
function leading(
  rows: readonly RegretRow[],
  keyOf: (row: RegretRow) => string,
): ReadonlyMap<string, RegretRow> {
  const leaders = new Map<string, RegretRow>()
  for (const row of rows) {
    const before = leaders.get(keyOf(row))
    if (!before || compare(row.now, before.now) > 0) leaders.set(keyOf(row), row)
  }
  return leaders
}

/** The better choice first, what is used now behind it. */
const modelsOf = ({ to, from }: RegretRow): readonly string[] => (to === from ? [to] : [to, from])

function configOf(rows: readonly RegretRow[], { laneOf }: Question): string {
  const lanes = [...leading(rows, ({ name }) => laneOf(name))]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([lane, row]) =>
        `${lane} = [${modelsOf(row)
          .map((id) => JSON.stringify(id))
          .join(', ')}]`,
    )
  return lanes.length > 0 ? `[lanes]\n${lanes.join('\n')}\n` : ''
}
