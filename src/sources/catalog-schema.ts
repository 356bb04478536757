import * as z from 'zod'
import { CATALOG_SCHEMA, type DiskCatalog } from '../core/catalog/codec.ts'
import { OrxError } from '../core/errors.ts'

const decimal = z.string().regex(/^\d+(\.\d+)?$/, 'not a decimal string')
const date = z.string().regex(/^\d{4}-\d\d-\d\d$/, 'not a date like 2026-08-22')

const RATES = {
  input: decimal.optional(),
  output: decimal.optional(),
  cacheRead: decimal.optional(),
  cacheWrite: decimal.optional(),
  cacheWrite1h: decimal.optional(),
  audio: decimal.optional(),
  audioCacheRead: decimal.optional(),
  audioOutput: decimal.optional(),
  imageToken: decimal.optional(),
  imageOutput: decimal.optional(),
  image: decimal.optional(),
  request: decimal.optional(),
  webSearch: decimal.optional(),
}
const hhmm = z.int().min(0).max(2400)
const override = z.strictObject({
  ...RATES,
  minPromptTokens: z.int().min(0).optional(),
  utcStart: hhmm.optional(),
  utcEnd: hhmm.optional(),
  utcDays: z.array(z.int().min(0).max(6)).optional(),
})
export const price = z.strictObject({ ...RATES, overrides: z.array(override).optional() })

const point = z.strictObject({
  source: z.string(),
  asOf: date.optional(),
  same: z.literal(true).optional(),
  price: price.optional(),
  unpriced: z.string().optional(),
  low: z.strictObject(RATES).optional(),
  approximate: z.literal(true).optional(),
})

export const source = z.strictObject({
  id: z.string(),
  name: z.string(),
  url: z.string(),
  asOf: date,
  terms: z.string(),
})

const list = z.union([z.int().min(0), z.array(z.string())]).nullish()
const whole = z.int().positive().nullish()

const model = z.strictObject({
  id: z.string().regex(/^[^\s/]+\/[^\s/]+$/, 'not an id like author/name'),
  slug: z.string().optional(),
  name: z.string().optional(),
  author: z.string().optional(),
  kind: z.enum(['base', 'variant', 'alias', 'router']).optional(),
  base: z.string().optional(),
  created: date.nullish(),
  context: whole,
  maxOutput: whole,
  inputs: list,
  outputs: list,
  parameters: list,
  partialParameters: z.literal(true).optional(),
  status: z.enum(['current', 'retired']).optional(),
  lastSeen: date.optional(),
  expires: date.optional(),
  successor: z.string().optional(),
  points: z
    .array(point)
    .min(1)
    .refine(
      (points) =>
        points.every(({ same, price, unpriced }, at) =>
          same
            ? at > 0 && !price && unpriced === undefined
            : (price === undefined) !== (unpriced === undefined),
        ),
      'each point needs exactly one of price, unpriced, and (after the first) same',
    ),
  speed: z
    .strictObject({
      tag: z.string(),
      provider: z.string(),
      ttftMs: z.number().positive(),
      throughput: z.number().positive(),
      asOf: date,
    })
    .optional(),
})

/** The schema of catalogue files. */
export const catalogFile = z.strictObject({
  schema: z.literal(CATALOG_SCHEMA),
  name: z.string(),
  asOf: date,
  sources: z.array(source),
  lists: z.array(z.array(z.string())).optional(),
  models: z.array(model),
})

/** @throws OrxError BAD_INPUT that names the first thing wrong */
export function checkCatalog(body: unknown, file: string): DiskCatalog {
  const checked = catalogFile.safeParse(body)
  // Absent optional keys and undefined ones are one thing here; the types tell them apart.
  if (checked.success) return checked.data as DiskCatalog
  const [issue] = checked.error.issues
  throw new OrxError(
    'BAD_INPUT',
    `${file} is not a catalogue: ${issue?.path.join('.')}: ${issue?.message}`,
    'Make one with `orx catalog import`, or use --catalog snapshot.',
    { cause: checked.error },
  )
}
