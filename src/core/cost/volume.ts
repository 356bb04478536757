import { OrxError } from '../errors.ts'
import { add, multiply, round, type Usd, usd } from '../money.ts'
import type { Quantities, TimeOfWeek } from '../price.ts'
import type { Period, Volume } from './route.ts'

/** What somebody typed about the volume; counts are totals of the period. */
export type VolumeRequest = {
  readonly input: number
  readonly output: number
  readonly period: Period
  readonly requests: number | null
  /** Share of the input that is read from a cache. */
  readonly cached: Usd | null
  /** Input tokens written to a cache, or the share of the input. */
  readonly cacheWrite: { readonly tokens: number } | { readonly share: Usd } | null
  readonly reasoning: number
  readonly images: number
  /** Tokens one image takes. */
  readonly imageTokens: number
  readonly searches: number
  readonly at: TimeOfWeek | 'average'
}

/**
 * With `period: 'request'` and a number of requests, the counts are those of one request and the volume is a month of
 * them; otherwise they are the period's totals.
 * @throws OrxError BAD_ARGUMENT where cached and written tokens exceed the input.
 */
export function volumeOf(request: VolumeRequest): Volume {
  const many = request.period === 'request' && request.requests !== null
  const copies = many ? (request.requests ?? 1) : 1
  const input = whole(request.input * copies)
  const cacheRead = request.cached ? portion(input, request.cached) : 0
  const cacheWrite = !request.cacheWrite
    ? 0
    : 'tokens' in request.cacheWrite
      ? request.cacheWrite.tokens * copies
      : portion(input, request.cacheWrite.share)
  if (cacheRead + cacheWrite > input) {
    throw new OrxError(
      'BAD_ARGUMENT',
      'cached and written tokens together exceed the input',
      'Lower --cached or --cache-write.',
    )
  }
  const quantities: Quantities = {
    input,
    output: whole((request.output + request.reasoning) * copies),
    cacheRead,
    cacheWrite,
    images: whole(request.images * copies),
    imageTokens: whole(request.images * request.imageTokens * copies),
    searches: whole(request.searches * copies),
  }
  return {
    quantities,
    requests: request.requests,
    period: many ? 'month' : request.period,
    at: request.at,
  }
}

/** `share` of a count, to the nearest whole token. */
const portion = (count: number, share: Usd): number =>
  Number(round(multiply(usd(String(count)), share), 0).units)

function whole(count: number): number {
  if (Number.isSafeInteger(count)) return count
  throw new OrxError(
    'BAD_ARGUMENT',
    `${count} is more than can be counted exactly`,
    'Give a volume below 9,007,199,254,740,992.',
  )
}

/**
 * The same volume in each of `months` months, growing by `growth` a month from the first on. Counts are rounded to whole
 * tokens month by month.
 */
export function grownVolumes(
  volume: Volume,
  growth: Usd,
  months: number,
): readonly [Volume, ...Volume[]] {
  const factor = add(usd('1'), growth)
  const later: Volume[] = []
  let scale = factor
  for (let month = 1; month < months; month++) {
    later.push(grown(volume, scale))
    // Thirty decimals keep a decade of growth exact to the token and the numbers short.
    scale = round(multiply(scale, factor), 30)
  }
  return [volume, ...later]
}

function grown(volume: Volume, scale: Usd): Volume {
  const grow = (count: number) => whole(portion(count, scale))
  const quantities = Object.entries(volume.quantities).map(([key, count]) => [key, grow(count)])
  return {
    ...volume,
    requests: volume.requests === null ? null : grow(volume.requests),
    quantities: Object.fromEntries(quantities) as Quantities,
  }
}
