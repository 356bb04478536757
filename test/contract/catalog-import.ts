import * as z from 'zod'
import { problem } from './catalog-problem.ts'

export const contract = z
  .strictObject({
    schema: z.literal('orx.catalog.import/1'),
    file: z.string(),
    kind: z
      .enum(['response', 'catalogue'])
      .describe("OpenRouter's raw answer, or orx's own schema"),
    asOf: z.string().describe('YYYY-MM-DD of its prices'),
    models: z.int().describe('models taken from it'),
    effect: z
      .enum(['replaced', 'merged', 'partial', 'history'])
      .describe(
        'replaced: it is the cached catalogue · merged: its prices are the newest ones known · partial: the same, but the list is too short to retire other models · history: older than what is known',
      ),
    inForce: z.strictObject({
      asOf: z.string().describe('YYYY-MM-DD of the catalogue now in force'),
      models: z.int().describe('retired ones included'),
    }),
    problems: z.array(problem),
  })
  .meta({ id: 'orx.catalog.import/1', title: 'orx catalog import --json' })
