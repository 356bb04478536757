import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { type DiskCatalog, fromDisk, toDiskText } from '../../src/core/catalog/codec.ts'
import { type Capture, merge } from '../../src/core/catalog/merge.ts'
import type { Catalog, Model, Source } from '../../src/core/catalog/model.ts'
import { lastPoint } from '../../src/core/catalog/points.ts'
import { readModels } from '../../src/sources/openrouter/models.ts'
import {
  type CaptureFile,
  captureFiles,
  jsonLines,
  newReport,
  type Report,
  readCapture,
} from './captures.ts'
import { directFile, type directMap, readDirect } from './direct.ts'
import { endpointsFile, endpointsText, readEndpoints, speeds } from './endpoints.ts'
import { normalisedModel, normalisedRow } from './normalised.ts'
import {
  artificialAnalysisFile,
  benchmarksFile,
  highest,
  lmarenaFile,
  type qualityMap,
  qualityText,
  readAider,
  readArtificialAnalysis,
  readBenchmarks,
  readLmarena,
} from './quality.ts'
import * as from from './sources.ts'

/** What was decided by hand: ids of other lists, and successors. */
export type Maps = {
  readonly direct: z.infer<typeof directMap>
  readonly quality: z.infer<typeof qualityMap>
  readonly successors: Readonly<Record<string, string>>
}

export type Built = {
  /** Name in data/ → text. The same captures give the same bytes. */
  readonly files: Readonly<Record<string, string>>
  /** What was merged, dropped or odd, line by line. */
  readonly report: readonly string[]
}

/** Turns a folder of captures into the files of data/. `said` are the report's models: those in no capture keep its price. */
export function build(captures: string, said: DiskCatalog | null, maps: Maps): Built {
  const report = newReport()
  const folder = (name: string) => join(captures, name)
  const listed = merged(folder('openrouter'), report)
  const [endpointFile] = captureFiles(
    folder('openrouter'),
    /^endpoints-\d{4}-\d\d-\d\d\.json$/,
  ).slice(-1)
  const endpoints = endpointFile
    ? readEndpoints(readCapture(endpointFile, endpointsFile), endpointFile.asOf, report.note)
    : []
  const catalog = finished(withReport(listed, said, report), speeds(endpoints), maps, report)
  const ids = new Set(catalog.models.map(({ id }) => id))
  return {
    files: {
      'models.json': toDiskText(catalog),
      'endpoints.json': endpointsText(endpoints, endpointFile?.asOf ?? catalog.asOf),
      'direct.json': directText(folder('direct'), maps, ids, report),
      'quality.json': scoresText(captures, maps, ids, report),
      'providers.json': providersText(folder('openrouter')),
    },
    report: [...counts(catalog, endpoints.length), ...report.lines()],
  }
}

/** All captures of models, laid over one another from the oldest to the newest. */
function merged(folder: string, report: Report): Catalog {
  let catalog: Catalog = { name: 'snapshot', asOf: '', sources: [], models: [] }
  for (const file of captureFiles(folder, /^models-\d{4}-\d\d-\d\d(\.normalised)?\.json$/)) {
    const capture = file.name.includes('normalised')
      ? normalisedCapture(file, catalog, report)
      : rawCapture(file, report)
    const before = new Map(catalog.models.map((model) => [model.id, model.status]))
    catalog = merge(catalog, capture)
    for (const { id, status } of catalog.models)
      if (status === 'retired' && before.get(id) === 'current')
        report.note(`retired, not listed on ${file.asOf}`, id)
  }
  return catalog
}

function rawCapture(file: CaptureFile, report: Report): Capture {
  const source = from.rawModelsSource(file.asOf)
  const { models, problems } = readModels(readCapture(file, z.unknown()), {
    source: source.id,
    asOf: file.asOf,
  })
  for (const { id, what, dropped } of problems)
    report.note(`${dropped ? 'rows dropped' : 'odd rows'} of ${file.asOf}`, `${id}: ${what}`)
  return { source, models, covers: () => true }
}

