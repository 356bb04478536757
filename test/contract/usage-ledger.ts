import * as z from 'zod'

const usd = z.string().regex(/^\d+(\.\d+)?$/)
const count = z.int().nonnegative()
const sums = {
  prompts: count,
  attempts: count.describe('HTTP requests: retries and fallbacks included'),
  failed: count.describe('attempts that brought no text'),
  tokens: z.strictObject({
    prompt: count,
    completion: count.describe('reasoning included'),
    cached: count.describe('part of prompt'),
    reasoning: count.describe('part of completion'),
  }),
  spend: usd.describe('US$, all that is known: under BYOK the fee and the provider’s charge'),
  estimated: usd.describe('US$, the part of spend that nobody reported'),
  unknown: count.describe('attempts of unknown cost, in no sum'),
}

export const contract = z
  .strictObject({
    schema: z.literal('orx.usage.ledger/1'),
    source: z.literal('ledger'),
    since: z.iso.datetime(),
    until: z.iso.datetime(),
    by: z.enum(['day', 'model', 'provider', 'route', 'session']),
    total: z.strictObject(sums),
    groups: z.array(
      z.strictObject({
        key: z.string().nullable().describe('null: attempts that have none'),
        ...sums,
      }),
    ),
  })
  .meta({ id: 'orx.usage.ledger/1', title: 'orx usage --json (without a file)' })
