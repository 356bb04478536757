import * as z from 'zod'

export const contract = z
  .strictObject({
    schema: z.literal('orx.config.path/1'),
    file: z.string().describe('where config.toml is, or would be'),
  })
  .meta({ id: 'orx.config.path/1', title: 'orx config path --json' })