/** Lists only models that call tools, so the absence of others says nothing. */
function normalisedCapture(file: CaptureFile, before: Catalog, report: Report): Capture {
  const source = from.normalisedSource(file.asOf)
  const known = new Map(before.models.map((model) => [model.id, model]))
  const rows = readCapture(file, z.array(normalisedRow))
  const models = rows.flatMap((row) => {
    const seen = { source: source.id, asOf: file.asOf }
    const old = known.get(row.id)
    const target = rows.find(({ id }) => id === old?.base)
    return normalisedModel(row, old, seen, report.note, target) ?? []
  })
  for (const { id } of models.filter(({ id }) => !known.has(id)))
    report.note(`new on ${file.asOf}`, id)
  return { source, models, covers: ({ parameters }) => parameters?.includes('tools') === true }
}

/** The report's models that are in no capture, as retired, so that a name out of it is always found. */
function withReport(catalog: Catalog, said: DiskCatalog | null, report: Report): Catalog {
  if (!said) return catalog
  const ids = new Set(catalog.models.map(({ id }) => id))
  const missing = fromDisk(said).models.filter(({ id }) => !ids.has(id))
  if (missing.length === 0) return catalog
  for (const { id } of missing) report.note("in no capture, kept with the report's price", id)
  return {
    ...catalog,
    sources: [...said.sources, ...catalog.sources],
    models: [
      ...catalog.models,
      ...missing.map((model): Model => ({ ...model, status: 'retired' })),
    ],
  }
}

/** Adds speeds and successors, checks the ids that rows refer to, and puts the models in order. */
function finished(
  catalog: Catalog,
  speedOf: ReturnType<typeof speeds>,
  { successors }: Maps,
  report: Report,
): Catalog {
  const current = new Set(
    catalog.models.filter(({ status }) => status === 'current').map(({ id }) => id),
  )
  const ids = new Set(catalog.models.map(({ id }) => id))
  const models = catalog.models.map((model): Model => {
    const { id, status, base } = model
    const speed = speedOf.get(id)
    const successor = status === 'retired' ? successors[id] : undefined
    if (successor && !current.has(successor))
      report.note('successors that are not current', `${id} -> ${successor}`)
    const { base: _, ...rest } = model
    return {
      ...rest,
      ...(base !== undefined && ids.has(base) ? { base } : {}),
      ...(speed ? { speed } : {}),
      ...(successor && current.has(successor) ? { successor } : {}),
    }
  })
  for (const id of speedOf.keys()) if (!ids.has(id)) report.note('endpoints of no listed model', id)
  for (const { id } of models.filter(
    (model) => model.status === 'retired' && !model.successor && model.kind === 'base',
  ))
    report.note('retired without a clear successor', id)
  return { ...catalog, models: models.sort((a, b) => (a.id < b.id ? -1 : 1)) }
}

function directText(folder: string, maps: Maps, ids: ReadonlySet<string>, report: Report): string {
  const sources: Source[] = []
  const offers = captureFiles(folder, /^[a-z-]+-\d{4}-\d\d-\d\d\.json$/).flatMap((file) => {
    const provider = file.name.slice(0, -'-2026-11-10.json'.length)
    const source = from.directSource(provider, file.asOf)
    sources.push(source)
    const seen = { source: source.id, asOf: file.asOf }
    return readDirect(
      provider,
      readCapture(file, directFile),
      maps.direct[provider] ?? {},
      seen,
      report.note,
    )
  })
  for (const { model } of offers)
    if (!ids.has(model)) report.note('direct offers of an unknown model', model)
  const known = offers
    .filter(({ model }) => ids.has(model))
    .sort((a, b) =>
      `${a.model} ${a.provider} ${a.id}` < `${b.model} ${b.provider} ${b.id}` ? -1 : 1,
    )
  return `{"schema":"orx.direct/1",\n"sources":${JSON.stringify(sources)},\n"offers":[\n${jsonLines(known)}\n]}\n`
}

