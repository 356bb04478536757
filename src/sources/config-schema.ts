import { parse, TomlError } from 'smol-toml'
import * as z from 'zod'
import { parseShare } from '../core/amount.ts'
import type { Dimension } from '../core/catalog/price.ts'
import { UNIT_OF } from '../core/catalog/price.ts'
import type { Config } from '../core/config.ts'
import { OrxError } from '../core/errors.ts'
import { toDecimal } from '../core/money.ts'

/** A decimal as TOML string or number; a float's shortest text is what the user typed. */
const decimal = z
  .union([z.string(), z.number().nonnegative()])
  .transform(String)
  .refine((text) => /^\d+(\.\d+)?$/.test(text), 'a decimal number of dollars, such as 2.50')

const share = z.union([z.string(), z.number()]).transform((value, check) => {
  try {
    return toDecimal(parseShare(String(value)))
  } catch {
    check.addIssue('a share such as "20%" or 0.2')
    return z.NEVER
  }
})

const rates = z.strictObject(
  Object.fromEntries(
    (Object.keys(UNIT_OF) as Dimension[]).map((dimension) => [dimension, z.optional(decimal)]),
  ) as Record<Dimension, z.ZodOptional<typeof decimal>>,
)

const table = <T extends z.ZodType>(value: T) => z.record(z.string(), value).default({})

const schema = z.strictObject({
  alias: table(z.string()),
  price: table(rates),
  discount: table(share),
  lanes: table(z.array(z.string())),
  budget: table(z.union([z.string(), z.number()]).transform(String)),
  provider: table(
    z.strictObject({
      baseUrl: z.url(),
      env: z.optional(z.string()),
      name: z.optional(z.string()),
    }),
  ),
  keyCommand: table(z.string()),
})

/** @throws OrxError BAD_CONFIG that names the file and the line or key. */
export function parseConfig(text: string, file: string): Config {
  const result = schema.safeParse(parsed(text, file))
  if (result.success) return result.data as Config
  const [issue] = result.error.issues
  throw new OrxError(
    'BAD_CONFIG',
    `${file}: ${issue?.path.join('.') || 'the top level'}: ${issue?.message}`,
    'Mend it there, or run `orx config path` to see which file is read.',
  )
}

function parsed(text: string, file: string): unknown {
  try {
    return parse(text)
  } catch (cause) {
    if (!(cause instanceof TomlError)) throw cause
    throw new OrxError(
      'BAD_CONFIG',
      `${file}:${cause.line}:${cause.column}: not TOML: ${cause.message.split('\n')[0]}`,
      'Mend that line.',
      { cause },
    )
  }
}
