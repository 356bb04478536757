import * as z from 'zod'

export const contract = z
  .strictObject({
    schema: z.literal('orx/1'),
    questions: z.array(
      z.strictObject({ question: z.string(), command: z.string().describe('that answers it') }),
    ),
    catalog: z.strictObject({
      models: z.int(),
      asOf: z.iso.date().describe('of its newest price'),
    }),
  })
  .meta({ id: 'orx/1', title: 'orx --json' })
