import * as z from 'zod'
import { LANES, TASKS } from '../../src/core/classify/task.ts'

const usd = z.string().regex(/^\d+(\.\d+)?$/)
const share = z.number().min(0).max(1)
const lane = z.enum(LANES)

export const contract = z
  .strictObject({
    schema: z.literal('orx.pick/1'),
    task: z.enum(TASKS).describe('what the prompt asks for'),
    confidence: share.describe('probability that the lane is right'),
    difficulty: share.describe('higher where a strong model is worth its price'),
    lane: lane.describe('the lane taken'),
    wanted: lane.describe("the prompt's own lane; another one is taken where the budget is short"),
    model: z.string().describe("OpenRouter's id"),
    fallbacks: z
      .array(z.string())
      .max(2)
      .describe('to try next, in order: another author and another host each'),
    estimate: z.strictObject({
      inputTokens: z.int().min(0).describe('tokens of the prompt, estimated by script'),
      outputTokens: z.int().min(0).describe('tokens of the usual reply to such work, assumed'),
      maxTokens: z
        .int()
        .nullable()
        .describe('where the reply must be cut off to keep the budget; null without one'),
      cost: usd.describe('US$ expected'),
      worst: usd.nullable().describe('US$ that cannot be exceeded; null where nothing bounds it'),
    }),
    reasons: z.array(z.string()).describe('why, one sentence each'),
    asOf: z.iso.date().describe('date of the newest price'),
    explain: z
      .strictObject({
        tasks: z.array(
          z.strictObject({ task: z.enum(TASKS), share: share.describe('probability') }),
        ),
        features: z.array(
          z.strictObject({ name: z.string(), value: share.describe('strength of what was seen') }),
        ),
        models: z.array(
          z.strictObject({
            model: z.string(),
            quality: z.number().nullable().describe("the lane's index; null where not scored"),
            cost: usd.describe('US$ of this prompt'),
            worst: usd.nullable().describe('US$ at the worst'),
            seconds: z.number().nullable().describe('until 500 tokens are there'),
            utility: z.number().nullable().describe("null where a list's own order decides"),
          }),
        ),
      })
      .optional()
      .describe('with --explain'),
  })
  .meta({ id: 'orx.pick/1', title: 'orx pick --json' })
