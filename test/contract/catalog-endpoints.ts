import * as z from 'zod'
import { problem } from './catalog-problem.ts'

export const contract = z
  .strictObject({
    schema: z.literal('orx.catalog.endpoints/1'),
    url: z.string().describe('what was asked'),
    model: z.string(),
    endpoints: z.int().positive(),
    measured: z.boolean().describe('whether any came with latency and throughput'),
    before: z.int().nullable().describe('how many were kept before; null where none were'),
    problems: z.array(problem),
  })
  .meta({ id: 'orx.catalog.endpoints/1', title: 'orx catalog update --endpoints MODEL --json' })
