import * as z from 'zod'
import {
  parseCount,
  parseMoney,
  parsePositiveMoney,
  parsePricePair,
  parseRate,
  parseShare,
} from '../core/amount.ts'
import { parseNeeds } from '../core/catalog/needs.ts'
import { OrxError } from '../core/errors.ts'

/** A field read by one of the parsers of core/; its complaint becomes the field's. */
const read = <T>(parse: (text: string) => T, meaning: string) =>
  z
    .union([z.string(), z.number()])
    .describe(meaning)
    .transform((value, check) => understood(parse, String(value), check))

function understood<T>(
  parse: (text: string) => T,
  text: string,
  check: { readonly addIssue: (message: string) => void },
): T {
  try {
    return parse(text)
  } catch (error) {
    if (!(error instanceof OrxError)) throw error
    check.addIssue(error.remedy)
    return z.NEVER
  }
}

const count = (meaning: string) => read((text) => parseCount(text), meaning).optional()
const share = (meaning: string) => read((text) => parseShare(text), meaning).optional()
const money = (meaning: string) => read((text) => parseMoney(text), meaning).optional()

const workload = z
  .strictObject({
    name: z.string().min(1).describe('how the answer calls it'),
    task: z.string().optional().describe('a task of `orx recommend --list`; or give a model'),
    model: z.string().optional().describe('a model, as orx understands names'),
    in: count('input tokens a month, such as 100M'),
    out: count('output tokens a month'),
    requests: count('requests a month'),
    perRequest: z
      .strictObject({ in: count('input tokens'), out: count('output tokens') })
      .optional()
      .describe('size of one request, instead of in and out; needs requests'),
    cached: share('share of the input read from a prompt cache, such as 60%'),
    reasoning: count('reasoning tokens a month, billed as output'),
    images: count('images a month'),
    imageTokens: count('tokens of one image'),
    searches: count('web searches a month'),
    batch: share('share that may run as a batch'),
    growth: read((text) => parseRate(text), 'growth a month, such as 5%').optional(),
    discount: share('contract discount with whoever serves it'),
    needs: z
      .union([z.string(), z.array(z.string())])
      .describe('what the model must take or do: vision, tools, json …')
      .transform((value, check) => understood(parseNeeds, [value].flat().join(','), check))
      .optional(),
    minContext: count('least context, such as 200k'),
    maxPrice: read(
      (text) => parsePricePair(text),
      'most dollars per 1M tokens in/out, such as 1/5',
    ).optional(),
    floor: share('least quality as a share of the best score of the task, such as 85%'),
  })
  .refine(({ task, model }) => task !== undefined || model !== undefined, {
    error: 'give a task or a model',
  })
  .refine(
    ({ perRequest, in: input, out }) => !perRequest || (input === undefined && out === undefined),
    {
      error: 'give in and out, or perRequest, not both',
      path: ['perRequest'],
    },
  )
  .refine(({ perRequest, requests }) => !perRequest || requests !== undefined, {
    error: 'perRequest needs requests',
    path: ['perRequest'],
  })

/** The shape of a workload file; `data/workload.schema.json` is made from it. */
export const workloadFile = z.strictObject(
  {
    $schema: z.string().optional().describe('names this schema, for editors'),
    months: z.int().min(1).max(240).default(1).describe('horizon'),
    growth: read((text) => parseRate(text), 'growth a month of every workload').optional(),
    plan: z.enum(['standard', 'business', 'enterprise']).default('standard'),
    pay: z.enum(['card', 'crypto']).default('card'),
    topUp: read(
      (text) => parsePositiveMoney(text),
      'credits bought at a time; all at once without it',
    ).optional(),
    opsCost: money('what retries, fallback and a second bill cost a month'),
    discount: z
      .record(
        z.string(),
        read((text) => parseShare(text), 'contract discount'),
      )
      .default({})
      .describe('contract discount by provider slug'),
    workloads: z.array(workload).min(1, 'give at least one'),
  },
  {
    error: ({ code }) => (code === 'invalid_type' ? 'has no list called workloads' : undefined),
  },
)

export type RawFile = z.output<typeof workloadFile>
