import * as z from 'zod'

const usd = z.string().regex(/^\d+(\.\d+)?$/)

export const contract = z
  .strictObject({
    schema: z.literal('orx.budget/1'),
    spent: z.strictObject({
      today: usd.describe('US$ in this UTC day'),
      thisMonth: usd.describe('US$ in this UTC month'),
    }),
    limits: z.array(
      z.strictObject({
        scope: z.enum(['all', 'model', 'session']).describe('what the limit counts'),
        name: z.string().nullable().describe('the model or the session'),
        amount: usd.describe('US$'),
        per: z.enum(['day', 'month', 'total']).describe('UTC day, UTC month, or ever'),
        spent: usd.describe('US$'),
        held: usd.describe('US$ held by prompts on their way, at their worst case'),
        left: usd.describe('US$, never below zero'),
        resets: z.iso.datetime().nullable().describe('when it starts over; null for a total'),
      }),
    ),
  })
  .meta({ id: 'orx.budget/1', title: 'orx budget --json' })
