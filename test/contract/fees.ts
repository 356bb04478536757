import * as z from 'zod'

const usd = z.string().regex(/^\d+(\.\d+)?$/)
const purchase = z.strictObject({
  percent: z.string().describe('percent of the credits'),
  minimum: z.string().nullable().describe('US$ a purchase at least; null where it is not known'),
})
const plan = z.strictObject({
  card: purchase.nullable().describe('buying credits by card; null where not known or negotiated'),
  crypto: purchase.nullable().describe('buying credits by crypto; null likewise'),
  byok: z.strictObject({
    percent: z.string().describe('percent of the list price beyond the allowance'),
    allowance: z.strictObject({
      unit: z.enum(['requests', 'usd']).describe('requests, or US$ at list price'),
      amount: z.string().describe('free of the fee each month'),
    }),
  }),
})

export const contract = z
  .strictObject({
    schema: z.literal('orx.fees/1'),
    inForce: z.string().describe('id of the schedule in force'),
    asOf: z.iso.date().describe('its date'),
    purchase: z
      .strictObject({
        plan: z.enum(['standard', 'business', 'enterprise']),
        pay: z.enum(['card', 'crypto']),
        reading: z
          .enum(['added', 'deducted'])
          .describe('fee on top of the credits, or taken out of the cash (the report)'),
        credits: usd.describe('US$ of credit'),
        fee: usd.describe('US$'),
        cash: usd.describe('US$ to pay'),
      })
      .optional()
      .describe('with --buy or --cash'),
    schedules: z
      .array(
        z.strictObject({
          id: z.string(),
          asOf: z.iso.date(),
          source: z.string(),
          url: z.url(),
          plans: z.partialRecord(z.enum(['standard', 'business', 'enterprise']), plan),
          freeModels: z.strictObject({
            perMinute: z.int().describe('requests a minute'),
            perDay: z.int().describe('requests a day'),
            perDayAfterPurchase: z.int().describe('requests a day once `purchase` was bought'),
            purchase: z.string().describe('US$ of credit ever bought'),
          }),
          expiry: z.string().describe('when credits expire, in words'),
        }),
      )
      .describe('all known schedules, oldest first'),
  })
  .meta({ id: 'orx.fees/1', title: 'orx fees --json' })
