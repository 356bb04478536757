import * as z from 'zod'

export const contract = z
  .strictObject({
    schema: z.literal('orx.keys.test/1'),
    tests: z.array(
      z.strictObject({
        provider: z.string().describe('"openrouter" or a provider slug'),
        masked: z.string().describe('prefix and last four characters of the key'),
        result: z
          .enum(['works', 'refused', 'unclear'])
          .describe('unclear: no answer, or one that says nothing about the key'),
        detail: z.string().describe('one line for people'),
      }),
    ),
  })
  .meta({ id: 'orx.keys.test/1', title: 'orx keys test --json' })
