import * as z from 'zod'

const decimal = z.string().regex(/^\d+(\.\d+)?$/)
const rate = (what: string) =>
  decimal.nullable().describe(`US$ per 1,000,000 ${what} tokens; null where unknown`)
const quoted = z.strictObject({
  model: z.string().describe("OpenRouter's id"),
  input: rate('input'),
  output: rate('output'),
  source: z.string().describe('id of the source of the price'),
  asOf: z.iso.date().describe('date of the price'),
})
const row = z.strictObject({
  label: z.string().nullable().describe('what the row is about, where that is not a model'),
  labelTh: z.string().nullable().describe('the same in Thai'),
  task: z.string().nullable().describe('the task of `orx recommend` that it answers'),
  models: z
    .array(
      z.strictObject({
        role: z.string().nullable().describe('rank or role, where the row recommends'),
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
        now: quoted.describe('its price today, or its last one where it is retired'),
        successor: quoted.nullable().describe('what follows a retired model'),
      }),
    )
    .describe('the models of the row, best first'),
  cells: z.record(z.string(), z.string()).describe("the report's other cells, in our own words"),
  today: z.string().nullable().describe('what is true today, where the row is not about models'),
  todayAsOf: z.string().nullable().describe('date of the source of `today`'),
})

export const contract = z
  .strictObject({
    schema: z.literal('orx.playbook/1').describe('name and version of this shape'),
    asOf: z.iso.date().describe('date given to the report, which carries none'),
    catalog: z
      .strictObject({
        name: z.string().describe('the catalogue in force'),
        asOf: z.iso.date().describe('its date'),
      })
      .describe('where today comes from'),
    fees: z.string().describe('id of the fee schedule in force'),
    sections: z
      .array(
        z.strictObject({
          id: z.string().describe('what to type after `orx playbook`'),
          title: z.string().describe('in English'),
          titleTh: z.string().describe('in Thai'),
          tables: z
            .array(
              z.strictObject({
                id: z.string().describe('name of the table'),
                title: z.string().describe('in English'),
                titleTh: z.string().describe('in Thai'),
                rows: z.array(row).describe('its rows'),
                notes: z.array(z.string()).describe('what is said below it'),
              }),
            )
            .describe('its tables'),
        }),
      )
      .describe('the sections asked for'),
  })
  .meta({ id: 'orx.playbook/1', title: 'orx playbook --json' })
