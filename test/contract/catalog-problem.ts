import * as z from 'zod'

export const problem = z.strictObject({
  row: z.int().describe('place in the list, from 0'),
  id: z.string().nullable(),
  what: z.string(),
  dropped: z.boolean().describe('whether the row was left out for it'),
})
