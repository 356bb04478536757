import type { Price } from './price.ts'

/** What a provider itself charges for a model, and the id to send it. */
export type DirectOffer = {
  /** OpenRouter's slug of the provider: "openai", "anthropic", "google-ai-studio" … */
  readonly provider: string
  /** The provider's own model id. */
  readonly id: string
  /** The OpenRouter model that it is, through an explicit map. */
  readonly model: string
  readonly price: Price
  readonly source: string
  readonly asOf: string
}
