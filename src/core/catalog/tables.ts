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

/** data/quality.json: a metric of a source is named once, a score is [place of its metric, value, effort or null, 1 if estimated]. */
export type DiskScores = {
  readonly schema: 'orx.quality/1'
  readonly sources: readonly Source[]
  readonly metrics: readonly Omit<Score, 'model' | 'value' | 'effort' | 'estimated'>[]
  readonly models: Readonly<
    Record<string, readonly (readonly [number, number, (string | null)?, 1?])[]>
  >
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

/** @param wanted metrics; all by default. There are thousands of scores, and most commands need one metric. */
export function scoresFromDisk(
  { metrics, models }: DiskScores,
  wanted?: readonly string[],
): readonly Score[] {
  const kept = metrics.map((each) => !wanted || wanted.includes(each.metric))
  const scores: Score[] = []
  for (const [model, rows] of Object.entries(models)) {
    for (const row of rows) {
      // By place: taking thousands of rows apart by pattern costs milliseconds at start-up.
      const metric = kept[row[0]] ? metrics[row[0]] : undefined
      if (!metric) continue
      const score = { model, value: row[1], effort: row[2] ?? null, ...metric }
      scores.push(row[3] ? { ...score, estimated: true } : score)
    }
  }
  return scores
}
