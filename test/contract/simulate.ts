import * as z from 'zod'

const usd = z.string().regex(/^-?\d+(\.\d+)?$/)
const share = z.number().min(0).max(1)
const figure = (unit: string) =>
  z
    .strictObject({
      simulated: z.number().nullable().describe('over all runs; null where nothing was simulated'),
      half: z
        .number()
        .nullable()
        .describe('half of the 95 % interval, from the spread between runs'),
      exact: z.number().nullable().describe('sum over all states, null where no sum exists'),
    })
    .describe(unit)
const money = (unit: string) =>
  z
    .strictObject({
      simulated: usd.nullable().describe('counts times exact prices, divided to 12 decimals'),
      half: usd.nullable().describe('half of the 95 % interval, to 9 decimals'),
      exact: usd.nullable().describe('sum over all states, to 9 decimals'),
    })
    .describe(unit)
const figures = {
  costPerMillion: money('US$ per 1,000,000 answered requests'),
  wastedPerMillion: money('US$ lost to cut streams per 1,000,000 answered requests'),
  answered: figure('share of requests'),
  failedOver: figure('share of requests answered after a failure elsewhere'),
  gatewayOut: figure('share of requests that met an outage of the gateway itself'),
  attempts: figure('attempts per request'),
  ttftMs: z.strictObject({
    p50: figure('milliseconds to the first token'),
    p95: figure('milliseconds'),
    p99: figure('milliseconds'),
  }),
}
const difference = z
  .strictObject({ mean: z.number(), half: z.number().nullable() })
  .nullable()
  .describe('mean of paired runs, and half of its 95 % interval')
const drill = z.strictObject({
  down: z.array(z.string()).describe('slugs of the providers that are out'),
  answered: share.describe('share of requests, exact'),
  costPerMillion: usd.nullable().describe('US$ per 1,000,000 answered requests'),
  survives: z.boolean().describe('answered is at least `survive`'),
})
const names = z.array(z.string()).nullable()

export const contract = z
  .strictObject({
    schema: z.literal('orx.simulate/1'),
    models: z.array(z.strictObject({ id: z.string(), name: z.string() })).describe('in order'),
    policy: z.strictObject({
      name: z.string().describe('as typed: classic, nitro, floor, latency, order:A/B, adjusted'),
      label: z.string().describe('what it is worth: documented, approximated …'),
      exponent: z.number().describe('k of the weights 1/priceᵏ'),
      fallback: z.enum(['draw', 'price']).describe('how fallbacks behind the first are ordered'),
      pooled: z.boolean().describe('endpoints of all models in one pool'),
      tries: z.int().describe('most endpoints tried per model'),
      allowFallbacks: z.boolean(),
      order: names.describe('endpoints to try first'),
      only: names.describe('endpoints allowed'),
      ignore: names.describe('endpoints never used'),
    }),
    workload: z.strictObject({
      requestsPerRun: z.int(),
      runs: z.int(),
      overSeconds: z.number().describe('simulated time of one run'),
      sizes: z.array(
        z.strictObject({
          input: z.int().describe('prompt tokens'),
          output: z.int().describe('reply tokens'),
          share: share.describe('of the requests'),
        }),
      ),
      unroutable: share.describe('share of requests that fit no endpoint, left out'),
    }),
    seed: z.int(),
    partial: z.boolean().describe('interrupted; the figures are those of `runsDone` runs'),
    runsDone: z.int(),
    requests: z.int().describe('simulated in all'),
    answeredRequests: z.int(),
    charged: usd.describe('US$ for all answered requests, exact'),
    wastedTotal: usd.describe('US$ for all cut streams, exact'),
    ...figures,
    endpoints: z.array(
      z.strictObject({
        model: z.string(),
        provider: z.string(),
        tag: z.string().describe("OpenRouter's slug of the endpoint"),
        quantization: z.string(),
        requestPrice: usd.nullable().describe('US$ of one request of the first size, exact'),
        availability: share.describe('share of time not degraded, in the long run'),
        outagesMeasured: z.boolean().describe("its provider's own, not all providers'"),
        ttftMeasured: z.boolean().describe('its own percentiles, not its provider’s usual ones'),
        throughputP50: z.number().nullable().describe('tokens a second'),
        replyMsP50: z
          .number()
          .nullable()
          .describe('milliseconds to the end of a reply of the first size, both parts at p50'),
        share: figure('of answered requests'),
        first: figure('of first tries'),
        attempts: figure('attempts per request'),
        failures: figure('failed attempts of its attempts, rate limits included'),
        answeredRequests: z.int(),
        seen: share.nullable().describe('share of the requests really observed at capture'),
      }),
    ),
    dropped: z
      .array(
        z.strictObject({
          model: z.string(),
          provider: z.string(),
          tag: z.string(),
          reason: z.string().describe('only, ignore, order, quantization, data, zdr, price …'),
          why: z.string().describe('the reason in words'),
          detail: z.string().describe('the figures behind it; may be empty'),
        }),
      )
      .describe('endpoints that filters left out'),
    ttftHistogram: z
      .array(
        z.strictObject({
          fromMs: z.number(),
          toMs: z.number(),
          requests: z.int().describe('answered or cut'),
        }),
      )
      .describe('bands without requests are left out'),
    timeline: z
      .strictObject({
        run: z.literal(1),
        cellSeconds: z.number(),
        gateway: z.array(share).describe('share of each cell in which the gateway was out'),
        endpoints: z.array(
          z.strictObject({
            model: z.string(),
            tag: z.string(),
            down: z.array(share).describe('share of each cell that was not up'),
          }),
        ),
      })
      .describe('outages of the first run'),
    policies: z
      .array(
        z.strictObject({
          policy: z.string(),
          ...figures,
          difference: z
            .strictObject({
              costPerMillion: difference,
              answered: difference,
              ttftMs: z.strictObject({ p50: difference, p95: difference, p99: difference }),
            })
            .nullable()
            .describe('against the first policy, on common random numbers, with --compare'),
        }),
      )
      .describe('other policies at a glance, or those of --compare'),
    drill: z
      .strictObject({
        survive: share.describe('least share of answered requests that counts as survival'),
        singles: z.array(drill).describe('each provider out by itself'),
        pairs: z.array(drill).describe('each pair out; empty without --drill'),
        fallback: z
          .strictObject({
            model: z.string(),
            answeredBefore: share,
            answeredAfter: share,
          })
          .nullable()
          .describe('the second model that helps most over all drills'),
      })
      .nullable()
      .describe('null with --fallback price'),
    direct: z.array(z.string()).describe('providers that sell the model themselves'),
    assumptions: z.strictObject({
      error: share,
      rateLimited: share,
      downError: share,
      cut: share,
      gatewayMs: z.tuple([z.number(), z.number()]),
      lagSeconds: z.number(),
      shared: z
        .strictObject({ betweenSeconds: z.number(), lengthSeconds: z.number() })
        .nullable()
        .describe('outages of all endpoints at once'),
      outagesOfAllProviders: z.array(z.string()).describe('endpoints without a measured provider'),
      ttftOfProvider: z.array(z.string()).describe('endpoints without percentiles of their own'),
    }),
    sources: z.strictObject({
      endpoints: z.strictObject({ asOf: z.iso.date() }),
      outages: z.strictObject({
        id: z.string(),
        name: z.string(),
        url: z.string(),
        terms: z.string(),
        from: z.iso.date(),
        to: z.iso.date(),
        note: z.string(),
      }),
    }),
  })
  .meta({ id: 'orx.simulate/1', title: 'orx simulate --json' })
