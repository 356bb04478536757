import type { Catalog, Modality, Model, Source, Speed } from './model.ts'
import { authorOf, baseOf, kindOf } from './names.ts'
import type { Price, PricePoint } from './price.ts'

export const CATALOG_SCHEMA = 'orx.catalog/1'

type Optional<T> = { readonly [K in keyof T]?: T[K] | undefined }

/** A price point on disk. `same`: the price of the point before it. `asOf` is left out where it is its source's. */
export type DiskPoint = Optional<Omit<PricePoint, 'source'>> & {
  readonly source: string
  readonly same?: true | undefined
}

/** A model on disk, as people write it: whatever is null, empty, or follows from the id or the file, is left out. */
export type DiskModel = Optional<
  Omit<Model, 'id' | 'inputs' | 'outputs' | 'parameters' | 'points'>
> & {
  readonly id: string
  readonly inputs?: readonly string[] | null | undefined
  readonly outputs?: readonly string[] | null | undefined
  readonly parameters?: readonly string[] | null | undefined
  readonly points: readonly DiskPoint[]
}

/** What else a point has: its own date, the lower end of a range, "~". */
type Rest = Optional<Pick<PricePoint, 'asOf' | 'low' | 'approximate'>>

/** [place of the source; its price, or why there is none, or nothing: as the point before; the rest] */
export type PackedPoint = readonly [number, (Price | string | 0)?, Rest?]

/** The columns of `rows`. Lists are given as their place in `lists`, -1 where unknown; anything else unknown is 0. */
export const COLUMNS = [
  'id',
  'slug',
  'name',
  'kind',
  'base',
  'created',
  'context',
  'maxOutput',
  'inputs',
  'outputs',
  'parameters',
  'partialParameters',
  'status',
  'lastSeen',
  'expires',
  'successor',
  'points',
  'speed',
] as const

/** A model in the order of `COLUMNS`: equal shapes are read several times faster than objects with keys left out. */
export type PackedModel = readonly [
  id: string,
  slug: string | 0,
  name: string | 0,
  kind: Model['kind'] | 0,
  base: string | 0,
  created: string | 0,
  context: number,
  maxOutput: number,
  inputs: number,
  outputs: number,
  parameters: number,
  partialParameters: 0 | 1,
  status: Model['status'] | 0,
  lastSeen: string | 0,
  expires: string | 0,
  successor: string | 0,
  points: readonly PackedPoint[],
  speed?: Speed | undefined,
]

/** A catalogue on disk: data/models.json, data/report.json, the refreshed cache, and files of `--catalog`. */
export type DiskCatalog = {
  readonly schema: typeof CATALOG_SCHEMA
  readonly name: string
  readonly asOf: string
  readonly sources: readonly Source[]
  /** Models written out; small catalogues. */
  readonly models?: readonly DiskModel[] | undefined
  /** Models packed, and the lists they share; large catalogues. */
  readonly columns?: readonly string[] | undefined
  readonly lists?: readonly (readonly string[])[] | undefined
  readonly rows?: readonly PackedModel[] | undefined
}

/** Fills in what the file leaves out. Trusts its shape: files from outside are checked before. */
export function fromDisk(disk: DiskCatalog, name = disk.name): Catalog {
  const { asOf, sources, models = [], rows = [], lists = [] } = disk
  const all = [
    ...models.map((model) => fromObject(model, disk)),
    ...rows.map((row) => fromRow(row, sources, lists, asOf)),
  ]
  return { name, asOf, sources, models: all }
}

// Every literal below names every key, so that all models have one shape; keys added later cost more than all the parsing.
function fromRow(
  row: PackedModel,
  sources: readonly Source[],
  lists: readonly (readonly string[])[],
  asOf: string,
): Model {
  const id = row[0]
  let before: PricePoint | undefined
  return {
    id,
    slug: row[1] || baseOf(id),
    name: row[2] || id,
    author: authorOf(id),
    kind: row[3] || kindOf(id),
    base: row[4] || undefined,
    created: row[5] || null,
    context: row[6] || null,
    maxOutput: row[7] || null,
    inputs: (lists[row[8]] ?? null) as readonly Modality[] | null,
    outputs: (lists[row[9]] ?? null) as readonly Modality[] | null,
    parameters: lists[row[10]] ?? null,
    partialParameters: row[11] === 1 ? true : undefined,
    status: row[12] || 'current',
    lastSeen: row[13] || asOf,
    expires: row[14] || undefined,
    successor: row[15] || undefined,
    points: row[16].map((point) => {
      before = fromPacked(point, before, sources)
      return before
    }),
    speed: row[17],
  }
}

