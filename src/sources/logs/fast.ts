import type { RowLayout, Tally } from '../../core/usage/tally.ts'
import type { Words } from '../../core/usage/words.ts'
import type { Intake } from './intake.ts'
import { ROLE } from './roles.ts'
import { type Batch, createBatch, createReader, type Reader, SLACK } from './rows.ts'
import { KIND, numbersOf, type Template } from './template.ts'

const NEWLINE = 10

/** A template with the loop that reads its rows. */
export type Plain = { readonly template: Template; readonly reader: Reader; readonly batch: Batch }

/**
 * Reads the rows at the start of a log, of which nothing is kept: the engine makes fast code of the loop while the program
 * does something else.
 */
export function plainRows(template: Template, words: Words, head: Buffer, from: number): Plain {
  const reader = createReader(template, words)
  const batch = createBatch(template)
  const bytes = Buffer.concat([head, Buffer.alloc(SLACK)])
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const to = head.lastIndexOf(NEWLINE) + 1
  let at = from
  do at = reader.rows(bytes, view, at, to, batch)
  while (at < to && (batch.rows > 0 || reader.learn(bytes)))
  return { template, reader, batch }
}

/** Takes the rows that fit a template, as many as there are in a row, and returns where the first other one starts. */
export type Fast = {
  readonly take: (bytes: Buffer, view: DataView, from: number, to: number, record: number) => number
  /** Rows taken by the last call. */
  readonly taken: () => number
}

export function createFast({ template, reader, batch }: Plain, intake: Intake, tally: Tally): Fast {
  const { rows, learn } = reader
  const layout = layoutOf(template)
  let taken = 0
  return {
    take: (bytes, view, from, to, record) => {
      taken = 0
      let at = from
      do {
        at = rows(bytes, view, at, to, batch)
        if (layout) intake.addRows(batch.cells, batch.rows, layout)
        else replay(template, batch.cells, batch.rows, intake, tally.models, record + taken)
        taken += batch.rows
      } while (at < to && (batch.rows > 0 || learn(bytes)))
      return at
    },
    taken: () => taken,
  }
}

const SIMPLE: readonly number[] = [
  ROLE.model,
  ROLE.time,
  ROLE.id,
  ROLE.prompt,
  ROLE.input,
  ROLE.output,
  ROLE.cost,
]

/** Where a simple record's numbers lie; null where there is more to a record than its model, time, tokens and cost. */
function layoutOf({ fields, width, zero, placeOf }: Template): RowLayout | null {
  const roles = fields.flatMap(({ kind, role }) => (numbersOf(kind) > 0 ? [role] : []))
  const inputs = roles.filter((role) => role === ROLE.prompt || role === ROLE.input)
  if (inputs.length > 1 || !roles.every((role) => SIMPLE.includes(role))) return null
  const place = (role: number) => placeOf(role) ?? zero
  const time = placeOf(ROLE.time)
  return {
    width,
    model: place(ROLE.model),
    day: time ?? zero,
    minute: time === null ? zero : time + 1,
    id: placeOf(ROLE.id),
    input: placeOf(ROLE.prompt) ?? place(ROLE.input),
    output: place(ROLE.output),
    cost: place(ROLE.cost),
    reported: placeOf(ROLE.cost) !== null,
  }
}

/** Gives rows to the intake, field by field. */
function replay(
  { fields, width }: Template,
  cells: Float64Array,
  rows: number,
  intake: Intake,
  words: Words,
  record: number,
): void {
  for (let row = 0; row < rows; row++) {
    let cell = row * width
    intake.begin()
    for (const { kind, role } of fields) {
      const number = cells[cell] as number
      const second = cells[cell + 1] as number
      switch (kind) {
        case KIND.count:
          intake.whole(role, number)
          break
        case KIND.money:
          intake.amounts.put(role, number)
          break
        case KIND.word:
          intake.word(role, number, words)
          break
        case KIND.time:
          intake.instant(number, second)
          break
        case KIND.id:
          intake.id(role, number, second)
          break
        default:
          if (role === ROLE.type) intake.has.event = true
      }
      cell += numbersOf(kind)
    }
    intake.commit(record + row + 1)
  }
}
