import * as z from 'zod'

const usd = z.string().regex(/^-?\d+(\.\d+)?$/)

export const contract = z
  .strictObject({
    schema: z.literal('orx.chat/1'),
    text: z.string().describe('The reply, without terminal control sequences; as far as it came'),
    reasoning: z.string().nullable().describe('What the model showed of its thinking'),
    toolCalls: z
      .array(
        z.strictObject({
          id: z.string().describe('Id of the call'),
          name: z.string().describe('Name of the tool'),
          arguments: z.string().describe('Arguments as the model wrote them, usually JSON'),
        }),
      )
      .describe('Calls the model asks for; none is executed'),
    model: z.string().describe('OpenRouter id of the model that answered'),
    provider: z.string().nullable().describe('Display name of the provider that answered'),
    route: z.enum(['direct', 'credits', 'byok']).describe('The way the prompt was paid and sent'),
    id: z.string().nullable().describe("The sender's id of the generation"),
    usage: z
      .strictObject({
        promptTokens: z.int().describe('Tokens of prompt, cached ones included'),
        completionTokens: z.int().describe('Tokens of reply, reasoning included'),
        cachedTokens: z.int().describe('Prompt tokens read from a cache'),
        cacheWriteTokens: z.int().describe('Prompt tokens written to a cache'),
        reasoningTokens: z.int().describe('Completion tokens spent on reasoning'),
        cost: usd.nullable().describe('US$ charged to the account, as reported'),
        upstreamCost: usd.nullable().describe("US$ of the provider's charge, as reported"),
        isByok: z.boolean().nullable().describe("Whether the user's own provider key served it"),
      })
      .nullable()
      .describe('As the sender counted; null where it told nothing'),
    cost: usd.nullable().describe('US$ that the reply really cost; null where nobody knows'),
    costBasis: z
      .enum(['reported', 'estimate', 'worst-case', 'nothing', 'unknown'])
      .describe('What `cost` rests on'),
    estimate: usd.nullable().describe('US$ expected before it was sent'),
    maxTokens: z.int().describe('Most tokens of reply that were asked for'),
    ttftMs: z.number().nullable().describe('Milliseconds to the first content'),
    durationMs: z.number().describe('Milliseconds to the end'),
    finishReason: z.string().nullable().describe('stop, length, tool_calls, content_filter …'),
    end: z.enum(['complete', 'cut', 'interrupted']).describe('How the reply ended'),
    hops: z
      .array(
        z.strictObject({
          route: z.enum(['direct', 'credits', 'byok']).describe('Route of the failed attempt'),
          from: z.string().describe('Account or model that failed'),
          provider: z.string().nullable().describe('Provider that failed, where told'),
          status: z.int().nullable().describe('HTTP status'),
          reason: z.string().describe('What went wrong'),
          action: z.enum(['retry', 'next', 'end']).describe('What was done about it'),
          waitMs: z.number().nullable().describe('Milliseconds waited before a retry'),
          to: z.string().nullable().describe('Where it went next'),
        }),
      )
      .describe('Attempts that failed before this one'),
    receipt: z.int().describe('Number for `orx receipt`'),
  })
  .meta({ id: 'orx.chat/1', title: 'orx chat --json' })
