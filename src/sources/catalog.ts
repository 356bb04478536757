import { readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Context } from '../context.ts'
import { fromDisk } from '../core/catalog/codec.ts'
import type { DirectOffer } from '../core/catalog/direct.ts'
import type { Endpoint } from '../core/catalog/endpoint.ts'
import type { Catalog, Source } from '../core/catalog/model.ts'
import type { Metric, Score } from '../core/catalog/score.ts'
import {
  type DiskDirect,
  type DiskEndpoints,
  type DiskProviders,
  type DiskScores,
  endpointsFromDisk,
  type ProviderRow,
  scoresFromDisk,
} from '../core/catalog/tables.ts'
import { OrxError } from '../core/errors.ts'
import {
  allCachedEndpoints,
  type CachedEndpoints,
  cachedCatalog,
  cachedEndpoints,
  cachedProviders,
} from './cache.ts'

type Ctx = Pick<Context, 'env' | 'packageDir' | 'err'>

/**
 * A catalogue by name: "latest" (the newer of the refreshed cache and the snapshot), "snapshot", "report", or a file (our
 * schema, or a raw /models response, dated by its name or else by its modification time).
 * @param note takes a warning for odd rows of a file; by default they go to stderr.
 * @throws OrxError FILE_NOT_FOUND or BAD_INPUT
 */
export async function loadCatalog(
  ctx: Ctx,
  name: string,
  note: (text: string) => void = (text) => ctx.err(`${text}\n`),
): Promise<Catalog> {
  switch (name) {
    case 'snapshot':
      return fromDisk(parsed(bundledAscii(ctx, 'models.json')), name)
    case 'report':
      return fromDisk(parsed(bundled(ctx, 'report.json')), name)
    case 'latest':
      return latest(ctx, note)
    default:
      return fileCatalog(name, note)
  }
}

const bundled = (ctx: Ctx, file: string): string =>
  readFileSync(join(ctx.packageDir, 'data', file), 'utf8')

/** The large files are ASCII, which is read three times as fast where it is not taken for UTF-8. */
const bundledAscii = (ctx: Ctx, file: 'models.json' | 'endpoints.json' | 'quality.json'): string =>
  readFileSync(join(ctx.packageDir, 'data', file), 'latin1')

/** Files of our own making are not checked again: a schema check would cost more than the start-up allows. */
const parsed = <T>(text: string): T => JSON.parse(text) as T

/** On one date the cache has more: it was made from the snapshot, with prices of older days added. */
function latest(ctx: Ctx, note: (text: string) => void): Catalog {
  const snapshot = bundledAscii(ctx, 'models.json')
  let cached = ''
  try {
    cached = readFileSync(cachedCatalog(ctx), 'latin1')
  } catch {
    // None yet.
  }
  if (dateIn(cached) >= dateIn(snapshot)) {
    try {
      return fromDisk(parsed(cached), 'latest')
    } catch {
      note(
        'warning: the refreshed catalogue is damaged, so the snapshot answers; orx catalog update',
      )
    }
  }
  return fromDisk(parsed(snapshot), 'latest')
}

/** The catalogue's date, from the head of its file. Empty, and so oldest, where the file is not one of ours. */
const dateIn = (text: string): string =>
  /^\s*\{\s*"schema":\s*"orx\.catalog\/1"/.test(text)
    ? (/"asOf":\s*"(\d{4}-\d\d-\d\d)"/.exec(text.slice(0, 300))?.[1] ?? '')
    : ''

async function fileCatalog(file: string, note: (text: string) => void): Promise<Catalog> {
  const body = readJson(file)
  if (typeof body === 'object' && body !== null && 'schema' in body) {
    const { checkCatalog } = await import('./catalog-schema.ts')
    return fromDisk(checkCatalog(body, file), file)
  }
  return readResponse(file, body, note)
}

/** A raw /models response as a catalogue of its own. */
async function readResponse(
  file: string,
  body: unknown,
  note: (text: string) => void,
): Promise<Catalog> {
  const asOf = dateOfFile(file)
  const { readModels } = await import('./openrouter/models.ts')
  const { models, problems } = readModels(body, { source: 'file', asOf })
  if (models.length === 0)
    throw new OrxError(
      'BAD_INPUT',
      `${file} has no models: ${problems[0]?.what ?? 'it is empty'}`,
      'Give a catalogue of orx, or a response of https://openrouter.ai/api/v1/models.',
    )
  for (const { row, id, what } of problems.filter(({ dropped }) => dropped))
    note(`warning: row ${row}${id ? ` (${id})` : ''} left out: ${what}`)
  const url = 'https://openrouter.ai/api/v1/models'
  const source = { id: 'file', name: basename(file), url, asOf, terms: 'as captured' }
  return { name: file, asOf, sources: [source], models }
}

function readJson(file: string): unknown {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    throw new OrxError(
      'FILE_NOT_FOUND',
      `there is no catalogue "${file}" (${(cause as NodeJS.ErrnoException).code})`,
      'Use --catalog latest, snapshot, report, or a file.',
      { cause },
    )
  }
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new OrxError('BAD_INPUT', `${file} is not JSON`, `Check it: head -c 300 ${file}`, {
      cause,
    })
  }
}