function fromPacked(
  [place, told, rest]: PackedPoint,
  before: PricePoint | undefined,
  sources: readonly Source[],
): PricePoint {
  const source = sources[place]
  const price = typeof told === 'object' ? told : undefined
  const same = told === undefined || told === 0
  return {
    source: source?.id ?? '',
    asOf: rest?.asOf ?? source?.asOf ?? '',
    price: same ? before?.price : price,
    unpriced: same ? before?.unpriced : typeof told === 'string' ? told : undefined,
    low: same ? before?.low : rest?.low,
    approximate: same ? before?.approximate : rest?.approximate,
  }
}

function fromObject(model: DiskModel, { asOf: catalogDate, sources }: DiskCatalog): Model {
  const { id, points, inputs = null, outputs = null, parameters = null } = model
  const filled: PricePoint[] = []
  for (const { same, source, asOf, ...told } of points) {
    const date = asOf ?? sources.find((each) => each.id === source)?.asOf ?? catalogDate
    filled.push({ ...(same ? filled.at(-1) : told), source, asOf: date })
  }
  return {
    id,
    slug: model.slug ?? baseOf(id),
    name: model.name ?? id,
    author: model.author ?? authorOf(id),
    kind: model.kind ?? kindOf(id),
    base: model.base,
    created: model.created ?? null,
    context: model.context ?? null,
    maxOutput: model.maxOutput ?? null,
    inputs: inputs as readonly Modality[] | null,
    outputs: outputs as readonly Modality[] | null,
    parameters,
    partialParameters: model.partialParameters,
    status: model.status ?? 'current',
    lastSeen: model.lastSeen ?? catalogDate,
    expires: model.expires,
    successor: model.successor,
    points: filled,
    speed: model.speed,
  }
}

/** The file for a catalogue, in ASCII: the same catalogue gives the same bytes. One model a line. */
export function toDiskText({ name, asOf, sources, models }: Catalog): string {
  const lists: string[] = []
  const place = (list: readonly string[] | null): number => {
    if (list === null) return -1
    const text = JSON.stringify(list)
    const at = lists.indexOf(text)
    return at < 0 ? lists.push(text) - 1 : at
  }
  const rows = models.map((model) => JSON.stringify(packed(model, asOf, sources, place)))
  const text = [
    `{"schema":"${CATALOG_SCHEMA}","name":${JSON.stringify(name)},"asOf":"${asOf}",`,
    `"sources":${JSON.stringify(sources)},`,
    `"columns":${JSON.stringify(COLUMNS)},`,
    `"lists":[\n${lists.join(',\n')}\n],`,
    `"rows":[\n${rows.join(',\n')}\n]}\n`,
  ].join('\n')
  return text.replace(
    /[\u0080-\uffff]/g,
    (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function packed(
  model: Model,
  asOf: string,
  sources: readonly Source[],
  place: (list: readonly string[] | null) => number,
): PackedModel {
  const { id, slug, name, kind, base, status, lastSeen, points, speed } = model
  const row: PackedModel = [
    id,
    slug === baseOf(id) ? 0 : slug,
    name === id ? 0 : name,
    kind === kindOf(id) ? 0 : kind,
    base ?? 0,
    model.created ?? 0,
    model.context ?? 0,
    model.maxOutput ?? 0,
    place(model.inputs),
    place(model.outputs),
    place(model.parameters),
    model.partialParameters ? 1 : 0,
    status === 'current' ? 0 : status,
    lastSeen === asOf ? 0 : lastSeen,
    model.expires ?? 0,
    model.successor ?? 0,
    points.map((point, at) => packedPoint(point, points[at - 1], sources)),
  ]
  return speed ? ([...row.slice(0, 17), speed] as unknown as PackedModel) : row
}

function packedPoint(
  point: PricePoint,
  before: PricePoint | undefined,
  sources: readonly Source[],
): PackedPoint {
  const place = sources.findIndex(({ id }) => id === point.source)
  const ownDate = sources[place]?.asOf === point.asOf ? undefined : point.asOf
  if (before && told(before) === told(point))
    return ownDate ? [place, 0, { asOf: ownDate }] : [place]
  const { low, approximate } = point
  const rest: Rest = {
    ...(ownDate ? { asOf: ownDate } : {}),
    ...(low ? { low } : {}),
    ...(approximate ? { approximate } : {}),
  }
  const price: Price | string = point.price ?? point.unpriced ?? 'no price is known'
  return Object.keys(rest).length > 0 ? [place, price, rest] : [place, price]
}

const told = ({ price, unpriced, low, approximate }: PricePoint): string =>
  JSON.stringify([price, unpriced, low, approximate])
