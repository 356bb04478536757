import * as z from 'zod'

const usd = z.string().regex(/^-?\d+(\.\d+)?$/)
const route = z.enum(['direct', 'credits', 'byok'])

export const contract = z
  .strictObject({
    schema: z.literal('orx.chat.dry-run/1'),
    route: route.describe('The way the prompt would be paid and sent'),
    why: z.string().describe('Why this way'),
    models: z.array(z.string()).describe('OpenRouter ids of the models that may answer'),
    maxTokens: z.int().describe('Most tokens of reply that would be asked for'),
    estimate: usd.nullable().describe('US$ expected'),
    worstCase: usd.nullable().describe('US$ that it cannot exceed'),
    promptTokensAtMost: z.int().describe('A bound on the tokens of the prompt'),
    request: z
      .strictObject({
        method: z.literal('POST').describe('HTTP method'),
        url: z.string().describe('Where it would go'),
        headers: z.record(z.string(), z.string()).describe('Headers, without the key'),
        body: z.record(z.string(), z.unknown()).describe('The exact body'),
      })
      .describe('The HTTP request'),
    candidates: z
      .array(
        z.strictObject({
          route: route.describe('Route'),
          model: z.string().describe('Model'),
          provider: z.string().nullable().describe('Endpoint tag or provider slug'),
          odds: z.number().nullable().describe('Chance that it is tried first, 0 to 1'),
          estimate: usd.nullable().describe('US$ there'),
        }),
      )
      .describe('Who may serve it'),
    fallbacks: z
      .array(
        z.strictObject({
          route: route.describe('Route'),
          account: z.string().describe('openrouter, or the slug of a provider'),
          models: z.array(z.string()).describe('Models'),
        }),
      )
      .describe('Where it would go next, should the first way fail'),
  })
  .meta({ id: 'orx.chat.dry-run/1', title: 'orx chat --dry-run --json' })
