import { readFileSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import * as z from 'zod'
import type { Context } from '../context.ts'
import {
  CATALOG_SCHEMA,
  type DiskModel,
  fromDisk,
  type PackedModel,
} from '../core/catalog/codec.ts'
import type { Catalog, Model, Source } from '../core/catalog/model.ts'
import { absurd, implausible } from '../core/catalog/plausible.ts'
import { backfilled, refreshed } from '../core/catalog/refresh.ts'
import { OrxError } from '../core/errors.ts'
import { keepCatalog } from './cache.ts'
import { dateOfFile } from './catalog.ts'
import { catalogFile, model, packedModel } from './catalog-schema.ts'
import { type RowProblem, readModels } from './openrouter/models.ts'
import { paths } from './paths.ts'

/** What became of the models of a file. */
export type Import = {
  /** `response`: OpenRouter's raw answer; `catalogue`: our own schema. */
  readonly kind: 'response' | 'catalogue'
  /** YYYY-MM-DD. */
  readonly asOf: string
  readonly models: number
  readonly problems: readonly RowProblem[]
  /**
   * `replaced`: it is the cached catalogue now · `merged`: its models are the newest prices of what was known · `partial`: the
   * same, but it is too short a list to retire anything · `history`: older than what is known, so only older prices came of it.
   */
  readonly effect: 'replaced' | 'merged' | 'partial' | 'history'
  /** The cached catalogue from now on. */
  readonly catalog: Catalog
}

/**
 * Makes a file the cached catalogue. Rows that cannot be true are left out and named.
 * @param day when a raw response was captured, where its name does not say.
 * @throws OrxError FILE_NOT_FOUND, or BAD_INPUT where no row of it can be used
 */
export async function importCatalog(
  ctx: Pick<Context, 'env'>,
  known: Catalog,
  file: string,
  day: string | undefined,
): Promise<Import> {
  const body = readJson(file)
  const ours = typeof body === 'object' && body !== null && 'schema' in body
  const done = ours ? ownSchema(body, file) : response(body, known, file, day ?? dateOfFile(file))
  await keepCatalog(ctx, done.catalog)
  // A server's "not modified" would now be about another list.
  rmSync(join(paths(ctx).cache, 'validators.json'), { force: true })
  return done
}

function response(body: unknown, known: Catalog, file: string, asOf: string): Import {
  const read = readModels(body, { source: 'import', asOf })
  const { models, problems } = plausibleOnly(read, known)
  if (models.length === 0) throw nothingIn(file, problems)
  const source: Source = {
    id: 'import',
    name: `${basename(file)}, imported`,
    url: 'https://openrouter.ai/api/v1/models',
    asOf,
    terms: 'as captured',
  }
  const common = { kind: 'response', asOf, models: models.length, problems } as const
  if (asOf < known.asOf)
    return { ...common, effect: 'history', catalog: backfilled(known, models, source) }
  const partial = implausible(known, models) !== null
  const catalog = refreshed(known, partial ? withRest(known, models) : models, source)
  return { ...common, effect: partial ? 'partial' : 'merged', catalog }
}

/** A list too short to be complete says nothing about the models that it leaves out: they stay as they are. */
function withRest(known: Catalog, models: readonly Model[]): readonly Model[] {
  const listed = new Set(models.map(({ id }) => id))
  const rest = known.models.filter(({ id, status }) => status === 'current' && !listed.has(id))
  return [...models, ...rest.map((model) => ({ ...model, points: model.points.slice(-1) }))]
}

function plausibleOnly(read: ReturnType<typeof readModels>, known: Catalog) {
  const before = new Map(known.models.map((model) => [model.id, model]))
  const problems = [...read.problems]
  const models = read.models.filter((model, row) => {
    const why = absurd(model, before.get(model.id))
    if (why !== null) problems.push({ row, id: model.id, what: why, dropped: true })
    return why === null
  })
  return { models, problems }
}

const header = z.looseObject({
  ...catalogFile.omit({ models: true, rows: true }).shape,
  models: z.array(z.unknown()).optional(),
  rows: z.array(z.unknown()).optional(),
})

function ownSchema(body: object, file: string): Import {
  const head = header.safeParse(body)
  if (!head.success) {
    const [issue] = head.error.issues
    throw new OrxError(
      'BAD_INPUT',
      `${file} is not a catalogue: ${issue?.path.join('.')}: ${issue?.message}`,
      `Give a file of the schema ${CATALOG_SCHEMA}, or a raw response of /models.`,
      { cause: head.error },
    )
  }
  const { asOf, sources, lists, name, columns } = head.data
  const problems: RowProblem[] = []
  const seen = new Set<string>()
  const read = <T extends z.ZodType>(raws: readonly unknown[] = [], schema: T): z.infer<T>[] =>
    raws.flatMap((raw, row) => {
      const parsed = schema.safeParse(raw)
      const id = nameIn(raw)
      const [issue] = parsed.error?.issues ?? []
      const twice = seen.has(id ?? '') ? 'listed twice; the first row counts' : undefined
      const what = issue ? `${issue.path.join('.') || 'row'}: ${issue.message}` : twice
      if (parsed.success && what === undefined) {
        seen.add(id ?? '')
        return [parsed.data]
      }
      problems.push({ row, id, what: what ?? 'not a model', dropped: true })
      return []
    })
  // zod types an optional key as one that may also be undefined.
  const models = read(head.data.models, model) as readonly DiskModel[]
  const rows = read(head.data.rows, packedModel) as readonly PackedModel[]
  if (seen.size === 0) throw nothingIn(file, problems)
  const catalog = fromDisk(
    { schema: CATALOG_SCHEMA, name, asOf, sources, columns, lists, models, rows },
    'latest',
  )
  const common = { kind: 'catalogue', asOf, models: seen.size } as const
  return { ...common, problems, effect: 'replaced', catalog }
}

/** A packed row begins with the id. */
const nameIn = (raw: unknown): string | null =>
  Array.isArray(raw)
    ? String(raw[0]).slice(0, 100)
    : typeof raw === 'object' && raw !== null && 'id' in raw
      ? String(raw.id).slice(0, 100)
      : null

const nothingIn = (file: string, [problem]: readonly RowProblem[]): OrxError =>
  new OrxError(
    'BAD_INPUT',
    `${file} has no model that can be used: ${problem?.what ?? 'its list is empty'}`,
    'The catalogue stays as it was. Give a response of https://openrouter.ai/api/v1/models, or a catalogue of orx.',
  )

function readJson(file: string): unknown {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    throw new OrxError(
      'FILE_NOT_FOUND',
      `cannot read "${file}" (${(cause as NodeJS.ErrnoException).code})`,
      'Give the path of a saved response of https://openrouter.ai/api/v1/models.',
      { cause },
    )
  }
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (cause) {
    throw new OrxError(
      'BAD_INPUT',
      `${file} is not JSON; the catalogue stays as it was`,
      'Save the response of https://openrouter.ai/api/v1/models again.',
      { cause },
    )
  }
}
