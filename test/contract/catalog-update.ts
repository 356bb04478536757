import * as z from 'zod'
import { problem } from './catalog-problem.ts'

const count = z.int().nonnegative()

export const contract = z
  .strictObject({
    schema: z.literal('orx.catalog.update/1'),
    url: z.string().describe('what was asked'),
    asOf: z.string().describe('YYYY-MM-DD of the catalogue now in force'),
    models: z.strictObject({
      result: z
        .enum(['replaced', 'confirmed'])
        .describe('confirmed: the server says that its list has not changed'),
      current: count,
      new: count,
      gone: count,
      repriced: count,
      context: count.describe('models of another context'),
    }),
    providers: count.nullable().describe('null where unchanged'),
    problems: z.array(problem).describe('what was odd in the answer'),
  })
  .meta({ id: 'orx.catalog.update/1', title: 'orx catalog update --json' })
