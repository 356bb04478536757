import * as z from 'zod'
import { contract as budget } from './budget.ts'

const usd = z.string().regex(/^-?\d+(\.\d+)?$/)
const quota = { used: z.int().describe('requests'), limit: z.int().describe('requests') }

export const contract = z
  .strictObject({
    schema: z.literal('orx.status/1'),
    keys: z.array(
      z.strictObject({
        provider: z.string(),
        masked: z.string().nullable().describe('null for a command, which is not run'),
        from: z.enum(['environment', 'command', 'file']),
      }),
    ),
    account: z
      .strictObject({
        balance: usd.nullable().describe('US$ of credit left; null: only a management key sees it'),
        creditsBought: usd.nullable().describe('US$ ever bought'),
        keyLimit: usd.nullable().describe('US$; null: none'),
        keyLimitRemaining: usd.nullable().describe('US$'),
        keyLimitReset: z.string().nullable().describe('"daily", "weekly", "monthly"'),
        usageToday: usd.nullable().describe('US$ of credits in this UTC day'),
        usageThisMonth: usd.nullable().describe('US$ of credits in this UTC month'),
        byokThisMonth: usd.nullable().describe('US$ at list price over own provider keys'),
        freeTier: z.boolean().nullable().describe('no credits bought yet'),
        expires: z.string().nullable().describe('when the key does'),
      })
      .nullable()
      .describe('what OpenRouter says of its key; null: not known'),
    accountUnknown: z.string().nullable().describe('why it, or only the balance, is not known'),
    freeModels: z
      .strictObject({
        minute: z.strictObject(quota),
        day: z.strictObject({
          ...quota,
          reported: z.boolean().describe('limit as OpenRouter reported it, not assumed'),
        }),
      })
      .describe('requests to free models from here, and from elsewhere as last reported'),
    budget: budget.omit({ schema: true }).describe('as in orx budget --json'),
    catalog: z.strictObject({
      name: z.string(),
      asOf: z.iso.date().describe('of its newest price'),
      models: z.int(),
    }),
  })
  .meta({ id: 'orx.status/1', title: 'orx status --json' })
