import { fingerprint } from '../../core/usage/fingerprint.ts'
import { MEASURE, MEASURES } from '../../core/usage/measures.ts'
import type { Skips } from '../../core/usage/skips.ts'
import type { Tally } from '../../core/usage/tally.ts'
import { hashOf } from '../../core/usage/words.ts'
import { type Amounts, createAmounts } from './amounts.ts'
import { type Clock, createClock } from './clock.ts'
import { COUNTS, MONEY, ROLE } from './roles.ts'

/**
 * Takes one record, field by field, and adds it to the tally. Scanners put whole numbers straight into `counts` on their
 * fast path; everything else goes through a function here. Nothing is allocated for an ordinary record.
 */
export type Intake = {
  /** By role, up to COUNTS: tokens and requests. */
  readonly counts: Float64Array
  readonly amounts: Amounts
  readonly clock: Clock
  /** Starts a record: everything is zero or absent again. */
  readonly begin: () => void
  /** Starts a record in which every field of the last one will be given again. */
  readonly next: () => void
  /** A field of any role, as the bytes of its text without quotes. */
  readonly field: (role: number, bytes: Buffer, start: number, end: number) => void
  readonly count: (role: number, text: string) => void
  readonly model: (index: number) => void
  /** Marks the record as bad; the first reason stays. */
  readonly bad: (reason: string, sample: string) => void
  /** Ends a record. */
  readonly commit: (record: number) => void
  /** Sets the file that records are in, for telling where a bad one is. */
  readonly inFile: (name: string) => void
  /** What the record has had so far. `event` marks a line of a session log, of which most are not about tokens. */
  readonly has: { counts: boolean; model: boolean; event: boolean }
  readonly modelIndex: () => number
  /** Says which roles the records of a table have, where that is known beforehand. */
  readonly shape: (roles: readonly number[]) => void
  /** Whether a record that does not say how many requests it stands for is one; otherwise their number is unknown. */
  readonly alone: (alone: boolean) => void
  /** Adds the file to the id, where ids are unique within one only. */
  readonly scope: (file: number) => void
  readonly rows: () => number
  /** Records that stand for more than one request. */
  readonly aggregated: () => number
}

const textOf = (bytes: Buffer, start: number, end: number): string =>
  bytes.toString('utf8', start, end)

// Copies: the built program is split in files, and a constant of another file is looked up at each use.
const { input: INPUT, output: OUTPUT, requests: REQUESTS } = MEASURE
const { prompt: PROMPT_ROLE, input: INPUT_ROLE, output: OUTPUT_ROLE } = ROLE
/** Roles without which input is simply the prompt. */
const COMPLICATED: readonly number[] = [
  ROLE.uncached,
  ROLE.reasoning,
  ROLE.cached,
  ROLE.written,
  ROLE.cacheRead,
  ROLE.cacheWrite,
  ROLE.cacheWrite5m,
  ROLE.cacheWrite1h,
  ROLE.requests,
]

