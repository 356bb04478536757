import type { DirectOffer } from './direct.ts'
import type { Endpoint } from './endpoint.ts'
import type { Source } from './model.ts'
import type { Score } from './score.ts'

/** data/endpoints.json: `parameters` of an endpoint is its place in `lists`; null, empty and false are left out. */
export type DiskEndpoint = Partial<Omit<Endpoint, 'parameters' | 'model' | 'asOf'>> & {
  readonly parameters: number
}
export type DiskEndpoints = {
  readonly schema: 'orx.endpoints/1'
  readonly asOf: string
  readonly source: Source
  readonly lists: readonly (readonly string[])[]
  readonly models: Readonly<Record<string, readonly DiskEndpoint[]>>
}

/** One metric of one source; a score is [place in `models`, value, effort or null, 1 if estimated]. */
export type DiskMetric = Pick<Score, 'metric' | 'unit' | 'source' | 'asOf'> & {
  readonly scores: readonly (readonly [number, number, (string | null)?, 1?])[]
}
/** data/quality.json; one metric a line. */
export type DiskScores = {
  readonly schema: 'orx.quality/1'
  readonly sources: readonly Source[]
  readonly models: readonly string[]
  readonly metrics: readonly DiskMetric[]
}

/** data/direct.json */
export type DiskDirect = {
  readonly schema: 'orx.direct/1'
  readonly sources: readonly Source[]
  readonly offers: readonly DirectOffer[]
}

/** A provider as OpenRouter describes it. */
export type ProviderRow = {
  readonly slug: string
  readonly name: string
  readonly headquarters?: string
  readonly datacenters?: readonly string[]
  readonly privacyPolicy?: string
  readonly termsOfService?: string
  readonly statusPage?: string
}
/** data/providers.json */
export type DiskProviders = {
  readonly schema: 'orx.providers/1'
  readonly source: Source
  readonly providers: readonly ProviderRow[]
}

export function endpointsFromDisk(
  disk: Pick<DiskEndpoints, 'asOf' | 'lists' | 'models'>,
): readonly Endpoint[] {
  return Object.entries(disk.models).flatMap(([model, rows]) =>
    rows.map(
      ({ parameters, ...row }): Endpoint => ({
        model,
        provider: '',
        tag: '',
        quantization: 'unknown',
        context: null,
        maxPrompt: null,
        maxOutput: null,
        price: {},
        ttftMs: null,
        throughput: null,
        status: 0,
        trains: null,
        retains: null,
        zdr: null,
        byokOnly: false,
        region: null,
        requests30m: null,
        asOf: disk.asOf,
        ...row,
        parameters: disk.lists[parameters] ?? [],
      }),
    ),
  )
}

export function scoresFromDisk({
  metrics,
  models,
}: Pick<DiskScores, 'metrics' | 'models'>): readonly Score[] {
  const all: Score[] = []
  for (const { metric, unit, source, asOf, scores } of metrics) {
    for (const row of scores) {
      const model = models[row[0]] ?? ''
      const score = { model, metric, value: row[1], unit, effort: row[2] ?? null, source, asOf }
      all.push(row[3] ? { ...score, estimated: true } : score)
    }
  }
  return all
}
