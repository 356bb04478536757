import type { Scan } from './csv.ts'
import type { Fast } from './fast.ts'
import type { Intake } from './intake.ts'
import type { Walk } from './json.ts'
import { ROLE } from './roles.ts'

const NEWLINE = 10

export type Records = {
  /** One record that is all there. */
  readonly take: (bytes: Buffer, start: number, end: number) => void
  readonly scan: Scan
}

/** JSON Lines. Lines of session logs that are not about tokens are passed over; other lines without counts are bad. */
export function createRecords(
  walk: Walk,
  intake: Intake,
  file: number,
  fast: Fast | null = null,
): Records {
  let record = 0
  // Codex names the model once a turn, on a line of its own.
  let model = -1

  const take = (bytes: Buffer, start: number, end: number) => {
    record += 1
    intake.begin()
    const whole = walk(bytes, start, end)
    if (whole && !intake.has.counts && !intake.amounts.has(ROLE.cost)) {
      if (intake.has.model) model = intake.modelIndex()
      if (intake.has.event || intake.has.model) return
      intake.bad('a record without token counts', sample(bytes, start, end))
    }
    if (!whole) intake.bad('not valid JSON', sample(bytes, start, end))
    if (!intake.has.model && model >= 0) {
      intake.model(model)
      intake.scope(file)
    }
    intake.commit(record)
  }

  const scan: Scan = (bytes, from, to, last) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const wholeTo = fast ? bytes.lastIndexOf(NEWLINE, to - 1) + 1 : from
    let at = from
    while (at < to) {
      if (fast && at < wholeTo) {
        at = fast.take(bytes, view, at, wholeTo, record)
        record += fast.taken()
        if (at === to) break
      }
      const newline = bytes.indexOf(NEWLINE, at)
      if ((newline < 0 || newline >= to) && !last) return at
      const end = newline < 0 || newline >= to ? to : newline
      if (!isBlank(bytes, at, end)) take(bytes, at, end)
      at = end + 1
    }
    return Math.min(at, to)
  }

  return { take, scan }
}

/** The objects of a JSON array, one after the other, without holding the array. */
export function createArrayScan(records: Records): Scan {
  return (bytes, from, to, last) => {
    let at = from
    for (;;) {
      while (at < to && bytes[at] !== 123) at++
      if (at >= to) return to
      const end = objectEnd(bytes, at, to)
      if (end < 0 && !last) return at
      records.take(bytes, at, end < 0 ? to : end)
      if (end < 0) return to
      at = end
    }
  }
}

function objectEnd(bytes: Buffer, from: number, to: number): number {
  let depth = 0
  for (let at = from; at < to; at++) {
    const byte = bytes[at] as number
    if (byte === 34) {
      for (at++; at < to && bytes[at] !== 34; at++) if (bytes[at] === 92) at++
    } else if (byte === 123 || byte === 91) depth++
    else if (byte === 125 || byte === 93) {
      depth--
      if (depth === 0) return at + 1
    }
  }
  return -1
}

function isBlank(bytes: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if ((bytes[at] as number) > 32) return false
  return true
}

const sample = (bytes: Buffer, start: number, end: number): string =>
  bytes.toString('utf8', start, Math.min(end, start + 80))
