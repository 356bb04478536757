import * as z from 'zod'

export const contract = z
  .strictObject({
    schema: z.literal('orx.keys.remove/1'),
    provider: z.string().describe('"openrouter" or a provider slug'),
    masked: z.string().describe('prefix and last four characters of the key'),
    file: z.string().describe('the key file'),
  })
  .meta({ id: 'orx.keys.remove/1', title: 'orx keys remove --json' })
