import * as z from 'zod'
import { quoted, reported, successor } from './priced.ts'

const row = z.strictObject({
  label: z.string().nullable().describe('what the row is about, where that is not a model'),
  labelTh: z.string().nullable().describe('the same in Thai'),
  task: z.string().nullable().describe('the task of `orx recommend` that it answers'),
  models: z
    .array(
      z.strictObject({
        role: z.string().nullable().describe('rank or role, where the row recommends'),
        ...reported,
        now: z
          .strictObject(quoted)
          .describe('its price today, or its last one where it is retired'),
        successor,
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
