import * as z from 'zod'
import type { Model } from '../../src/core/catalog/model.ts'
import { authorOf, baseOf, kindOf } from '../../src/core/catalog/names.ts'
import { lastPoint } from '../../src/core/catalog/points.ts'
import type { Override, Price, PricePoint, Rates } from '../../src/core/catalog/price.ts'
import { compare, toDecimal, usd } from '../../src/core/money.ts'
import { inOrder } from '../../src/sources/openrouter/prices.ts'

const rates = {
  input: z.number().min(0),
  output: z.number().min(0),
  cacheRead: z.number().min(0),
  cacheWrite: z.number().min(0),
}
/** Rows of npm @earendil-works/pi-ai: dollars per 1M tokens; 0 in a cache price means that there is no separate one. */
export const normalisedRow = z.object({
  id: z.string(),
  name: z.string(),
  cost: z.object({
    ...rates,
    tiers: z.array(z.object({ ...rates, inputTokensAbove: z.int().positive() })).optional(),
  }),
  contextWindow: z.int().min(0),
  maxTokens: z.int().min(0),
  input: z.array(z.enum(['text', 'image'])),
  reasoning: z.boolean(),
})
export type NormalisedRow = z.infer<typeof normalisedRow>

type Note = (heading: string, row: string) => void
type Seen = { readonly source: string; readonly asOf: string }

/**
 * A row of the normalised list as a model, with what only the last raw capture knows carried over. Null where the row
 * says nothing: the bare id "auto" is OpenRouter's router over again.
 * @param targetRow of the model that an alias last pointed to
 */
export function normalisedModel(
  row: NormalisedRow,
  before: Model | undefined,
  seen: Seen,
  note: Note,
  targetRow: NormalisedRow | undefined,
): Model | null {
  const { id } = row
  if (!id.includes('/')) {
    note('normalised rows dropped', `${id}: not an OpenRouter id`)
    return null
  }
  const kind = before?.kind === 'router' ? 'router' : kindOf(id)
  const point = pointOf(row, kind === 'router', before, seen, note)
  const fresh = before === undefined || movedAlias(kind, row, targetRow)
  if (before && fresh)
    note('aliases that point elsewhere now, target unknown', `${id}: was ${before.base}`)
  const { base: _, speed: _speed, expires: _expires, ...kept } = before ?? { base: '' }
  const context = row.contextWindow > 0 ? row.contextWindow : null
  if (before && !fresh && before.context !== null && context !== before.context)
    note('contexts that differ, raw kept', `${id}: ${before.context} against ${context}`)
  return {
    ...(fresh
      ? newModel(row, context)
      : {
          ...kept,
          context: before.context ?? context,
          ...(before.base ? { base: before.base } : {}),
        }),
    id,
    name: row.name,
    kind,
    status: 'current',
    lastSeen: seen.asOf,
    points: point ? [point] : [],
  } as Model
}

/** An alias has moved to another model if its price is not that of its old target; targets are not in the list. */
const movedAlias = (
  kind: Model['kind'],
  { cost }: NormalisedRow,
  target: NormalisedRow | undefined,
): boolean =>
  kind === 'alias' && (cost.input !== target?.cost.input || cost.output !== target.cost.output)

function newModel(row: NormalisedRow, context: number | null) {
  const { id, maxTokens } = row
  // Where it knows no cap, the list has 90 % of the context.
  const cap = maxTokens > 0 && maxTokens !== Math.floor((context ?? 0) * 0.9) ? maxTokens : null
  return {
    slug: baseOf(id),
    author: authorOf(id),
    ...(kindOf(id) === 'variant' ? { base: baseOf(id) } : {}),
    created: null,
    context,
    maxOutput: cap !== null && context !== null ? Math.min(cap, context) : cap,
    // Its `input` knows only text and image, so what else a model takes is not known.
    inputs: null,
    outputs: null,
    parameters: row.reasoning ? ['reasoning', 'tools'] : ['tools'],
    partialParameters: true as const,
  }
}

