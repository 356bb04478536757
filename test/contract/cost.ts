import * as z from 'zod'

const usd = z.string().regex(/^\d+(\.\d+)?$/)
const count = z.int().nonnegative()

const route = z.strictObject({
  route: z.enum(['direct', 'credits', 'byok']).describe('always in this order'),
  basis: z
    .enum(['direct', 'list', 'last'])
    .describe(
      "a provider's own price, OpenRouter's list price, or its last one of a retired model",
    ),
  provider: z.string().nullable().describe("whose price it is, where it is a provider's own"),
  offered: z
    .boolean()
    .describe('false where nobody is known to sell it this way: figures are then for planning'),
  tokens: usd.nullable().describe('US$ for tokens, images, searches; null where unpriced'),
  fee: usd.nullable().describe('US$ on top'),
  total: usd.nullable().describe('US$'),
  notes: z.array(z.string()).describe('remarks in words'),
})

const quote = z.strictObject({
  model: z.string(),
  asOf: z.string().describe('date of the price'),
  source: z.string().describe("key into the catalogue's sources"),
  status: z.enum(['current', 'retired']),
  successor: z.string().optional().describe('id of the model that follows it'),
  price: z
    .strictObject({
      input: z.string().nullable().describe('US$ per 1M tokens'),
      output: z.string().nullable().describe('US$ per 1M tokens'),
    })
    .nullable()
    .describe('list price; null where unpriced'),
  routes: z.array(route).length(3).describe('sums over all months'),
  cheapest: z.enum(['direct', 'credits', 'byok']).nullable(),
  months: z
    .array(z.record(z.string(), usd.nullable()))
    .optional()
    .describe('with --months: total of each route, month by month'),
  warnings: z.array(z.string()),
})

export const contract = z
  .strictObject({
    schema: z.literal('orx.cost/1'),
    volume: z
      .strictObject({
        input: count.describe('prompt tokens of the (first) period, cached ones included'),
        output: count.describe('completion tokens, reasoning included'),
        cacheRead: count,
        cacheWrite: count,
        images: count,
        imageTokens: count.describe('tokens of all images'),
        searches: count,
        requests: count.nullable(),
        period: z.enum(['request', 'day', 'month', 'year']),
        months: count,
        counted: count.optional().describe('tokens counted in --prompt'),
      })
      .describe('what was priced'),
    fees: z.strictObject({
      id: z.string().describe('fee schedule'),
      asOf: z.iso.date(),
      plan: z.string(),
      pay: z.string(),
    }),
    models: z.array(quote).describe('cheapest first'),
    unpriced: z.array(z.strictObject({ model: z.string(), why: z.string() })),
    breakEven: z
      .strictObject({
        byokDiscountPercent: z
          .string()
          .describe('contract discount from which BYOK beats Direct at list price'),
        byokAllowance: z.strictObject({ unit: z.enum(['requests', 'usd']), amount: z.string() }),
        creditsFeeExceedsOps: z
          .strictObject({ opsCost: usd, spend: usd.describe('US$ a month') })
          .nullable()
          .describe('with --ops-cost'),
        ruleOfThumb: z.array(z.strictObject({ spend: usd, fee: usd })),
        cheapestTopUp: usd.nullable().describe('smallest purchase without the minimum fee, US$'),
        smallTopUp: z.strictObject({ credits: usd, fee: usd }),
      })
      .optional(),
    related: z
      .array(quote.extend({ kind: z.enum(['report', 'successor']), fees: z.string() }))
      .optional()
      .describe("for one retired model: the report's figure and its successor"),
  })
  .meta({ id: 'orx.cost/1', title: 'orx cost --json' })
