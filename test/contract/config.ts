import * as z from 'zod'

export const contract = z
  .strictObject({
    schema: z.literal('orx.config/1'),
    file: z.string().describe('where config.toml is, or would be'),
    settings: z
      .record(z.string(), z.string())
      .describe('each setting that is set, such as "alias.fast", and its value as text'),
  })
  .meta({ id: 'orx.config/1', title: 'orx config get --json' })