/** Null where the list has no price to tell: a router reads 0. */
function pointOf(
  row: NormalisedRow,
  router: boolean,
  before: Model | undefined,
  seen: Seen,
  note: Note,
): PricePoint | null {
  const { id, cost } = row
  const zero = cost.input === 0 && cost.output === 0
  if (router && zero) {
    note('routers read as 0, taken as unpriced', id)
    return before ? null : { ...seen, unpriced: 'the price is that of the model it routes to' }
  }
  if (zero && !id.endsWith(':free')) {
    note('0 without :free, taken as unpriced', `${id} ${seen.asOf}`)
    return { ...seen, unpriced: 'listed at 0 without being marked free' }
  }
  const old = before && lastPoint(before).price
  const listed: Rates = {
    input: decimal(cost.input),
    output: decimal(cost.output),
    ...(cost.cacheRead > 0 ? { cacheRead: decimal(cost.cacheRead) } : {}),
    ...(cost.cacheWrite > 0 ? { cacheWrite: decimal(cost.cacheWrite) } : {}),
  }
  const same = old !== undefined && old.input === listed.input && old.output === listed.output
  const carried = old ? carriedRates(id, old, listed, same, note) : {}
  const overrides = overridesOf(cost.tiers ?? [], same ? old : undefined)
  const price: Price = {
    ...inOrder({ ...carried, ...listed }),
    ...(overrides.length > 0 ? { overrides } : {}),
  }
  if (old && !same)
    note('repriced', `${id}: ${old.input} / ${old.output} -> ${price.input} / ${price.output}`)
  return { ...seen, price }
}

/**
 * What the list does not know stays as it was last seen. Rates of other kinds of tokens move with the token price, so they
 * stay only while that stood still; so does a cache price that would now exceed the price of fresh input.
 */
function carriedRates(id: string, old: Price, listed: Rates, same: boolean, note: Note): Rates {
  const { overrides: _, input: _input, output: _output, webSearch, request, ...tokens } = old
  const whole = { webSearch, request }
  if (same) return defined({ ...tokens, ...whole })
  const { cacheRead, cacheWrite } = tokens
  const fits = (rate: string | undefined) =>
    rate !== undefined && compare(usd(rate), usd(listed.input ?? '0')) <= 0
  const lost = Object.keys(tokens).filter(
    (key) => !(key in listed) && !(key.startsWith('cacheR') && fits(cacheRead)),
  )
  if (lost.length > 0) note('rates left behind by a price change', `${id}: ${lost.join(', ')}`)
  return defined({
    ...whole,
    ...(fits(cacheRead) ? { cacheRead } : {}),
    ...(fits(cacheWrite) ? { cacheWrite } : {}),
  })
}

const defined = (from: { readonly [K in keyof Rates]: string | undefined }): Rates =>
  Object.fromEntries(Object.entries(from).filter(([, rate]) => rate !== undefined))

function overridesOf(
  tiers: NonNullable<NormalisedRow['cost']['tiers']>,
  old: Price | undefined,
): readonly Override[] {
  const byThreshold = tiers.map((tier): Override => {
    const { minPromptTokens: _, ...before } =
      old?.overrides?.find((each) => each.minPromptTokens === tier.inputTokensAbove) ?? {}
    return {
      minPromptTokens: tier.inputTokensAbove,
      ...inOrder({
        ...before,
        input: decimal(tier.input),
        output: decimal(tier.output),
        ...(tier.cacheRead > 0 ? { cacheRead: decimal(tier.cacheRead) } : {}),
        ...(tier.cacheWrite > 0 ? { cacheWrite: decimal(tier.cacheWrite) } : {}),
      }),
    }
  })
  // The list has no hours: those of the raw capture stay while the price stood still.
  const hours = (old?.overrides ?? []).filter(
    ({ utcStart, utcDays }) => utcStart !== undefined || utcDays !== undefined,
  )
  return [...byThreshold, ...hours]
}

const decimal = (value: number): string => toDecimal(usd(String(value)))
