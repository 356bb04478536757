import { COUNTS, MONEY, ROLE } from './roles.ts'

/** How a field is read; see `rows.ts`. */
export const KIND = {
  /** Bytes up to the next literal, of no interest. */
  skip: 0,
  count: 1,
  money: 2,
  /** A text that repeats, such as the model: its number in the list of words. */
  word: 3,
  time: 4,
  id: 5,
  /** The inside of a JSON string, of no interest: without escapes. */
  skipText: 6,
  /** A JSON number of no interest. */
  skipNumber: 7,
} as const

type Kind = (typeof KIND)[keyof typeof KIND]

export type Field = { readonly kind: Kind; readonly role: number }

/**
 * What rows of one shape have in common: literal bytes with fields between them. A CSV row is "", field, ",", field, "\n"; a
 * line of JSON is `{"model":"`, field, `","cost":`, field, "}\n".
 */
export type Template = {
  readonly fields: readonly Field[]
  /** Before each field; one more than there are fields, the last of them with the newline. */
  readonly literals: readonly Uint8Array[]
  /** Numbers that a row leaves: those of its fields, and a zero. */
  readonly width: number
  /** Where the zero lies. */
  readonly zero: number
  /** Where the numbers of a role lie in a row; null where it has none. */
  readonly placeOf: (role: number) => number | null
}

export function templateOf(fields: readonly Field[], literals: readonly Uint8Array[]): Template {
  const places = new Map<number, number>()
  let zero = 0
  for (const { kind, role } of fields) {
    if (numbersOf(kind) > 0) places.set(role, zero)
    zero += numbersOf(kind)
  }
  return { fields, literals, width: zero + 1, zero, placeOf: (role) => places.get(role) ?? null }
}

/** One for a count, an amount or a word; two for a time (day, minute) or an id (halves of a hash). */
export function numbersOf(kind: Kind): number {
  if (kind === KIND.time || kind === KIND.id) return 2
  return kind === KIND.count || kind === KIND.money || kind === KIND.word ? 1 : 0
}

/** Null for roles whose texts have to be looked at one by one. */
export function kindOf(role: number): Kind | null {
  if (role < COUNTS) return KIND.count
  if (role < MONEY) return KIND.money
  switch (role) {
    case ROLE.model:
    case ROLE.variant:
    case ROLE.currency:
    case ROLE.isByok:
      return KIND.word
    case ROLE.time:
      return KIND.time
    case ROLE.id:
    case ROLE.id2:
      return KIND.id
    case ROLE.skip:
    case ROLE.type:
      return KIND.skip
    default:
      return null
  }
}

/** Rows of a CSV: null where some column is read one by one. @param ending of rows: "\n" or "\r\n" */
export function csvTemplate(
  roles: readonly number[],
  separator: number,
  ending: Uint8Array,
): Template | null {
  const fields: Field[] = []
  for (const role of roles) {
    const kind = kindOf(role)
    if (kind === null) return null
    fields.push({ kind, role })
  }
  const between = Uint8Array.of(separator)
  const literals = fields.map((_, at) => (at === 0 ? new Uint8Array(0) : between))
  return templateOf(fields, [...literals, ending])
}
