import * as z from 'zod'

const rate = z.string().regex(/^\d+(\.\d+)?$/)
const amount = z.string().regex(/^-?\d+(\.\d+)?$/)
const day = z.string().regex(/^\d{4}-\d\d-\d\d$/)
const context = z.int().positive()

const side = z.strictObject({
  name: z.string().describe('what was named: report, snapshot, latest, a file or a day'),
  asOf: day.describe('date of its newest price'),
  models: z.int().describe('models listed, without retired ones'),
})
const quote = z.strictObject({
  input: rate.nullable().describe('US$ per 1M tokens; null where unpriced'),
  output: rate.nullable().describe('US$ per 1M tokens; null where unpriced'),
  source: z.string().describe("key into the catalogue's sources"),
  asOf: day.describe('date of the price'),
})

export const contract = z
  .strictObject({
    schema: z.literal('orx.catalog.diff/1'),
    from: side,
    to: side,
    repriced: z
      .array(
        z.strictObject({
          model: z.string(),
          from: quote,
          to: quote,
          changes: z
            .array(
              z.strictObject({
                dimension: z.string().describe('input, output, cacheRead, webSearch …'),
                from: rate.describe('US$ per 1M tokens, or per piece'),
                to: rate,
                percent: z
                  .string()
                  .nullable()
                  .describe('of the old rate, to one decimal: "-50"; null where that was zero'),
              }),
            )
            .min(1),
        }),
      )
      .describe('listed in both at other prices; the largest change first'),
    gone: z
      .array(
        z.strictObject({
          model: z.string(),
          quote: quote.describe('its price in `from`'),
          last: quote.nullable().describe('the last one that `to` knows; null where none'),
          lastSeen: day,
          successor: z.string().nullable(),
        }),
      )
      .describe('listed in `from` only'),
    new: z
      .array(
        z.strictObject({
          model: z.string(),
          quote,
          context: context.nullable().describe('tokens'),
          created: day.nullable(),
        }),
      )
      .describe('listed in `to` only'),
    context: z
      .array(z.strictObject({ model: z.string(), from: context, to: context }))
      .describe('another context, in tokens'),
    usage: z
      .strictObject({
        from: amount.describe('US$ of all used models that both catalogues can price'),
        to: amount,
        change: amount.describe('US$, to minus from'),
        changed: z
          .array(
            z.strictObject({
              model: z.string(),
              requests: z.int().nonnegative(),
              from: amount.describe('US$'),
              to: amount.describe('US$'),
              change: amount.describe('US$'),
            }),
          )
          .describe('used models whose cost changes, the largest change first'),
        same: z.int().describe('used models that cost the same in both'),
        unpriced: z.array(z.string()).describe('used models not priced in both; not in the sums'),
      })
      .optional()
      .describe('with --usage'),
    unchanged: z.int().describe('models listed in both at the same prices'),
  })
  .meta({ id: 'orx.catalog.diff/1', title: 'orx catalog diff --json' })
