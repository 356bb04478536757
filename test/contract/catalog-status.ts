import * as z from 'zod'

const day = z.string().regex(/^\d{4}-\d\d-\d\d$/)
const count = z.int().nonnegative()
const bundled = z.strictObject({ asOf: day, models: count.describe('retired ones included') })

export const contract = z
  .strictObject({
    schema: z.literal('orx.catalog.status/1'),
    inForce: z.string().describe('cache, snapshot, report, or a file'),
    asOf: day.describe('date of its newest price'),
    ageDays: count,
    models: z.strictObject({
      listed: count,
      retired: count,
      priced: count.describe('of the listed: with a price above zero'),
      free: count.describe('of the listed'),
      unpriced: count.describe('of the listed: without a known price'),
      points: count.describe('dated prices, of retired models too'),
    }),
    snapshot: bundled,
    cache: z
      .strictObject({
        path: z.string(),
        asOf: day.nullable().describe('null where the file cannot be read'),
        models: count.nullable(),
      })
      .nullable()
      .describe('the refreshed catalogue; null before the first update'),
    report: bundled,
    sources: z
      .array(
        z.strictObject({
          id: z.string(),
          name: z.string(),
          url: z.string(),
          asOf: day,
          terms: z.string(),
          points: count.describe('dated prices from it'),
          ageDays: count,
        }),
      )
      .describe('the newest first'),
    tables: z
      .array(
        z.strictObject({ what: z.string(), count: count.describe('rows'), asOf: day.nullable() }),
      )
      .describe('what orx knows beside models and prices'),
  })
  .meta({ id: 'orx.catalog.status/1', title: 'orx catalog status --json' })