/** @param classify turns a prompt into a number below 64; null leaves prompts unread */
export function createIntake(
  tally: Tally,
  skips: Skips,
  classify: ((text: string) => number) | null,
): Intake {
  const counts = new Float64Array(COUNTS)
  const amounts = createAmounts()
  const clock = createClock()
  const values = new Float64Array(MEASURES)
  const hash = new Int32Array(2)
  const second = new Int32Array(2)
  const has = { counts: false, model: false, event: false }
  const variants = new Map<string, number>()
  let modelIndex = -1
  let variant = ''
  let idParts = 0
  let kind = 0
  let isByok = false
  let synthetic = false
  let badReason = ''
  let badSample = ''
  let rows = 0
  let aggregated = 0
  let single = 1
  let simple = false
  let fileName = ''

  const bad = (reason: string, sample: string) => {
    if (badReason !== '') return
    badReason = reason
    badSample = sample
  }

  const next = () => {
    modelIndex = -1
    idParts = 0
    synthetic = false
    if (badReason !== '') badReason = ''
  }

  const begin = () => {
    next()
    counts.fill(0)
    amounts.clear()
    clock.clear()
    variant = ''
    kind = 0
    isByok = false
    synthetic = false
    has.counts = false
    has.model = false
    has.event = false
  }

  const count = (role: number, text: string) => {
    counts[role] = 0
    const trimmed = text.trim()
    if (trimmed === '' || trimmed === 'null') return
    has.counts = true
    const value = Number(trimmed.replaceAll(/,(?=\d{3}(\D|$))/g, ''))
    if (!Number.isFinite(value)) return bad('a token count is not a number', trimmed)
    if (value < 0) return bad('a negative token count', trimmed)
    if (!Number.isSafeInteger(value)) return bad('a token count is not a whole number', trimmed)
    counts[role] = value
  }

  const money = (role: number, bytes: Buffer, start: number, end: number) => {
    if (amounts.quick(role, bytes, start) === end) return
    const text = textOf(bytes, start, end)
    const trouble = amounts.read(role, text)
    if (trouble) bad(trouble, text)
  }

  const takeModel = (role: number, bytes: Buffer, start: number, end: number) => {
    if (end === start || (role === ROLE.modelElse && modelIndex >= 0)) return
    modelIndex = tally.models.indexOf(bytes, start, end, hashOf(bytes, start, end))
    has.model = true
    // Claude Code writes "<synthetic>" for messages that no model wrote.
    synthetic = bytes[start] === 60
  }

  const takeTime = (bytes: Buffer, start: number, end: number) => {
    if (end === start) clock.clear()
    else if (clock.quick(bytes, start) === end) return
    else if (!clock.read(bytes, start, end))
      bad('a date that is not understood', textOf(bytes, start, end))
  }

  const takeId = (into: Int32Array, part: 1 | 2, bytes: Buffer, start: number, end: number) => {
    if (end === start) return
    into[0] = 0
    into[1] = 0
    fingerprint(bytes, start, end, into)
    idParts |= part
  }

  const takeText = (role: number, text: string) => {
    if (role === ROLE.variant) variant = text
    else if (role === ROLE.isByok) isByok = text === 'true'
    else if (role === ROLE.text && classify) kind = text === '' ? 0 : classify(text)
    else if (role === ROLE.currency && !/^(usd|us\$|\$|)$/i.test(text.trim()))
      bad('a currency other than US dollars', text)
  }

  const field = (role: number, bytes: Buffer, start: number, end: number): void => {
    if (role < COUNTS) count(role, textOf(bytes, start, end))
    else if (role < MONEY) money(role, bytes, start, end)
    else if (role === ROLE.model || role === ROLE.modelElse) takeModel(role, bytes, start, end)
    else if (role === ROLE.time) takeTime(bytes, start, end)
    else if (role === ROLE.id) takeId(hash, 1, bytes, start, end)
    else if (role === ROLE.id2) takeId(second, 2, bytes, start, end)
    else if (role === ROLE.type) has.event = true
    else if (role !== ROLE.text || classify) takeText(role, textOf(bytes, start, end))
  }

  /** Input and output and nothing else about tokens. */
  const gatherSimple = () => {
    const prompt = counts[PROMPT_ROLE] as number
    values[INPUT] = prompt === 0 ? (counts[INPUT_ROLE] as number) : prompt
    values[OUTPUT] = counts[OUTPUT_ROLE] as number
    values[REQUESTS] = single
    amounts.into(values, isByok)
  }

  /** Brings the three ways of counting input down to one: all prompt tokens, with the cached parts inside. */
  const gather = () => {
    const prompt = counts[ROLE.prompt] as number
    const uncached = counts[ROLE.uncached] as number
    const hour = counts[ROLE.cacheWrite1h] as number
    const lengths = (counts[ROLE.cacheWrite5m] as number) + hour
    const whole = counts[ROLE.cacheWrite] as number
    const apart = Math.max(whole, lengths)
    const readApart = counts[ROLE.cacheRead] as number
    const read = (counts[ROLE.cached] as number) + readApart
    const written = (counts[ROLE.written] as number) + apart
    let input = prompt
    if (input === 0) {
      input =
        uncached > 0
          ? uncached + read + written
          : (counts[ROLE.input] as number) + readApart + apart
    }
    if (read + written > input)
      bad('more cached than input tokens', `${read + written} of ${input}`)
    const requests = counts[ROLE.requests] as number
    values[MEASURE.input] = input
    values[MEASURE.output] = counts[ROLE.output] as number
    values[MEASURE.reasoning] = counts[ROLE.reasoning] as number
    values[MEASURE.cacheRead] = read
    values[MEASURE.cacheWrite] = written - hour
    values[MEASURE.cacheWrite1h] = hour
    values[MEASURE.requests] = requests === 0 ? single : requests
    amounts.into(values, isByok)
  }

  /** The export names the model without its variant, which has a price of its own. */
  const withVariant = (): number => {
    const key = `${modelIndex}:${variant}`
    let index = variants.get(key)
    if (index === undefined) {
      const name = tally.models.all()[modelIndex] ?? ''
      index = name.endsWith(`:${variant}`) ? modelIndex : tally.models.of(`${name}:${variant}`)
      variants.set(key, index)
    }
    return index
  }

  const commit = (record: number) => {
    if (synthetic) return
    if (badReason === '') {
      if (simple) gatherSimple()
      else gather()
    }
    if (modelIndex < 0) bad('no model named', '')
    if (badReason !== '') skips.add(badReason, `${fileName}:${record}`, badSample)
    else addRecord()
  }

  const addRecord = () => {
    if (variant !== '' && variant !== 'standard') modelIndex = withVariant()
    rows += 1
    if ((values[REQUESTS] as number) > 1) aggregated += 1
    const { day, minute } = clock.instant
    if (idParts === 0) {
      tally.add(modelIndex, day, minute, kind, values)
      return
    }
    let high = hash[0] as number
    let low = hash[1] as number
    if (idParts === 2) high = low = 0
    if (idParts & 2) {
      high = Math.imul(high ^ (second[0] as number), 0x9e3779b1)
      low = Math.imul(low ^ (second[1] as number), 0x85ebca77)
    }
    tally.addOnce(high >>> 0, low >>> 0, modelIndex, day, minute, kind, values)
  }

  return {
    counts,
    amounts,
    clock,
    begin,
    next,
    field,
    count,
    model: (index) => {
      modelIndex = index
      has.model = true
    },
    bad,
    commit,
    inFile: (name) => {
      fileName = name
    },
    has,
    modelIndex: () => modelIndex,
    shape: (roles) => {
      simple = !roles.some((role) => COMPLICATED.includes(role))
      values.fill(0)
    },
    alone: (alone) => {
      simple = false
      single = alone ? 1 : 0
    },
    scope: (file) => {
      second[0] = file
      second[1] = ~file
      idParts |= 2
    },
    rows: () => rows,
    aggregated: () => aggregated,
  }
}
