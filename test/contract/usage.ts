import * as z from 'zod'

const usd = z.string().regex(/^-?\d+(\.\d+)?$/)
const count = z.int().nonnegative()
const tokens = z.strictObject({
  input: count.describe('prompt tokens, cached ones included'),
  output: count.describe('completion tokens, reasoning included'),
  cacheRead: count.describe('part of input read from a cache'),
  cacheWrite: count.describe('part of input written to a cache for five minutes'),
  cacheWrite1h: count.describe('part of input written to a cache for an hour'),
  reasoning: count.describe('part of output'),
})

const recorded = {
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
    schema: z.literal('orx.usage/1'),
    source: z.string().describe('the catalogue: latest, snapshot, report or a file'),
    asOf: z.iso.date().describe('its newest price'),
    fees: z.string().describe('id of the fee schedule'),
    files: z
      .array(z.strictObject({ name: z.string(), format: z.string() }))
      .describe('what was read, and as what'),
    from: z.iso.date().nullable().describe('first day, UTC; null where the log has no times'),
    to: z.iso.date().nullable().describe('last day, UTC'),
    requests: count.describe('requests, each id counted once'),
    tokens: tokens.describe('tokens of all requests'),
    reported: usd.nullable().describe('US$ in the log, own keys included; null where it has none'),
    recomputed: usd.describe('US$ at the list price of each day, of what has a price'),
    complete: z.boolean().describe('whether everything had a price'),
    difference: z
      .strictObject({
        total: usd.describe('US$, reported minus recomputed; the parts add up to it'),
        extra: usd.describe('web search and file parsing'),
        unpriced: usd.describe('reported for models without a price'),
        notReported: usd.describe('minus what was recomputed where the log gives no charge'),
        rest: usd.describe('other hosts than the listed one, discounts, prices between captures'),
      })
      .nullable(),
    early: z
      .strictObject({ requests: count, amount: usd.describe('US$') })
      .describe('priced by a price first seen after their day'),
    byModel: z
      .array(
        z.strictObject({
          model: z.string().describe("OpenRouter's id; the log's name where it is unknown"),
          requests: count,
          tokens,
          reported: usd.nullable().describe('US$'),
          recomputed: usd.nullable().describe('US$; null where nothing of it had a price'),
          unpriced: z.string().nullable().describe('why some or all of it has no price'),
        }),
      )
      .describe('the dearest first'),
    byDay: z
      .array(
        z.strictObject({
          day: z.iso.date(),
          requests: count,
          reported: usd.describe('US$'),
          recomputed: usd.describe('US$'),
        }),
      )
      .describe('in order, days of UTC'),
    unpriced: z
      .array(
        z.strictObject({
          model: z.string(),
          why: z.string(),
          requests: count,
          tokens,
          reported: usd.nullable().describe('US$'),
        }),
      )
      .describe('what is not in recomputed, with its volume'),
    skipped: z
      .array(
        z.strictObject({
          reason: z.string(),
          count,
          first: z.string().describe('file:record of the first one'),
          sample: z.string().describe('start of its text'),
        }),
      )
      .describe('bad records'),
    replaced: count.describe('earlier records of a request id that came again'),
    aggregated: count.describe('records that stand for several requests each'),
    onOther: z
      .array(
        z.strictObject({
          model: z.string().nullable().describe('null: each request at its own model'),
          route: z.enum(['direct', 'credits', 'byok']).nullable(),
          requests: count,
          tokens: usd.describe('US$ for tokens'),
          fee: usd.describe('US$ of fees, month by month'),
          total: usd.describe('US$'),
          saved: usd.describe('US$, recomputed minus total; negative where it is dearer'),
          overflow: count.describe("requests longer than the model's context"),
          unpriced: z.array(z.strictObject({ why: z.string(), requests: count })),
        }),
      )
      .describe('with --on and --on-route'),
    regret: z
      .strictObject({
        metric: z.string().describe('the score models are held to'),
        now: usd.describe("US$ at today's prices, of the models with a score"),
        best: usd.describe('US$ with the best choices'),
        saved: usd.describe('US$'),
        classes: z.array(
          z.strictObject({
            class: z.string().describe('task where the log has prompts, else size of the prompt'),
            model: z.string(),
            score: z.number(),
            requests: count,
            now: usd.describe('US$'),
            better: z.string().describe('cheapest model that scores no less'),
            betterScore: z.number(),
            cost: usd.describe('US$'),
            saved: usd.describe('US$'),
          }),
        ),
        front: z
          .array(z.strictObject({ model: z.string(), score: z.number(), total: usd }))
          .describe('the Pareto line for all of the usage'),
        notScored: z.array(z.string()),
        config: z
          .string()
          .describe('`[lanes]` for config.toml: orx itself then takes these models'),
        requests: z
          .array(
            z.object({
              class: z.string(),
              body: z.object({
                models: z.array(z.string()),
                provider: z.object({ sort: z.literal('price') }),
              }),
            }),
          )
          .describe('part of a request to OpenRouter, by class'),
      })
      .optional()
      .describe('with --regret'),
    ledger: z
      .strictObject({
        since: z.iso.datetime(),
        until: z.iso.datetime(),
        by: z.enum(['day', 'model', 'provider', 'route', 'session']),
        total: z.strictObject(recorded),
        groups: z.array(
          z.strictObject({
            key: z.string().nullable().describe('null: attempts that have none'),
            ...recorded,
          }),
        ),
      })
      .optional()
      .describe('without FILE: every attempt, also those without token counts'),
    notes: z.array(z.string()),
  })
  .meta({ id: 'orx.usage/1', title: 'orx usage --json' })
