/** Process exit status by cause, so that scripts can tell "fix the command" from "try again" (docs/errors.md). */
export const EXIT = {
  ok: 0,
  bug: 1,
  usage: 2,
  notFound: 3,
  key: 4,
  upstream: 5,
  budget: 6,
  cut: 7,
  unpriced: 8,
  interrupted: 130,
} as const

const EXIT_OF = {
  BAD_ARGUMENT: 'usage',
  BAD_CONFIG: 'usage',
  BAD_INPUT: 'usage',
  BAD_ROWS: 'usage',
  MODEL_NOT_FOUND: 'notFound',
  TASK_NOT_FOUND: 'notFound',
  ENDPOINT_NOT_FOUND: 'notFound',
  FILE_NOT_FOUND: 'notFound',
  NOTHING_LEFT: 'notFound',
  KEY_MISSING: 'key',
  KEY_REFUSED: 'key',
  REQUEST_REFUSED: 'usage',
  UPSTREAM_FAILED: 'upstream',
  UPSTREAM_INVALID: 'upstream',
  UPSTREAM_UNREACHABLE: 'upstream',
  RATE_LIMITED: 'upstream',
  OFFLINE: 'upstream',
  OVER_BUDGET: 'budget',
  GATE_TRIPPED: 'budget',
  CANNOT_PAY: 'budget',
  REPLY_CUT: 'cut',
  PRICE_UNKNOWN: 'unpriced',
  INTERRUPTED: 'interrupted',
} as const satisfies Record<string, keyof typeof EXIT>

export type ErrorCode = keyof typeof EXIT_OF

/** Every expected failure: what happened, and what to type next. Anything else thrown is a bug in orx. */
export class OrxError extends Error {
  override readonly name = 'OrxError'
  readonly code: ErrorCode
  readonly remedy: string

  constructor(code: ErrorCode, message: string, remedy: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
    this.remedy = remedy
  }

  /** By name, so that an error is known across separately bundled parts of the program. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'OrxError'
  }

  get exit(): number {
    return EXIT[EXIT_OF[this.code]]
  }
}

/** All codes with their exit status, for docs/errors.md and its test. */
export const ERROR_CODES: Readonly<Record<ErrorCode, number>> = Object.fromEntries(
  Object.entries(EXIT_OF).map(([code, kind]) => [code, EXIT[kind]]),
) as Record<ErrorCode, number>
