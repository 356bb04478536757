import * as z from 'zod'

export const contract = z
  .strictObject({
    schema: z.literal('orx.keys.list/1'),
    keys: z
      .array(
        z.strictObject({
          provider: z.string().describe('"openrouter", a provider slug, or one of config.toml'),
          held: z.boolean().describe('whether a key is held'),
          masked: z
            .string()
            .nullable()
            .describe('prefix and last four characters; null for a command, which is not run'),
          from: z
            .strictObject({
              kind: z.enum(['environment', 'command', 'file']),
              name: z.string().describe('the variable, the key of config.toml, or the file'),
            })
            .nullable()
            .describe('where it comes from'),
          fault: z.string().nullable().describe('why it cannot be sent'),
          variables: z.array(z.string()).describe('environment variables that would do'),
        }),
      )
      .describe('every provider a key may be held for'),
  })
  .meta({ id: 'orx.keys.list/1', title: 'orx keys list --json' })
