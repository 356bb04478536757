import { compare, type Usd, usd } from '../money.ts'
import type { LatestScores } from './latest-scores.ts'
import { joinMarks, type Mark } from './marks.ts'
import type { Modality, Model } from './model.ts'
import { meets, type Need } from './needs.ts'
import { lastPoint } from './points.ts'
import type { PricePoint } from './price.ts'
import type { Score } from './score.ts'
import { type SortKey, sorted } from './sort.ts'

/** What `orx models` is asked for. Everything given must hold. */
export type Query = {
  /** Words that all stand in the id or the name. */
  readonly text?: string | undefined
  readonly author?: string | undefined
  /** Ids that the asked provider serves. */
  readonly servedBy?: ReadonlySet<string> | undefined
  readonly modalities?: readonly Modality[] | undefined
  readonly needs?: readonly Need[] | undefined
  readonly minContext?: number | undefined
  /** US$ per 1M tokens. */
  readonly maxPrice?: { readonly input: Usd; readonly output: Usd } | undefined
  readonly free?: boolean | undefined
  /** Retired models instead of current ones. */
  readonly retired?: boolean | undefined
  /** Only models without any of the indices. */
  readonly unscored?: boolean | undefined
  /** Variants, aliases, routers and retired models too. */
  readonly all?: boolean | undefined
  readonly sort: SortKey
  readonly limit?: number | undefined
}

export const INDICES = ['intelligence', 'coding', 'agentic'] as const
export type Index = (typeof INDICES)[number]

/** One model with what a list shows of it. */
export type ModelRow = {
  readonly model: Model
  readonly point: PricePoint
  readonly scores: Readonly<Record<Index, Score | null>>
  readonly marks: readonly Mark[]
}

export type Found = {
  readonly rows: readonly ModelRow[]
  /** How many fit; `rows` has the first of them. */
  readonly matched: number
  /** How many more fit, but are left out unless asked for. */
  readonly hidden: { readonly retired: number; readonly variants: number }
  /** How many were left out because the catalogue does not say whether they fit. */
  readonly unknown: number
}

/** @returns rows in the order of `query.sort`; deterministic, ids break ties. */
export function find(models: readonly Model[], query: Query, scores: LatestScores): Found {
  const tests = conditions(query, scores)
  const fitting: Model[] = []
  const hidden = { retired: 0, variants: 0 }
  let unknown = 0
  for (const model of models) {
    const fits = verdict(model, tests)
    if (fits === false) continue
    const why = hiddenAs(model, query)
    if (fits === null) unknown += why ? 0 : 1
    else if (why) hidden[why] += 1
    else fitting.push(model)
  }
  const rows = sorted(
    fitting.map((model) => rowOf(model, scores)),
    query.sort,
  )
  return { rows: rows.slice(0, query.limit), matched: rows.length, hidden, unknown }
}

export const rowOf = (model: Model, scores: LatestScores): ModelRow => ({
  model,
  point: lastPoint(model),
  scores: {
    intelligence: scores.of(model.id, 'intelligence'),
    coding: scores.of(model.id, 'coding'),
    agentic: scores.of(model.id, 'agentic'),
  },
  marks: joinMarks(model),
})

/** True or false; null where the catalogue does not say. */
type Test = (model: Model) => boolean | null

/** No as soon as one test says so; unknown if one does not know. */
function verdict(model: Model, tests: readonly Test[]): boolean | null {
  let fits: boolean | null = true
  for (const test of tests) {
    const passed = test(model)
    if (passed === false) return false
    if (passed === null) fits = null
  }
  return fits
}

function hiddenAs(model: Model, query: Query): 'retired' | 'variants' | null {
  const { all, retired, free, text = '' } = query
  if (all) return null
  if (model.status === 'retired' && !retired) return 'retired'
  const named = /[:~]/.test(text) || (model.kind === 'router' && text !== '')
  return model.kind === 'base' || free || named ? null : 'variants'
}

function conditions(query: Query, scores: LatestScores): readonly Test[] {
  const { text, author, servedBy, modalities, needs, minContext, maxPrice } = query
  const words = (text ?? '').toLowerCase().split(/\s+/).filter(Boolean)
  const tests: (Test | false)[] = [
    words.length > 0 && (({ id, name }) => isIn(`${id} ${name}`.toLowerCase(), words)),
    author !== undefined && ((model) => model.author === author.toLowerCase()),
    servedBy !== undefined && (({ id }) => servedBy.has(id)),
    ...(modalities ?? []).map(
      (each): Test =>
        (model) =>
          handles(model, each),
    ),
    ...(needs ?? []).map(
      (need): Test =>
        (model) =>
          meets(model, need),
    ),
    minContext !== undefined &&
      (({ context }) => (context === null ? null : context >= minContext)),
    maxPrice !== undefined && ((model) => costsAtMost(lastPoint(model), maxPrice)),
    query.free === true && ((model) => isFree(lastPoint(model))),
    query.retired === true && query.all !== true && (({ status }) => status === 'retired'),
    query.unscored === true && (({ id }) => !scores.has(id, INDICES)),
  ]
  return tests.filter((test) => test !== false)
}

const isIn = (haystack: string, words: readonly string[]): boolean =>
  words.every((word) => haystack.includes(word))

function handles({ inputs, outputs }: Model, modality: Modality): boolean | null {
  if (inputs?.includes(modality) || outputs?.includes(modality)) return true
  return inputs === null || outputs === null ? null : false
}

/** By its base price: tiers and hours are not looked at. */
function costsAtMost(
  { price }: PricePoint,
  most: { readonly input: Usd; readonly output: Usd },
): boolean | null {
  if (price?.input === undefined || price.output === undefined) return null
  return compare(usd(price.input), most.input) <= 0 && compare(usd(price.output), most.output) <= 0
}

/** A price of 0 that is known: what is unpriced is not free. */
export const isFree = ({ price }: PricePoint): boolean =>
  price?.input === '0' && price.output === '0'