/** The date in a file's name ("models-2026-08-22.json"), else the day it was last written, UTC. */
export const dateOfFile = (file: string): string =>
  /\d{4}-[01]\d-[0-3]\d/.exec(basename(file))?.[0] ??
  statSync(file).mtime.toISOString().slice(0, 10)

/** All endpoints, or those of one model: those fetched live, else those of the snapshot. */
export async function loadEndpoints(ctx: Ctx, modelId?: string): Promise<readonly Endpoint[]> {
  if (modelId !== undefined) {
    const captured = capturedEndpoints(ctx, modelId)
    return live(captured, cachedEndpoints(ctx, modelId))
  }
  const captured = endpointsFromDisk(parsed<DiskEndpoints>(bundledAscii(ctx, 'endpoints.json')))
  const newer = allCachedEndpoints(ctx)
  if (newer.length === 0) return captured
  const replaced = new Set(newer.map(({ model }) => model))
  const of = (model: string) => captured.filter((each) => each.model === model)
  return [
    ...captured.filter(({ model }) => !replaced.has(model)),
    ...newer.flatMap((each) => live(of(each.model), each)),
  ]
}

/** A live answer does not say what a provider does with prompts; the snapshot does, and that changes rarely. */
function live(captured: readonly Endpoint[], fetched: CachedEndpoints | null): readonly Endpoint[] {
  if (!fetched || fetched.asOf < (captured[0]?.asOf ?? '')) return captured
  return fetched.endpoints.map((endpoint) => {
    const known = captured.find(({ tag }) => tag === endpoint.tag)
    if (!known) return endpoint
    const { trains, retains, zdr, region, byokOnly } = known
    return { ...endpoint, trains, retains, zdr, region, byokOnly }
  })
}

/** Only that model's line of the file is parsed. */
function capturedEndpoints(ctx: Ctx, modelId: string): readonly Endpoint[] {
  const text = bundledAscii(ctx, 'endpoints.json')
  const key = `\n${JSON.stringify(modelId)}:`
  const start = text.indexOf(key)
  if (start < 0) return []
  const end = text.indexOf('\n', start + key.length)
  const line = text.slice(start + key.length, end).replace(/,$/, '')
  const head = `${text.slice(0, text.indexOf('"models":')).trimEnd()}"models":{}}`
  const disk = parsed<DiskEndpoints>(head)
  return endpointsFromDisk({ ...disk, models: { [modelId]: JSON.parse(line) } })
}

/** @param metrics those wanted; all by default. Fewer are faster. */
export const loadScores = async (
  ctx: Ctx,
  metrics?: readonly Metric[],
): Promise<readonly Score[]> => (await loadQuality(ctx, metrics)).scores

/** Scores with their sources, from one reading of the file. */
export async function loadQuality(
  ctx: Ctx,
  metrics?: readonly Metric[],
): Promise<{ readonly scores: readonly Score[]; readonly sources: readonly Source[] }> {
  const disk = quality(ctx, metrics)
  return { scores: scoresFromDisk(disk), sources: disk.sources }
}

/** Only the lines of the wanted metrics are parsed: there are thousands of scores, and most commands need one metric. */
function quality(ctx: Ctx, metrics: readonly Metric[] | undefined): DiskScores {
  const text = bundledAscii(ctx, 'quality.json')
  if (!metrics) return parsed(text)
  const start = text.indexOf('"metrics":[') + '"metrics":['.length
  const lines = text
    .slice(start)
    .split('\n')
    .filter((line) => metrics.some((metric) => line.startsWith(`{"metric":"${metric}",`)))
    .map((line) => line.replace(/,$/, ''))
  return parsed(`${text.slice(0, start)}${lines.join(',')}]}`)
}

export const loadDirect = async (ctx: Ctx): Promise<readonly DirectOffer[]> =>
  parsed<DiskDirect>(bundled(ctx, 'direct.json')).offers

export const loadProviders = async (ctx: Ctx): Promise<readonly ProviderRow[]> =>
  (cachedProviders(ctx) ?? parsed<DiskProviders>(bundled(ctx, 'providers.json'))).providers
