import * as z from 'zod'
import { catalog, model, price, score, source } from './models.ts'

const point = {
  source: z.string().nullable().describe('id in sources'),
  asOf: z.iso.date().nullable(),
  price: price.nullable(),
  unpriced: z.string().nullable().describe('why no price is known'),
  low: price.nullable().describe('lower end of a range'),
  approximate: z.boolean(),
}
const percentiles = z
  .strictObject({
    p50: z.number(),
    p75: z.number().nullable(),
    p90: z.number().nullable(),
    p99: z.number().nullable(),
  })
  .nullable()
const range = z.strictObject({ low: z.number(), high: z.number() }).nullable()
const rates = z.strictObject({ low: z.string(), high: z.string() }).nullable()

export const directOffer = z.strictObject({
  provider: z.string().describe("OpenRouter's slug of the provider"),
  id: z.string().describe("the provider's own id"),
  price: price.describe('empty where only the free tier is known'),
  source: z.string(),
  asOf: z.iso.date(),
})

export const contract = z
  .strictObject({
    schema: z.literal('orx.models.show/1'),
    catalog,
    model,
    history: z.array(z.strictObject(point)).describe('all known prices, oldest first'),
    variants: z.array(z.string()),
    direct: z.array(directOffer).describe("providers' own prices"),
    endpoints: z.array(
      z.strictObject({
        provider: z.string(),
        tag: z.string(),
        quantization: z.string(),
        context: z.int().nullable().describe('tokens'),
        maxPrompt: z.int().nullable().describe('tokens'),
        maxOutput: z.int().nullable().describe('tokens'),
        parameters: z.array(z.string()),
        price,
        ttftMs: percentiles.describe('time to first token, milliseconds'),
        throughput: percentiles.describe('tokens a second; higher percentiles are slower'),
        status: z.int().describe('0 normal, negative degraded or disabled'),
        trains: z.boolean().nullable(),
        retains: z.boolean().nullable(),
        zdr: z.boolean().nullable().describe('derived: neither retains nor trains'),
        byokOnly: z.boolean(),
        region: z.string().nullable(),
        requests30m: z.int().nullable().describe('seen in half an hour of the capture'),
        asOf: z.iso.date(),
        share: z
          .number()
          .nullable()
          .describe('of answered requests by the documented 1/price² rule, 0 to 1'),
      }),
    ),
    spread: z
      .strictObject({
        endpoints: z.int(),
        healthy: z.int(),
        input: rates.describe('US$ per 1M tokens'),
        output: rates.describe('US$ per 1M tokens'),
        ttftMs: range.describe('medians, milliseconds'),
        throughput: range.describe('medians, tokens a second'),
        context: range.describe('tokens'),
      })
      .nullable()
      .describe('over the healthy endpoints'),
    scores: z.array(score).describe('one a metric: the newest, at its highest effort'),
    report: z
      .strictObject({
        name: z.string(),
        context: z.int().nullable(),
        ...point,
        differences: z.array(
          z.strictObject({
            what: z.enum(['input', 'output', 'context']),
            said: z.string().describe('US$ per 1M tokens, or tokens'),
            now: z.string().nullable().describe('in the catalogue; null where not known'),
            percent: z.string().nullable().describe('from said to now'),
          }),
        ),
      })
      .nullable()
      .describe('what the 2025 report says of it; null where it does not name it'),
    sources: z.array(source),
  })
  .meta({ id: 'orx.models.show/1', title: 'orx models show --json' })
