import type { Intake } from './intake.ts'
import { type Mapping, ROLE, type Role, spelledNames } from './roles.ts'

/** Part of a record by key: a value to take, or an object to look into. */
type Branch = {
  readonly keys: Branch[][]
  readonly name: Uint8Array
  role: Role | typeof ROLE.skip
}

const MAX_NAME = 48
const branch = (name: string): Branch => ({
  keys: [],
  name: new TextEncoder().encode(name),
  role: ROLE.skip,
})

function child(parent: Branch, name: string): Branch {
  const { length } = new TextEncoder().encode(name)
  const sameLength = (parent.keys[length] ??= [])
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

export function pathsOf(mapping: Mapping): Branch {
  const root = branch('')
  if (mapping.has(ROLE.model) || mapping.has(ROLE.prompt)) {
    for (const [role, path] of mapping) grow(root, path, role)
    return root
  }
  for (const [name, role] of spelledNames()) grow(root, name, role)
  for (const [path, role] of NESTED) grow(root, path, role)
  for (const [name, role] of IN_USAGE) {
    if (name.startsWith('cache_creation.')) grow(root, name, role)
  }
  for (const at of USAGE_AT) {
    for (const [name, role] of spelledNames())
      if (role < ROLE.requests) grow(root, `${at}.${name}`, role)
    for (const [name, role] of IN_USAGE) grow(root, `${at}.${name}`, role)
  }
  for (const [role, path] of mapping) grow(root, path, role)
  return root
}

const QUOTE = 34
const BACKSLASH = 92

export type Walk = (bytes: Buffer, start: number, end: number) => boolean

/**
 * Reads one JSON object by byte and hands the values of interest to the intake; nothing else is decoded.
 * False where it is not one complete object. What lies in values of no interest is checked for balance only.
 */
export function createWalk(root: Branch, intake: Intake): Walk {
  let at = 0
  let bytes: Buffer = Buffer.alloc(0)
  let end = 0
  let ok = true

  const space = () => {
    let byte = bytes[at] as number
    while (byte <= 32 && at < end) byte = bytes[++at] as number
  }

  /** From after an opening quote to after the closing one; returns whether an escape was passed. */
  const string = (): boolean => {
    let escaped = false
    const near = Math.min(end, at + 64)
    for (; at < near; at++) {
      const byte = bytes[at] as number
      if (byte === QUOTE) {
        at++
        return escaped
      }
      if (byte === BACKSLASH) {
        escaped = true
        at++
      }
    }
    // A long text, such as a prompt: the engine's own search is faster than a loop here.
    for (;;) {
      const quote = bytes.indexOf(QUOTE, at)
      if (quote < 0 || quote >= end) {
        ok = false
        at = end
        return escaped
      }
      let slashes = 0
      while (quote - 1 - slashes >= at && bytes[quote - 1 - slashes] === BACKSLASH) slashes++
      at = quote + 1
      if (slashes % 2 === 0) return escaped || slashes > 0
      escaped = true
    }
  }

  const balanced = () => {
    let depth = 0
    do {
      const byte = bytes[at++] as number
      if (byte === QUOTE) string()
      else if (byte === 123 || byte === 91) depth++
      else if (byte === 125 || byte === 93) depth--
    } while (depth > 0 && at < end)
    if (depth > 0) ok = false
  }

  const skip = () => {
    const byte = bytes[at] as number
    if (byte === QUOTE) {
      at++
      string()
    } else if (byte === 123 || byte === 91) balanced()
    else scalar()
  }

  const scalar = () => {
    let byte = bytes[at] as number
    while (at < end && byte !== 44 && byte !== 125 && byte !== 93 && byte > 32)
      byte = bytes[++at] as number
  }

  const value = (from: Branch) => {
    const byte = bytes[at] as number
    if (byte === 123 && from.keys.length > 0) return object(from)
    const { role } = from
    const start = at
    if (role === ROLE.skip) return skip()
    if (byte === QUOTE) {
      at++
      const escaped = string()
      if (!escaped) intake.field(role, bytes, start + 1, at - 1)
      else decoded(role, start, at)
    } else if (byte === 123 || byte === 91) {
      balanced()
      if (role === ROLE.text) intake.field(role, bytes, start, at)
    } else if (byte >= 48 && byte <= 57 && role < ROLE.cost) {
      let number = 0
      let next = byte
      while (next >= 48 && next <= 57) {
        number = number * 10 + next - 48
        next = bytes[++at] as number
      }
      const plain = next === 44 || next === 125 || next <= 32
      if (plain && at - start <= 15) {
        intake.counts[role] = number
        intake.has.counts = true
        return
      }
      at = start
      scalar()
      intake.field(role, bytes, start, at)
    } else {
      scalar()
      if (byte !== 110) intake.field(role, bytes, start, at)
    }
  }

  const decoded = (role: number, start: number, stop: number) => {
    try {
      const text = Buffer.from(String(JSON.parse(bytes.toString('utf8', start, stop))))
      intake.field(role, text, 0, text.length)
    } catch {
      ok = false
    }
  }

  const object = (from: Branch): void => {
    at++
    space()
    if (bytes[at] === 125) {
      at++
      return
    }
    while (at < end && ok) {
      if (bytes[at] !== QUOTE) break
      const start = ++at
      string()
      const found = find(from, bytes, start, at - 1)
      space()
      if (bytes[at] !== 58) break
      at++
      space()
      if (found) value(found)
      else skip()
      space()
      const byte = bytes[at++] as number
      if (byte === 125) return
      if (byte !== 44) break
      space()
    }
    ok = false
  }

  return (source, start, stop) => {
    bytes = source
    at = start
    end = stop
    ok = true
    space()
    if (bytes[at] !== 123) return false
    object(root)
    space()
    return ok && at >= end
  }
}

function find(from: Branch, bytes: Buffer, start: number, end: number): Branch | undefined {
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
