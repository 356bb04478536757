import { OrxError } from '../../core/errors.ts'
import { nearest } from '../../core/nearest.ts'

/**
 * What a column or a JSON key stands for. Counts and money come first: their numbers are places in an `Intake`.
 * Providers count prompts in two ways: "prompt tokens" include what came from the cache, Anthropic's "input tokens"
 * do not. Hence three names for input.
 */
export const ROLE = {
  /** All prompt tokens, cached ones included. */
  prompt: 0,
  /** Input tokens: with Anthropic's cache counts beside them they exclude those, otherwise they include what is cached. */
  input: 1,
  /** Input tokens without cached and written ones. */
  uncached: 2,
  output: 3,
  reasoning: 4,
  /** Cached part of the prompt tokens. */
  cached: 5,
  /** Written part of the prompt tokens. */
  written: 6,
  /** Cache reads beside the input tokens. */
  cacheRead: 7,
  /** Cache writes beside the input tokens, of any length. */
  cacheWrite: 8,
  cacheWrite5m: 9,
  cacheWrite1h: 10,
  requests: 11,
  cost: 12,
  byok: 13,
  search: 14,
  file: 15,
  upstream: 16,
  model: 17,
  time: 18,
  id: 19,
  id2: 20,
  variant: 21,
  currency: 22,
  text: 23,
  isByok: 24,
  type: 25,
  /** A name of the model that counts where there is no better one. */
  modelElse: 26,
  skip: 27,
} as const

export type Role = (typeof ROLE)[keyof typeof ROLE]
export const COUNTS = 12
export const MONEY = 17

/** Names by role, the first known one first. Compared without case, spaces and punctuation. */
const NAMES: readonly (readonly [Role, string])[] = [
  [ROLE.model, 'model model_permaslug model_slug model_version model_name model_group model_id'],
  [
    ROLE.time,
    'created_at timestamp start_time_iso start_time starting_at time date usage_date_utc usage_date datetime request_time created day ts',
  ],
  [ROLE.id, 'generation_id request_id gen_id call_id id'],
  [ROLE.prompt, 'native_tokens_prompt tokens_prompt prompt_tokens n_context_tokens_total'],
  [ROLE.input, 'input_tokens tokens_in tokens_input total_input_tokens'],
  [ROLE.uncached, 'uncached_input_tokens usage_input_tokens_no_cache input_tokens_no_cache'],
  [
    ROLE.output,
    'native_tokens_completion tokens_completion completion_tokens output_tokens usage_output_tokens tokens_out tokens_output n_generated_tokens_total',
  ],
  [
    ROLE.reasoning,
    'native_tokens_reasoning tokens_reasoning reasoning_tokens reasoning_output_tokens',
  ],
  [
    ROLE.cached,
    'native_tokens_cached tokens_cached cached_tokens input_cached_tokens cached_input_tokens n_cached_context_tokens_total',
  ],
  [ROLE.written, 'cache_write_tokens'],
  [
    ROLE.cacheRead,
    'cache_read_input_tokens usage_input_tokens_cache_read input_tokens_cache_read cache_read_tokens',
  ],
  [ROLE.cacheWrite, 'cache_creation_input_tokens cache_creation_tokens'],
  [
    ROLE.cacheWrite5m,
    'usage_input_tokens_cache_write_5m input_tokens_cache_write_5m ephemeral_5m_input_tokens',
  ],
  [
    ROLE.cacheWrite1h,
    'usage_input_tokens_cache_write_1h input_tokens_cache_write_1h ephemeral_1h_input_tokens',
  ],
  [ROLE.requests, 'requests num_model_requests n_requests request_count num_requests'],
  [ROLE.cost, 'cost_total total_cost cost_usd cost spend usage amount_value amount'],
  [ROLE.byok, 'byok_usage_inference'],
  [ROLE.search, 'cost_web_search'],
  [ROLE.file, 'cost_file_processing'],
  [ROLE.variant, 'variant'],
  [ROLE.currency, 'currency amount_currency'],
  [ROLE.text, 'prompt_text prompt messages query'],
]

const plain = (name: string): string => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')

const KNOWN: ReadonlyMap<string, { readonly role: Role; readonly rank: number }> = new Map(
  NAMES.flatMap(([role, names]) =>
    names.split(' ').map((name, rank) => [plain(name), { role, rank }] as const),
  ),
)

