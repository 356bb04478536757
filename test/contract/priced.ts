import * as z from 'zod'

// What `orx recommend` and `orx playbook` say of a model's price alike.

export const decimal = z.string().regex(/^\d+(\.\d+)?$/)

export const rate = (what: string) =>
  decimal.nullable().describe(`US$ per 1,000,000 ${what} tokens; null where unknown`)

export const quoted = {
  model: z.string().describe("OpenRouter's id"),
  input: rate('input'),
  output: rate('output'),
  source: z.string().describe('id of the source of the price'),
  asOf: z.iso.date().describe('date of the price'),
}

/** A model of the report: its name, what it was said to cost, and what became of it. */
export const reported = {
  name: z.string().describe("the report's name"),
  model: z.string().describe("OpenRouter's id for that name"),
  said: z
    .strictObject({
      input: rate('input'),
      output: rate('output'),
      low: z.record(z.string(), decimal).optional().describe('lower end of a range'),
      approximate: z.literal(true).optional().describe('the report marks it with ~'),
    })
    .describe('the price in the report'),
  status: z.enum(['current', 'renamed', 'retired']).describe('what became of it'),
}

export const successor = z.strictObject(quoted).nullable().describe('what follows a retired model')
