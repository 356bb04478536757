export type Metric =
  | 'intelligence'
  | 'coding'
  | 'agentic'
  | `arena-${string}`
  | 'aider-polyglot'
  | (string & {})

/** One measurement of one model's quality. */
export type Score = {
  readonly model: string
  readonly metric: Metric
  readonly value: number
  readonly unit: 'index' | 'rating' | 'percent'
  /** The effort variant that was measured ("high", "non-reasoning" …), where the source says. */
  readonly effort: string | null
  /** The source calls the value an estimate. */
  readonly estimated?: true
  readonly source: string
  /** YYYY-MM-DD. */
  readonly asOf: string
}
