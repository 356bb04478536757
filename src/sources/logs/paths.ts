import { type Mapping, ROLE, type Role, spelledNames } from './roles.ts'

/** Part of a record by key: a value to take, or an object to look into. */
export type Branch = {
  readonly keys: Branch[][]
  readonly name: Uint8Array
  role: Role | typeof ROLE.skip
  /** Keys in the order in which the last object here had them, for the next one has them so too. */
  readonly order: KnownKey[]
}

/** A key that was seen, with its closing quote, and the branch under it if any. */
export type KnownKey = { readonly name: Uint8Array; readonly branch: Branch | undefined }

const MAX_NAME = 48
const branch = (name: string): Branch => ({
  keys: [],
  name: new TextEncoder().encode(name),
  role: ROLE.skip,
  order: [],
})

function child(parent: Branch, name: string): Branch {
  const { length } = new TextEncoder().encode(name)
  const sameLength = parent.keys[length] ?? []
  parent.keys[length] = sameLength
  const known = sameLength.find((each) => new TextDecoder().decode(each.name) === name)
  if (known) return known
  const added = branch(name)
  sameLength.push(added)
  return added
}

function grow(root: Branch, path: string, role: Role): void {
  let at = root
  for (const name of path.split('.')) at = child(at, name)
  at.role = role
}

/** Where the logs that are known keep things, beside the flat names. */
const NESTED: readonly (readonly [string, Role])[] = [
  // Claude Code: one line a streamed part, the last of a message having its final counts.
  ['message.model', ROLE.model],
  ['message.id', ROLE.id],
  ['requestId', ROLE.id2],
  ['costUSD', ROLE.cost],
  ['type', ROLE.type],
  // LiteLLM
  ['startTime', ROLE.time],
  // Codex
  ['payload.model', ROLE.model],
  // A running total: the same one again is the same event, sent twice.
  ['payload.info.total_token_usage.total_tokens', ROLE.id],
  ['payload.info.last_token_usage.input_tokens', ROLE.prompt],
  ['payload.info.last_token_usage.cached_input_tokens', ROLE.cached],
  ['payload.info.last_token_usage.output_tokens', ROLE.output],
  ['payload.info.last_token_usage.reasoning_output_tokens', ROLE.reasoning],
  // Replies logged as a whole, under one key or bare.
  ['response.model', ROLE.model],
  ['response.id', ROLE.id],
  ['response.created', ROLE.time],
]

const USAGE_AT = ['usage', 'message.usage', 'response.usage', 'metadata.usage_object']
const IN_USAGE: readonly (readonly [string, Role])[] = [
  ['cost', ROLE.cost],
  ['is_byok', ROLE.isByok],
  ['cost_details.upstream_inference_cost', ROLE.upstream],
  ['prompt_tokens_details.cached_tokens', ROLE.cached],
  ['prompt_tokens_details.cache_write_tokens', ROLE.written],
  ['input_tokens_details.cached_tokens', ROLE.cached],
  ['completion_tokens_details.reasoning_tokens', ROLE.reasoning],
  ['output_tokens_details.reasoning_tokens', ROLE.reasoning],
  ['cache_creation.ephemeral_5m_input_tokens', ROLE.cacheWrite5m],
  ['cache_creation.ephemeral_1h_input_tokens', ROLE.cacheWrite1h],
]

/** The keys that are looked for; a mapping that names the model or the input replaces all that are known. */
export function pathsOf(mapping: Mapping): Branch {
  const root = branch('')
  const known = mapping.has(ROLE.model) || mapping.has(ROLE.prompt) ? [] : knownPaths()
  for (const [path, role] of known) grow(root, path, role)
  for (const [role, path] of mapping) grow(root, path, role)
  return root
}

const knownPaths = (): readonly (readonly [string, Role])[] => [
  ...spelledNames().map(
    ([name, role]) =>
      [name, role === ROLE.model && name !== 'model' ? ROLE.modelElse : role] as const,
  ),
  ...NESTED,
  ...IN_USAGE.filter(([name]) => name.startsWith('cache_creation.')),
  ...USAGE_AT.flatMap((at) => [
    ...spelledNames()
      .filter(([, role]) => role < ROLE.requests)
      .map(([name, role]) => [`${at}.${name}`, role] as const),
    ...IN_USAGE.map(([name, role]) => [`${at}.${name}`, role] as const),
  ]),
]

/** The branch under a key that is given as bytes. */
export function childOf(
  from: Branch,
  bytes: Buffer,
  start: number,
  end: number,
): Branch | undefined {
  const length = end - start
  const candidates = length > MAX_NAME ? undefined : from.keys[length]
  if (!candidates) return undefined
  for (const candidate of candidates) {
    const { name } = candidate
    let same = 0
    while (same < length && name[same] === bytes[start + same]) same++
    if (same === length) return candidate
  }
  return undefined
}
