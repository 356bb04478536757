import { fingerprint } from '../../core/usage/fingerprint.ts'
import { MEASURE, MEASURES } from '../../core/usage/measures.ts'
import type { Skips } from '../../core/usage/skips.ts'
import type { RowLayout, Tally } from '../../core/usage/tally.ts'
import type { Words } from '../../core/usage/words.ts'
import { type Amounts, createAmounts } from './amounts.ts'
import { createClock } from './clock.ts'
import { COUNTS, MONEY, ROLE } from './roles.ts'

/**
 * Takes one record, field by field, and adds it to the tally. Nothing is allocated for an ordinary record.
 */
export type Intake = {
  readonly amounts: Amounts
  /** Starts a record: everything is zero or absent again. */
  readonly begin: () => void
  /** A field of any role, as the bytes of its text without quotes. */
  readonly field: (role: number, bytes: Buffer, start: number, end: number) => void
  readonly count: (role: number, text: string) => void
  /** A count that has been read already. */
  readonly whole: (role: number, value: number) => void
  readonly model: (index: number) => void
  /** A field by the number of its text. */
  readonly word: (role: number, index: number, words: Words) => void
  readonly instant: (day: number, minute: number) => void
  readonly id: (role: number, high: number, low: number) => void
  /** Marks the record as bad; the first reason stays. */
  readonly bad: (reason: string, sample: string) => void
  /** Ends a record. */
  readonly commit: (record: number) => void
  /** Sets the file that records are in, for telling where a bad one is. */
  readonly inFile: (name: string) => void
  /** What the record has had so far. `event` marks a line of a session log, of which most are not about tokens. */
  readonly has: { counts: boolean; model: boolean; event: boolean }
  readonly modelIndex: () => number
  /** Adds whole rows of simple records. */
  readonly addRows: (cells: Float64Array, count: number, layout: RowLayout) => void
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
  let fileName = ''

  const bad = (reason: string, sample: string) => {
    if (badReason !== '') return
    badReason = reason
    badSample = sample
  }

  const begin = () => {
    modelIndex = -1
    idParts = 0
    badReason = ''
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
    modelIndex = tally.models.indexOf(bytes, start, end)
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

  // Ids of one block all lie in the same bytes.
  let viewed: Buffer = Buffer.alloc(0)
  let view: DataView = new DataView(new ArrayBuffer(0))
  const viewOf = (bytes: Buffer): DataView => {
    if (bytes !== viewed) {
      viewed = bytes
      view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    }
    return view
  }

  const takeId = (into: Int32Array, part: 1 | 2, bytes: Buffer, start: number, end: number) => {
    if (end === start) return
    into[0] = 0
    into[1] = 0
    fingerprint(viewOf(bytes), start, end, into)
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
    if (badReason === '') gather()
    if (modelIndex < 0) bad('no model named', '')
    if (badReason !== '') skips.add(badReason, `${fileName}:${record}`, badSample)
    else addRecord()
  }

  const addRecord = () => {
    if (variant !== '' && variant !== 'standard') modelIndex = withVariant()
    rows += 1
    if ((values[MEASURE.requests] as number) > 1) aggregated += 1
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
    amounts,
    begin,
    field,
    count,
    whole: (role, value) => {
      counts[role] = value
      has.counts = true
    },
    model: (index) => {
      modelIndex = index
      has.model = true
    },
    word: (role, index, words) => {
      if (role !== ROLE.model) return takeText(role, words.all()[index] ?? '')
      modelIndex = index
      has.model = true
    },
    instant: (day, minute) => {
      clock.instant.day = day
      clock.instant.minute = minute
    },
    id: (role, high, low) => {
      const into = role === ROLE.id ? hash : second
      into[0] = high
      into[1] = low
      idParts |= role === ROLE.id ? 1 : 2
    },
    bad,
    commit,
    inFile: (name) => {
      fileName = name
    },
    has,
    modelIndex: () => modelIndex,
    addRows: (cells, count, layout) => {
      rows += count
      tally.addRows(cells, count, layout, single)
    },
    alone: (alone) => {
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
