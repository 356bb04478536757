import * as z from 'zod'
import { decimal } from './priced.ts'

const perMillion = decimal.describe('US$ per 1M tokens').optional()
const RATES = {
  input: perMillion,
  output: perMillion,
  cacheRead: perMillion,
  cacheWrite: decimal.optional().describe('US$ per 1M tokens written for five minutes'),
  cacheWrite1h: decimal.optional().describe('US$ per 1M tokens written for an hour'),
  audio: perMillion,
  audioCacheRead: perMillion,
  audioOutput: perMillion,
  imageToken: decimal.optional().describe('US$ per 1M image tokens'),
  imageOutput: decimal.optional().describe('US$ per 1M image tokens that come out'),
  image: decimal.optional().describe('US$ per image'),
  request: decimal.optional().describe('US$ per request'),
  webSearch: decimal.optional().describe('US$ per web search'),
}
export const price = z.strictObject({
  ...RATES,
  overrides: z
    .array(
      z.strictObject({
        ...RATES,
        minPromptTokens: z
          .int()
          .optional()
          .describe('holds for requests with strictly more prompt tokens'),
        utcStart: z.int().optional().describe('HHMM, UTC'),
        utcEnd: z.int().optional().describe('HHMM, UTC, not included; may wrap midnight'),
        utcDays: z.array(z.int()).optional().describe('0 = Sunday'),
      }),
    )
    .optional()
    .describe('rates that replace the base ones, key by key; later matches win'),
})

const modalities = z.array(z.string()).nullable()

export const source = z.strictObject({
  id: z.string(),
  name: z.string(),
  url: z.string(),
  asOf: z.iso.date(),
  terms: z.string().describe('on which its figures may be used'),
})

export const score = z.strictObject({
  metric: z.string(),
  value: z.number(),
  unit: z.enum(['index', 'rating', 'percent']),
  effort: z.string().nullable().describe('what was measured, where the source says'),
  estimated: z.boolean().describe('the source calls it an estimate'),
  source: z.string(),
  asOf: z.iso.date(),
})

export const model = z.strictObject({
  id: z.string().describe('as OpenRouter spells it'),
  name: z.string(),
  author: z.string(),
  kind: z.enum(['base', 'variant', 'alias', 'router']),
  base: z.string().nullable().describe('base model of a variant, target of an alias'),
  status: z.enum(['current', 'retired']),
  lastSeen: z.iso.date().describe('newest capture that lists it'),
  created: z.iso.date().nullable().describe('null where not known'),
  expires: z.iso.date().nullable(),
  successor: z.string().nullable().describe('id that follows it in its line'),
  context: z.int().nullable().describe('tokens'),
  maxOutput: z.int().nullable().describe('tokens'),
  inputs: modalities.describe('null where not known'),
  outputs: modalities.describe('null where not known'),
  parameters: z.array(z.string()).nullable().describe("OpenRouter's names of request parameters"),
  parametersComplete: z.boolean().describe('false: others may be supported too'),
  price: price.nullable().describe('in force, or the last one of a retired model'),
  unpriced: z.string().nullable().describe('why no price is known'),
  low: z.strictObject(RATES).nullable().describe('lower end of a range; price is the upper'),
  approximate: z.boolean(),
  source: z.string().describe('of the price: id in sources'),
  asOf: z.iso.date().describe('of the price'),
  scores: z.strictObject({
    intelligence: score.nullable(),
    coding: score.nullable(),
    agentic: score.nullable(),
  }),
  speed: z
    .strictObject({
      tag: z.string().describe('endpoint it was measured at'),
      provider: z.string(),
      ttftMs: z.number().describe('median time to first token, milliseconds'),
      throughput: z.number().describe('median tokens a second'),
      asOf: z.iso.date(),
    })
    .nullable()
    .describe('at the healthy endpoint with most requests'),
  marks: z
    .array(
      z.strictObject({
        kind: z.enum(['dates', 'host']),
        price: z.iso.date().describe('day of the price'),
        speed: z.iso.date().describe('day of the speed'),
        text: z.string(),
      }),
    )
    .describe('why price and speed may not belong together'),
})

export const catalog = z.strictObject({
  name: z.string().describe('latest, snapshot, report or a file'),
  asOf: z.iso.date().describe('newest price in it'),
})

export const contract = z
  .strictObject({
    schema: z.literal('orx.models/1'),
    catalog,
    matched: z.int().describe('models that fit; `models` has the first of them'),
    hidden: z
      .strictObject({ retired: z.int(), variants: z.int() })
      .describe('that fit too, shown with --all'),
    unknown: z.int().describe('left out because the catalogue does not say whether they fit'),
    models: z.array(model),
    sources: z.array(source).describe('of the figures above'),
  })
  .meta({ id: 'orx.models/1', title: 'orx models --json' })
