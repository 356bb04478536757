import * as z from 'zod'
import type { Endpoint, Percentiles } from '../../core/catalog/endpoint.ts'
import type { RowProblem } from './models.ts'
import { readPrice } from './prices.ts'

const count = z.number().positive().nullish().catch(null)
const measured = z
  .looseObject({ p50: z.number().positive(), p75: count, p90: count, p99: count })
  .nullish()
  .catch(null)

/** One endpoint of `GET /api/v1/models/{author}/{slug}/endpoints`. */
const wireEndpoint = z.looseObject({
  provider_name: z.string().min(1),
  tag: z.string().min(1),
  quantization: z.string().nullish().catch(null),
  context_length: count,
  max_prompt_tokens: count,
  max_completion_tokens: count,
  supported_parameters: z.array(z.string()).nullish().catch(null),
  pricing: z.record(z.string(), z.unknown()),
  status: z.number().nullish().catch(null),
  latency_last_30m: measured,
  throughput_last_30m: measured,
})

/**
 * Reads an answer about one model's endpoints; rows that cannot be read are left out and named. Never throws.
 * Latency and throughput come only to those who ask with a key. What the answer does not say (training, retention, traffic)
 * is null.
 */
export function readEndpoints(
  body: unknown,
  seen: { readonly model: string; readonly asOf: string },
): { readonly endpoints: readonly Endpoint[]; readonly problems: readonly RowProblem[] } {
  const list = z
    .looseObject({ data: z.looseObject({ endpoints: z.array(z.unknown()) }) })
    .safeParse(body)
  if (!list.success) {
    const what = 'not an answer about endpoints: it has no list "data.endpoints"'
    return { endpoints: [], problems: [{ row: 0, id: null, what, dropped: true }] }
  }
  const endpoints: Endpoint[] = []
  const problems: RowProblem[] = []
  for (const [row, raw] of list.data.data.endpoints.entries()) {
    const parsed = wireEndpoint.safeParse(raw)
    if (!parsed.success) {
      const what = `${parsed.error.issues[0]?.path.join('.')} is missing or wrong`
      problems.push({ row, id: null, what, dropped: true })
      continue
    }
    const { price, unpriced } = readPrice(parsed.data.pricing, seen.model.endsWith(':free'))
    const id = parsed.data.tag
    if (price) endpoints.push(endpointOf(parsed.data, price, seen))
    else problems.push({ row, id, what: unpriced ?? 'no price', dropped: true })
  }
  return { endpoints, problems }
}

function endpointOf(
  row: z.infer<typeof wireEndpoint>,
  price: Endpoint['price'],
  { model, asOf }: { readonly model: string; readonly asOf: string },
): Endpoint {
  return {
    model,
    provider: row.provider_name,
    tag: row.tag,
    quantization: row.quantization ?? 'unknown',
    context: whole(row.context_length),
    maxPrompt: whole(row.max_prompt_tokens),
    maxOutput: whole(row.max_completion_tokens),
    parameters: [...(row.supported_parameters ?? [])].sort(),
    price,
    ttftMs: inMilliseconds(row.latency_last_30m),
    throughput: slowerWithP(row.throughput_last_30m),
    status: row.status ?? 0,
    trains: null,
    retains: null,
    zdr: null,
    byokOnly: false,
    region: null,
    requests30m: null,
    asOf,
  }
}

type Wire = z.infer<typeof measured>

const percentiles = ({ p50, p75, p90, p99 }: NonNullable<Wire>): Percentiles => ({
  p50,
  p75: p75 ?? null,
  p90: p90 ?? null,
  p99: p99 ?? null,
})

/** The documentation says milliseconds and shows seconds (0.25): nobody's first token takes 50 s, nor 50 ms or less. */
function inMilliseconds(wire: Wire): Percentiles | null {
  if (!wire) return null
  const read = percentiles(wire)
  if (read.p50 > 50) return read
  const times = (value: number | null) => (value === null ? null : value * 1000)
  return {
    p50: read.p50 * 1000,
    p75: times(read.p75),
    p90: times(read.p90),
    p99: times(read.p99),
  }
}

/** Answers were seen whose p99 is the fast end; then the slow half is not known. */
function slowerWithP(wire: Wire): Percentiles | null {
  if (!wire) return null
  const read = percentiles(wire)
  const rises = [read.p75, read.p90, read.p99].some((value) => value !== null && value > read.p50)
  return rises ? { p50: read.p50, p75: null, p90: null, p99: null } : read
}

const whole = (value: number | null | undefined): number | null =>
  value && Number.isSafeInteger(value) ? value : null
