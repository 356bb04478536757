import * as z from 'zod'

const usd = z.string().regex(/^\d+(\.\d+)?$/)
const route = z.enum(['direct', 'credits', 'byok'])
const basis = z
  .enum(['reported', 'estimate', 'worst-case', 'nothing', 'unknown'])
  .nullable()
  .describe('what the spending rests on; null while it is on its way')
const ms = z.number().nullable().describe('milliseconds')

export const contract = z
  .strictObject({
    schema: z.literal('orx.receipt/1'),
    id: z.int().describe('number of the prompt'),
    started: z.iso.datetime(),
    session: z.string().nullable(),
    lane: z
      .string()
      .nullable()
      .describe('kind of work the router saw; null where the model was named'),
    asked: z.string().describe('the model as it was asked for'),
    why: z.string().nullable(),
    prompt: z.string().nullable().describe('kept only with --log-prompts'),
    candidates: z.array(
      z.strictObject({
        route,
        model: z.string(),
        provider: z.string().nullable().describe('null: OpenRouter chooses'),
        odds: z.number().min(0).max(1).nullable(),
        estimate: usd.nullable().describe('US$; null: unpriced'),
        chosen: z.boolean(),
        why: z.string().nullable(),
      }),
    ),
    attempts: z
      .array(
        z.strictObject({
          started: z.iso.datetime(),
          route,
          asked: z.array(z.string()).describe('models that could answer'),
          model: z.string().nullable().describe('the one that did'),
          provider: z.string().nullable(),
          status: z.enum(['ok', 'cut', 'failed', 'interrupted', 'open', 'lost']),
          httpStatus: z.int().nullable(),
          reason: z.string().nullable(),
          finishReason: z.string().nullable(),
          generation: z.string().nullable().describe('id of OpenRouter'),
          tokens: z
            .strictObject({
              prompt: z.int(),
              completion: z.int(),
              cached: z.int(),
              reasoning: z.int(),
            })
            .nullable(),
          maxTokens: z.int().describe('asked for'),
          held: usd.nullable().describe('US$ reserved: the worst case; null: no price'),
          estimate: usd.nullable().describe('US$ expected'),
          cost: usd.nullable().describe('US$ charged to the account'),
          upstream: usd
            .nullable()
            .describe('US$ charged by the provider; repeats cost unless isByok'),
          isByok: z.boolean().nullable(),
          spend: usd.nullable().describe('US$ truly spent; null: unknown'),
          settledBy: basis,
          ttftMs: ms,
          durationMs: ms,
        }),
      )
      .describe('every hop, the first one first'),
    estimate: usd.nullable().describe('US$ expected of the attempt that answered'),
    spend: usd.nullable().describe('US$ of all attempts; null: unknown'),
    settledBy: basis,
    on: z
      .array(
        z.strictObject({
          model: z.string(),
          asOf: z.iso.date().nullable().describe('date of the prices'),
          total: usd.nullable().describe('US$ for the same tokens'),
          unpriced: z.string().nullable().describe('why there is no total'),
        }),
      )
      .describe('with --on'),
  })
  .meta({ id: 'orx.receipt/1', title: 'orx receipt --json' })
