import type { Catalog, Modality, Model, Source } from './model.ts'
import { authorOf, baseOf, kindOf } from './names.ts'
import type { Price, PricePoint, Rates } from './price.ts'

export const CATALOG_SCHEMA = 'orx.catalog/1'

/** A price point on disk. `same`: the price of the point before it. `asOf` is left out where it is its source's. */
export type DiskPoint = {
  readonly source: string
  readonly asOf?: string | undefined
  readonly same?: true | undefined
  readonly price?: Price | undefined
  readonly unpriced?: string | undefined
  readonly low?: Rates | undefined
  readonly approximate?: true | undefined
}

/** A model on disk: whatever is null, empty, or follows from the id or the file, is left out. */
export type DiskModel = Partial<
  Omit<Model, 'id' | 'inputs' | 'outputs' | 'parameters' | 'points'>
> & {
  readonly id: string
  /** Themselves, or their place in the file's `lists`. */
  readonly inputs?: number | readonly string[] | null | undefined
  readonly outputs?: number | readonly string[] | null | undefined
  readonly parameters?: number | readonly string[] | null | undefined
  readonly points: readonly DiskPoint[]
}

/** A catalogue on disk: data/models.json, data/report.json, the refreshed cache, and files of `--catalog`. */
export type DiskCatalog = {
  readonly schema: typeof CATALOG_SCHEMA
  readonly name: string
  readonly asOf: string
  readonly sources: readonly Source[]
  /** Lists that many models share, such as parameters and modalities. */
  readonly lists?: readonly (readonly string[])[] | undefined
  readonly models: readonly DiskModel[]
}

/** Fills in what the file leaves out. Trusts its shape: files from outside are checked before. */
export function fromDisk(disk: DiskCatalog, name = disk.name): Catalog {
  const dateOf = new Map(disk.sources.map(({ id, asOf }) => [id, asOf]))
  const listed = (list: number | readonly string[] | null | undefined) =>
    typeof list === 'number' ? (disk.lists?.[list] ?? null) : (list ?? null)
  const point = (from: DiskPoint, before: PricePoint | undefined): PricePoint => {
    const { same, asOf = dateOf.get(from.source) ?? disk.asOf, ...rest } = from
    return { ...(same ? before : undefined), ...rest, asOf } as PricePoint
  }
  const model = ({ points, inputs, outputs, parameters, ...rest }: DiskModel): Model => {
    const filled: PricePoint[] = []
    for (const each of points) filled.push(point(each, filled.at(-1)))
    return {
      slug: baseOf(rest.id),
      name: rest.id,
      author: authorOf(rest.id),
      kind: kindOf(rest.id),
      created: null,
      context: null,
      maxOutput: null,
      status: 'current',
      lastSeen: disk.asOf,
      ...rest,
      inputs: listed(inputs) as readonly Modality[] | null,
      outputs: listed(outputs) as readonly Modality[] | null,
      parameters: listed(parameters),
      points: filled,
    }
  }
  return { name, asOf: disk.asOf, sources: disk.sources, models: disk.models.map(model) }
}

/** The file for a catalogue: the same catalogue gives the same bytes. One model a line. */
export function toDiskText({ name, asOf, sources, models }: Catalog): string {
  const lists: string[] = []
  const place = (list: readonly string[] | null) => {
    if (list === null) return undefined
    const text = JSON.stringify(list)
    const at = lists.indexOf(text)
    return at < 0 ? lists.push(text) - 1 : at
  }
  const dateOf = new Map(sources.map((source) => [source.id, source.asOf]))
  const lines = models.map((model) => JSON.stringify(diskModel(model, asOf, dateOf, place)))
  return [
    `{"schema":"${CATALOG_SCHEMA}","name":${JSON.stringify(name)},"asOf":"${asOf}",`,
    `"sources":${JSON.stringify(sources)},`,
    `"lists":[\n${lists.join(',\n')}\n],`,
    `"models":[\n${lines.join(',\n')}\n]}\n`,
  ].join('\n')
}

function diskModel(
  model: Model,
  asOf: string,
  dateOf: ReadonlyMap<string, string>,
  place: (list: readonly string[] | null) => number | undefined,
): DiskModel {
  const { id, slug, name, author, kind, created, context, maxOutput, status, lastSeen } = model
  return {
    id,
    ...(slug === baseOf(id) ? {} : { slug }),
    ...(name === id ? {} : { name }),
    ...(author === authorOf(id) ? {} : { author }),
    ...(kind === kindOf(id) ? {} : { kind }),
    ...(model.base === undefined ? {} : { base: model.base }),
    ...(created === null ? {} : { created }),
    ...(context === null ? {} : { context }),
    ...(maxOutput === null ? {} : { maxOutput }),
    inputs: place(model.inputs),
    outputs: place(model.outputs),
    parameters: place(model.parameters),
    ...(model.partialParameters ? { partialParameters: true } : {}),
    ...(status === 'current' ? {} : { status }),
    ...(lastSeen === asOf ? {} : { lastSeen }),
    ...(model.expires === undefined ? {} : { expires: model.expires }),
    ...(model.successor === undefined ? {} : { successor: model.successor }),
    points: model.points.map((point, at) => diskPoint(point, model.points[at - 1], dateOf)),
    ...(model.speed === undefined ? {} : { speed: model.speed }),
  }
}

function diskPoint(
  { source, asOf, ...rest }: PricePoint,
  before: PricePoint | undefined,
  dateOf: ReadonlyMap<string, string>,
): DiskPoint {
  const date = dateOf.get(source) === asOf ? {} : { asOf }
  const { source: _, asOf: _date, ...earlier } = before ?? { source: '', asOf: '' }
  const same = before !== undefined && JSON.stringify(earlier) === JSON.stringify(rest)
  return same ? { source, ...date, same } : { source, ...date, ...rest }
}
