import type { PricePoint } from './price.ts'

export const MODALITIES = [
  'text',
  'image',
  'audio',
  'video',
  'file',
  'embeddings',
  'speech',
] as const
export type Modality = (typeof MODALITIES)[number]

/** base: an ordinary model · variant: `:free`, `:batch` … · alias: `~author/name` · router: picks another model. */
export type ModelKind = 'base' | 'variant' | 'alias' | 'router'

/** Typical speed at the healthy endpoint with most observed requests. */
export type Speed = {
  readonly tag: string
  readonly provider: string
  /** Time to first token, p50, milliseconds. */
  readonly ttftMs: number
  /** Tokens a second, p50. */
  readonly throughput: number
  readonly asOf: string
}

export type Model = {
  /** As OpenRouter spells it: "author/slug", with a suffix on variants. */
  readonly id: string
  /** The dated, canonical slug; variants share it with their base. */
  readonly slug: string
  readonly name: string
  readonly author: string
  readonly kind: ModelKind
  /** The base model of a variant, the target of an alias. */
  readonly base?: string | undefined
  /** YYYY-MM-DD; null where unknown, as for all nullable fields here. */
  readonly created: string | null
  readonly context: number | null
  readonly maxOutput: number | null
  readonly inputs: readonly Modality[] | null
  readonly outputs: readonly Modality[] | null
  /** OpenRouter's names of supported request parameters: "tools", "reasoning", "structured_outputs" … */
  readonly parameters: readonly string[] | null
  /** `parameters` names only some of what is supported: whatever is missing is unknown, not refused. */
  readonly partialParameters?: true | undefined
  readonly status: 'current' | 'retired'
  /** YYYY-MM-DD of the newest capture that lists it. */
  readonly lastSeen: string
  /** YYYY-MM-DD on which OpenRouter takes it down. */
  readonly expires?: string | undefined
  /** The id that follows it in the same line of the same author; chosen by hand. */
  readonly successor?: string | undefined
  /** All known prices, oldest first; the last one is in force (or was, when retired). Never empty. */
  readonly points: readonly PricePoint[]
  readonly speed?: Speed | undefined
}

/** Where figures come from, for footers, `orx catalog status` and data/README.md. */
export type Source = {
  readonly id: string
  readonly name: string
  readonly url: string
  /** YYYY-MM-DD. */
  readonly asOf: string
  readonly terms: string
}

export type Catalog = {
  /** What was asked for: "latest", "snapshot", "report" or a file. */
  readonly name: string
  /** YYYY-MM-DD of the newest price in it. */
  readonly asOf: string
  readonly sources: readonly Source[]
  readonly models: readonly Model[]
}
