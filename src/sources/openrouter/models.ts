import * as z from 'zod'
import { MODALITIES, type Modality, type Model } from '../../core/catalog/model.ts'
import { authorOf, baseOf, kindOf } from '../../core/catalog/names.ts'
import { readPrice } from './prices.ts'

/** What was odd in one row of an answer, and whether the row was left out for it. */
export type RowProblem = {
  readonly row: number
  readonly id: string | null
  readonly what: string
  readonly dropped: boolean
}
export type ReadModels = {
  readonly models: readonly Model[]
  readonly problems: readonly RowProblem[]
}

const count = z.number().nullish().catch(null)
const texts = z.array(z.string()).nullish().catch(null)

/** One row of `GET /api/v1/models`. Keys come and go, so only id and pricing are required. */
const wireModel = z.looseObject({
  id: z.string().regex(/^[^\s/]+\/[^\s/]+$/),
  canonical_slug: z.string().nullish().catch(null),
  name: z.string().nullish().catch(null),
  created: count,
  context_length: count,
  architecture: z
    .looseObject({ input_modalities: texts, output_modalities: texts })
    .nullish()
    .catch(null),
  pricing: z.record(z.string(), z.unknown()),
  top_provider: z.looseObject({ max_completion_tokens: count }).nullish().catch(null),
  supported_parameters: texts,
  expiration_date: z.string().nullish().catch(null),
  alias_target: z.looseObject({ slug: z.string() }).nullish().catch(null),
})

/**
 * Reads a `/models` answer of any date since 2025. Never throws: a row that cannot be read is left out and named.
 * @param seen where and when the answer is from; `asOf` is YYYY-MM-DD.
 */
export function readModels(
  body: unknown,
  seen: { readonly source: string; readonly asOf: string },
): ReadModels {
  const rows = rowsOf(body)
  if (!rows) {
    const what = 'not a /models answer: it has no list "data"'
    return { models: [], problems: [{ row: 0, id: null, what, dropped: true }] }
  }
  const models = new Map<string, Model>()
  const problems: RowProblem[] = []
  for (const [row, raw] of rows.entries()) {
    const parsed = wireModel.safeParse(raw)
    if (!parsed.success) {
      problems.push({ row, id: idOf(raw), what: firstIssue(parsed.error), dropped: true })
      continue
    }
    const { id } = parsed.data
    const note = (what: string, dropped = false) => problems.push({ row, id, what, dropped })
    if (models.has(id)) note('listed twice; the first row counts', true)
    else models.set(id, modelOf(parsed.data, seen, note))
  }
  return { models: [...models.values()], problems }
}

function modelOf(
  row: z.infer<typeof wireModel>,
  { source, asOf }: { readonly source: string; readonly asOf: string },
  note: (what: string) => void,
): Model {
  const { id, architecture, expiration_date: expires, alias_target: target } = row
  const { notes, ...priced } = readPrice(row.pricing, id.endsWith(':free') || id === FREE_ROUTER)
  for (const each of notes) note(each)
  const context = positive(row.context_length)
  const cap = positive(row.top_provider?.max_completion_tokens)
  if (context !== null && cap !== null && cap > context)
    note(`output cap ${cap} is larger than the context ${context}`)
  const kind = 'unpriced' in priced && ROUTED.test(priced.unpriced ?? '') ? 'router' : kindOf(id)
  const base = kind === 'variant' ? baseOf(id) : target?.slug
  return {
    id,
    slug: row.canonical_slug || baseOf(id),
    name: row.name || id,
    author: authorOf(id),
    kind,
    ...(base === undefined ? {} : { base }),
    created: positive(row.created) === null ? null : dateOf(row.created ?? 0),
    context,
    maxOutput: cap === null || context === null ? cap : Math.min(cap, context),
    inputs: modalities(architecture?.input_modalities, note),
    outputs: modalities(architecture?.output_modalities, note),
    parameters: row.supported_parameters ? [...row.supported_parameters].sort() : null,
    status: 'current',
    lastSeen: asOf,
    ...(expires && /^\d{4}-\d\d-\d\d/.test(expires) && expires < NEVER
      ? { expires: expires.slice(0, 10) }
      : {}),
    points: [{ source, asOf, ...priced }],
  }
}

/** The router to free models: the only one whose price of 0 is meant. */
const FREE_ROUTER = 'openrouter/free'
const ROUTED = /routes to/
/** OpenRouter writes 2098-12-31 for models that it has no date for. */
const NEVER = '2090'

function rowsOf(body: unknown): readonly unknown[] | null {
  if (Array.isArray(body)) return body
  const data = typeof body === 'object' && body !== null && 'data' in body ? body.data : null
  return Array.isArray(data) ? data : null
}

const idOf = (raw: unknown): string | null =>
  typeof raw === 'object' && raw !== null && 'id' in raw ? String(raw.id).slice(0, 100) : null

const firstIssue = ({ issues: [issue] }: z.ZodError): string =>
  issue ? `${issue.path.join('.') || 'row'}: ${issue.message}` : 'not a model'

const positive = (value: number | null | undefined): number | null =>
  value && value > 0 && Number.isSafeInteger(value) ? value : null

const dateOf = (seconds: number): string | null => {
  const date = new Date(seconds * 1000)
  // Years of five digits are no dates.
  return date.getUTCFullYear() <= 9999 ? date.toISOString().slice(0, 10) : null
}

function modalities(
  raw: readonly string[] | null | undefined,
  note: (what: string) => void,
): readonly Modality[] | null {
  if (!raw) return null
  const known = raw.filter((each): each is Modality => MODALITIES.includes(each as Modality))
  for (const each of raw.filter((one) => !MODALITIES.includes(one as Modality)))
    note(`modality "${each}" is not known`)
  return known
}