function scoresText(
  captures: string,
  { quality }: Maps,
  ids: ReadonlySet<string>,
  report: Report,
): string {
  const folder = join(captures, 'quality')
  const sources: Source[] = []
  const each = <T>(
    inFolder: string,
    pattern: RegExp,
    sourceOf: (asOf: string) => Source,
    read: (file: CaptureFile, seen: { source: string; asOf: string }) => readonly T[],
  ) =>
    captureFiles(inFolder, pattern).flatMap((file) => {
      const source = sourceOf(file.asOf)
      const rows = read(file, { source: source.id, asOf: file.asOf })
      if (rows.length > 0) sources.push(source)
      return rows
    })
  const scores = [
    ...each(
      join(captures, 'openrouter'),
      /^models-\d{4}-\d\d-\d\d\.json$/,
      from.benchmarksSource,
      (file, seen) => readBenchmarks(readCapture(file, benchmarksFile), seen),
    ),
    ...each(folder, /^artificial-analysis-/, from.artificialAnalysisSource, (file, seen) =>
      readArtificialAnalysis(
        readCapture(file, artificialAnalysisFile),
        quality.artificialAnalysis,
        seen,
        report.note,
      ),
    ),
    ...each(folder, /^lmarena-/, from.lmarenaSource, (file, seen) =>
      readLmarena(readCapture(file, lmarenaFile), quality.lmarena, seen, report.note),
    ),
    ...each(folder, /^aider-/, from.aiderSource, (file, seen) =>
      readAider(readFileSync(file.path, 'utf8'), quality.aider, seen, report.note),
    ),
  ]
  for (const id of new Set(scores.map(({ model }) => model)))
    if (!ids.has(id)) report.note('scores of an unknown model', id)
  const kept = highest(scores.filter(({ model }) => ids.has(model)))
  report.note(
    'scores',
    `${scores.length} read, ${kept.length} kept, of ${new Set(kept.map(({ model }) => model)).size} models`,
  )
  return qualityText(kept, sources)
}

const text = z.string().nullable()
const providersFile = z.object({
  data: z.array(
    z.object({
      slug: z.string(),
      name: z.string(),
      headquarters: text,
      datacenters: z.array(z.string()).nullable(),
      privacy_policy_url: text,
      terms_of_service_url: text,
      status_page_url: text,
    }),
  ),
})

function providersText(folder: string): string {
  const [file] = captureFiles(folder, /^providers-/).slice(-1)
  const rows = file ? readCapture(file, providersFile).data : []
  const source = from.providersSource(file?.asOf ?? '1970-01-01')
  const providers = rows
    .map((row) => ({
      slug: row.slug,
      name: row.name,
      ...(row.headquarters ? { headquarters: row.headquarters } : {}),
      ...(row.datacenters?.length ? { datacenters: row.datacenters } : {}),
      ...(row.privacy_policy_url ? { privacyPolicy: row.privacy_policy_url } : {}),
      ...(row.terms_of_service_url ? { termsOfService: row.terms_of_service_url } : {}),
      ...(row.status_page_url ? { statusPage: row.status_page_url } : {}),
    }))
    .sort((a, b) => (a.slug < b.slug ? -1 : 1))
  return `{"schema":"orx.providers/1",\n"source":${JSON.stringify(source)},\n"providers":[\n${jsonLines(providers)}\n]}\n`
}

function counts({ models, asOf }: Catalog, endpoints: number): readonly string[] {
  const of = (test: (model: Model) => boolean) => models.filter(test).length
  return [
    `${models.length} models as of ${asOf}: ${of(({ status }) => status === 'current')} current, ${of(({ status }) => status === 'retired')} retired`,
    `${of(({ kind }) => kind === 'base')} base, ${of(({ kind }) => kind === 'variant')} variants, ${of(({ kind }) => kind === 'alias')} aliases, ${of(({ kind }) => kind === 'router')} routers`,
    `${of((model) => lastPoint(model).price === undefined)} unpriced, ${of(({ speed }) => speed !== undefined)} with a speed, ${endpoints} endpoints`,
  ]
}
