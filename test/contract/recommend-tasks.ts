import * as z from 'zod'

export const contract = z
  .strictObject({
    schema: z.literal('orx.recommend.tasks/1').describe('name and version of this shape'),
    tasks: z
      .array(
        z.strictObject({
          id: z.string().describe('what to type'),
          label: z.string().describe('in English'),
          labelTh: z.string().describe('in Thai'),
          aliases: z.array(z.string()).describe('other words for it, English and Thai'),
          source: z.string().describe('the part of the report it comes from'),
        }),
      )
      .describe('every task'),
  })
  .meta({ id: 'orx.recommend.tasks/1', title: 'orx recommend --list --json' })
