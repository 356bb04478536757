import * as z from 'zod'

const usd = z.string().regex(/^-?\d+(\.\d+)?$/)
const route = z.enum(['direct', 'credits', 'byok'])
const byRoute = z.strictObject({
  direct: usd.nullable(),
  credits: usd.nullable(),
  byok: usd.nullable(),
})

export const cost = z
  .strictObject({
    schema: z.literal('orx.cost.workloads/1'),
    months: z.int().describe('horizon'),
    fees: z.strictObject({ id: z.string(), asOf: z.iso.date(), plan: z.string(), pay: z.string() }),
    catalog: z.strictObject({ name: z.string(), asOf: z.iso.date() }),
    workloads: z.array(
      z.strictObject({
        name: z.string(),
        model: z.string(),
        chosen: z.enum(['named', 'picked']).describe('named in the file, or picked for its task'),
        asOf: z.string().describe('date of the price'),
        source: z.string(),
        tokens: byRoute.describe('US$ over the horizon before fees; null where not on offer'),
        route: route.nullable().describe('in the cheapest mix; null where unpriced'),
        why: z.string(),
        notes: z.array(z.string()),
      }),
    ),
    totals: byRoute
      .extend({ hybrid: usd.nullable().describe('the cheapest mix') })
      .describe('US$ over the horizon, fees included'),
    hybrid: z.strictObject({
      exact: z.boolean().describe('false where too many choices were searched by descent'),
      savingOverCredits: usd.nullable(),
      savingOverDirect: usd.nullable(),
    }),
    byMonth: z.array(
      z.strictObject({
        month: z.int(),
        tokens: usd,
        creditsFee: usd,
        byokFee: usd,
        opsCost: usd,
        total: usd,
        allCredits: usd.nullable(),
      }),
    ),
    feesPassOpsCost: z
      .int()
      .nullable()
      .describe('first month in which the fees of all Credits pass opsCost'),
  })
  .meta({ id: 'orx.cost.workloads/1', title: 'orx cost -f FILE --json' })

export const recommended = z
  .strictObject({
    schema: z.literal('orx.recommend.workloads/1'),
    catalog: z.iso.date().describe('date of the prices'),
    workloads: z.array(
      z.strictObject({
        name: z.string(),
        model: z.string().describe('cheapest above the quality floor'),
        score: z.strictObject({
          metric: z.string(),
          value: z.number(),
          source: z.string(),
          asOf: z.string(),
        }),
        cost: usd.describe('US$ of the first month at list price'),
      }),
    ),
  })
  .meta({ id: 'orx.recommend.workloads/1', title: 'orx recommend -f FILE --json' })

const side = z.strictObject({ model: z.string(), cost: usd.nullable() }).nullable()

export const diff = z
  .strictObject({
    schema: z.literal('orx.diff/1'),
    before: z.string(),
    after: z.string(),
    months: z.int(),
    workloads: z.array(
      z.strictObject({
        name: z.string(),
        before: side.describe('null where it is new'),
        after: side.describe('null where it is gone'),
        delta: usd.nullable().describe('US$; null where a price is unknown'),
      }),
    ),
    totals: z
      .strictObject({
        before: usd.nullable(),
        after: usd.nullable(),
        delta: usd.nullable(),
        percent: usd.nullable(),
      })
      .describe('cheapest mixes, fees included'),
  })
  .meta({ id: 'orx.diff/1', title: 'orx diff --json' })
