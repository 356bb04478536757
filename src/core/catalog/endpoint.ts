import type { Price } from './price.ts'

/** Percentiles of a measured quantity; null where the source does not have that one. */
export type Percentiles = {
  readonly p50: number
  readonly p75: number | null
  readonly p90: number | null
  readonly p99: number | null
}

/** One provider's offer of one model. */
export type Endpoint = {
  readonly model: string
  /** Display name, e.g. "DeepInfra". Names repeat within a model. */
  readonly provider: string
  /** OpenRouter's slug of the endpoint, e.g. "deepinfra/fp8"; even a tag can repeat. */
  readonly tag: string
  readonly quantization: string
  readonly context: number | null
  readonly maxPrompt: number | null
  readonly maxOutput: number | null
  readonly parameters: readonly string[]
  readonly price: Price
  /** Time to first token in milliseconds: higher percentiles are slower. */
  readonly ttftMs: Percentiles | null
  /**
   * Tokens a second, normalised so that higher percentiles are *slower* requests, as OpenRouter documents it.
   * Where the source had only the fast half, everything past p50 is null.
   */
  readonly throughput: Percentiles | null
  /** OpenRouter's code: 0 normal, negative degraded or disabled. */
  readonly status: number
  readonly trains: boolean | null
  readonly retains: boolean | null
  /** Derived: neither retains nor trains. Null where either is unknown. */
  readonly zdr: boolean | null
  readonly byokOnly: boolean
  readonly region: string | null
  /** Requests seen in the half hour of the capture. */
  readonly requests30m: number | null
  /** YYYY-MM-DD of the capture. */
  readonly asOf: string
}
