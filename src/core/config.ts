import type { Rates } from './catalog/price.ts'

/** A further OpenAI-shaped provider, such as a local server. */
export type OwnProvider = {
  readonly baseUrl: string
  /** Environment variable with its key; none for a server without one. */
  readonly env?: string
  readonly name?: string
}

/** What the user keeps in `config.toml`, one key a table of it. */
export type Config = {
  /** Short name → model id. */
  readonly alias: Readonly<Record<string, string>>
  /** Model id → own prices; token rates in US$ per 1M. They win over every catalogue. */
  readonly price: Readonly<Record<string, Rates>>
  /** Provider slug → contract discount as a decimal share: "0.2". */
  readonly discount: Readonly<Record<string, string>>
  /** Lane → models, best first. */
  readonly lanes: Readonly<Record<string, readonly string[]>>
  /** Scope → limit: day = "5", "model:ID" = "1/day" … */
  readonly budget: Readonly<Record<string, string>>
  readonly provider: Readonly<Record<string, OwnProvider>>
  /** Provider slug → command that prints its key. */
  readonly keyCommand: Readonly<Record<string, string>>
}
