import * as z from 'zod'
import { decimal, quoted, rate, reported, successor } from './priced.ts'

const day = z.iso.date()
const source = z.strictObject({
  id: z.string().describe('the key that figures name'),
  name: z.string().describe('who publishes it'),
  url: z.string().describe('where it was read'),
  asOf: day.describe('when it was read'),
  terms: z.string().describe('its terms of use'),
})

export const contract = z
  .strictObject({
    schema: z.literal('orx.recommend/1').describe('name and version of this shape'),
    task: z
      .strictObject({
        id: z.string().describe('as in `orx recommend --list`'),
        label: z.string().describe('in English'),
        labelTh: z.string().describe('in Thai'),
        source: z.string().describe('the part of the report it comes from'),
        metric: z.string().describe('the score that judges models at it'),
        needs: z.array(z.string()).describe('what a model must be able to do'),
        minContext: z.int().nullable().describe('tokens of context it needs'),
        volume: z
          .strictObject({
            input: z.int().describe('input tokens a month'),
            output: z.int().describe('output tokens a month'),
            requests: z.int().describe('requests a month'),
          })
          .describe('what `cost` is for: given, or typical of the task'),
        reasons: z.array(z.string()).describe("the report's reasons, in our words"),
        strategy: z.string().nullable().describe("the report's strategy for the task"),
      })
      .describe('the task that was understood'),
    report: z
      .array(
        z.strictObject({
          role: z.string().describe('rank or role in the report'),
          ...reported,
          now: z
            .strictObject({
              ...quoted,
              score: z.number().nullable().describe("its score by the task's metric"),
              scoreAsOf: day.nullable().describe('date of the score'),
              expires: day.nullable().describe('when OpenRouter takes it down'),
            })
            .describe('its price today, or its last one where it is retired'),
          successor,
        }),
      )
      .describe("the report's picks, in its order"),
    today: z
      .array(
        z.strictObject({
          role: z
            .enum(['choice', 'best', 'value', 'budget', 'fast', 'free'])
            .describe('`choice` only with --priority or --weights'),
          model: z.string().nullable().describe("OpenRouter's id; null where none is eligible"),
          score: z
            .strictObject({
              metric: z.string().describe('which score'),
              value: z.number().describe('its value'),
              effort: z.string().nullable().describe('effort measured; null where not stated'),
              source: z.string().describe('id of its source'),
              asOf: day.describe('its date'),
            })
            .nullable()
            .describe('the score that judged'),
          price: z
            .strictObject({ input: rate('input'), output: rate('output') })
            .nullable()
            .describe('list price at the size of request'),
          cost: decimal.nullable().describe('US$ for the volume, at list price'),
          ttftMs: z.number().nullable().describe('p50 time to first token, milliseconds'),
          throughput: z.number().nullable().describe('p50 tokens a second'),
          context: z.int().nullable().describe('tokens of context'),
          why: z.string().describe('why it has the role, or why nothing has'),
          marks: z
            .array(
              z.strictObject({
                kind: z.string().describe('what differs'),
                text: z.string().describe('the same in words'),
              }),
            )
            .describe('why figures of this row may not belong together'),
        }),
      )
      .describe("today's picks"),
    unscored: z
      .array(z.strictObject(quoted))
      .describe('eligible models newer than the scores, so not ranked'),
    sources: z.array(source).describe('where the figures come from'),
  })
  .meta({ id: 'orx.recommend/1', title: 'orx recommend --json' })
