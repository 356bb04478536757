import * as z from 'zod'
import { CATALOG_SCHEMA, COLUMNS, type DiskCatalog } from '../core/catalog/codec.ts'
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

const list = z.array(z.string()).nullish()
const whole = z.int().positive().nullish()

const ID = z.string().regex(/^[^\s/]+\/[^\s/]+$/, 'not an id like author/name')
const KIND = z.enum(['base', 'variant', 'alias', 'router'])
const STATUS = z.enum(['current', 'retired'])
const speed = z.strictObject({
  tag: z.string(),
  provider: z.string(),
  ttftMs: z.number().positive(),
  throughput: z.number().positive(),
  asOf: date,
})
const isColumns = (columns: readonly string[]): boolean => columns.join() === COLUMNS.join()

/** A model written out. */
export const model = z.strictObject({
  id: ID,
  slug: z.string().optional(),
  name: z.string().optional(),
  author: z.string().optional(),
  kind: KIND.optional(),
  base: z.string().optional(),
  created: date.nullish(),
  context: whole,
  maxOutput: whole,
  inputs: list,
  outputs: list,
  parameters: list,
  partialParameters: z.literal(true).optional(),
  status: STATUS.optional(),
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
  speed: speed.optional(),
})

const missing = z.literal(0)
const count = z.int().min(0)
const text = z.union([z.string(), missing])
const day = z.union([date, missing])
const place = z.int().min(-1)
const packedPoint = z.tuple([
  count,
  z.union([price, z.string(), missing]).optional(),
  z
    .strictObject({
      asOf: date.optional(),
      low: z.strictObject(RATES).optional(),
      approximate: z.literal(true).optional(),
    })
    .optional(),
])
/** A packed model, in the order of `COLUMNS`. */
export const packedModel = z.tuple([
  ID,
  text,
  text,
  z.union([KIND, missing]),
  text,
  day,
  count,
  count,
  place,
  place,
  place,
  z.literal([0, 1]),
  z.union([STATUS, missing]),
  day,
  day,
  text,
  z.array(packedPoint).min(1),
  speed.optional(),
])

/** The schema of catalogue files. */
export const catalogFile = z.strictObject({
  schema: z.literal(CATALOG_SCHEMA),
  name: z.string(),
  asOf: date,
  sources: z.array(source),
  models: z.array(model).optional(),
  columns: z.array(z.string()).refine(isColumns, 'not the columns of this version').optional(),
  lists: z.array(z.array(z.string())).optional(),
  rows: z.array(packedModel).optional(),
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