/** Every spelled name with its role, for readers that look keys up by bytes. */
export const spelledNames = (): readonly (readonly [string, Role])[] =>
  NAMES.flatMap(([role, names]) => names.split(' ').map((name) => [name, role] as const))

/** What `--map` can name, as people type it. */
const MAPPABLE: Readonly<Record<string, Role>> = {
  model: ROLE.model,
  time: ROLE.time,
  id: ROLE.id,
  input: ROLE.prompt,
  uncached: ROLE.uncached,
  output: ROLE.output,
  reasoning: ROLE.reasoning,
  cacheRead: ROLE.cached,
  cacheWrite: ROLE.written,
  cacheWrite1h: ROLE.cacheWrite1h,
  requests: ROLE.requests,
  cost: ROLE.cost,
  byok: ROLE.byok,
  currency: ROLE.currency,
  text: ROLE.text,
}

/** Column or JSON path by role. */
export type Mapping = ReadonlyMap<Role, string>

/** Parses `model=col,input=col`. @throws OrxError BAD_ARGUMENT */
export function parseMap(text: string | undefined): Mapping {
  const mapping = new Map<Role, string>()
  for (const pair of (text ?? '').split(',').filter(Boolean)) {
    const at = pair.indexOf('=')
    const key = pair.slice(0, at).trim()
    const column = pair.slice(at + 1).trim()
    const role = MAPPABLE[key]
    if (at < 1 || column === '' || role === undefined) {
      const [guess] = nearest(key, Object.keys(MAPPABLE))
      throw new OrxError(
        'BAD_ARGUMENT',
        `--map: "${pair}" is not understood`,
        `Give pairs such as model=col,input=col; known are ${Object.keys(MAPPABLE).join(', ')}${guess ? `. Did you mean ${guess}?` : '.'}`,
      )
    }
    mapping.set(role, column)
  }
  return mapping
}

/**
 * One role a column, the best name for each role winning; every other column is skipped.
 * A mapping comes first. @throws OrxError BAD_ARGUMENT where it names a column that is not there.
 */
export function rolesOf(header: readonly string[], mapping: Mapping): readonly Role[] {
  const roles: Role[] = header.map(() => ROLE.skip)
  const taken = new Set<Role>()
  for (const [role, column] of mapping) {
    const at = header.indexOf(column)
    if (at < 0) {
      throw new OrxError(
        'BAD_ARGUMENT',
        `--map: there is no column "${column}"`,
        `The columns are: ${header.join(', ')}`,
      )
    }
    roles[at] = role
    taken.add(role)
  }
  // A mapped input settles how input is counted, so no other column may add to it.
  if (taken.has(ROLE.prompt) || taken.has(ROLE.uncached)) {
    for (const role of [ROLE.prompt, ROLE.input, ROLE.uncached]) taken.add(role)
  }
  const best = new Map<Role, { rank: number; at: number }>()
  for (const [at, name] of header.entries()) {
    const known = KNOWN.get(plain(name))
    if (!known || taken.has(known.role) || roles[at] !== ROLE.skip) continue
    const other = best.get(known.role)
    if (!other || known.rank < other.rank) best.set(known.role, { rank: known.rank, at })
  }
  for (const [role, { at }] of best) roles[at] = role
  return roles
}

export const countsTokens = (roles: readonly Role[]): boolean =>
  [ROLE.prompt, ROLE.input, ROLE.uncached, ROLE.output].some((role) => roles.includes(role))

/** @throws OrxError BAD_INPUT where no column names the model, or none has tokens or money */
export function checkColumns(
  file: string,
  header: readonly string[],
  roles: readonly Role[],
): void {
  const named = roles.includes(ROLE.model)
  if (named && (countsTokens(roles) || roles.includes(ROLE.cost))) return
  const names = header.slice(0, 12).join(', ')
  const missing = named ? 'no column of tokens' : 'no column of models'
  throw new OrxError(
    'BAD_INPUT',
    /[\p{Cc}\ufffd]/u.test(names)
      ? `${file} is of no known format: its first line is no text`
      : `${file} is of no known format: ${missing} among ${names}`,
    'Say which columns to use: --map model=COLUMN,input=COLUMN,output=COLUMN',
  )
}
