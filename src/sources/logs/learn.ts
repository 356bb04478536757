import { type Branch, childOf } from './paths.ts'
import { ROLE } from './roles.ts'
import { type Field, KIND, kindOf, type Template, templateOf } from './template.ts'

const QUOTE = 34
const OPEN = /[[{]/

/**
 * The template of one line of JSON: its keys and punctuation are the literals, its values the fields. Null where the line
 * has escapes, or values that have to be read one by one.
 * @param texts whether prompts are read
 */
export function templateOfLine(line: Buffer, root: Branch, texts: boolean): Template | null {
  const fields: Field[] = []
  const literals: Uint8Array[] = []
  const text = line.toString('latin1')
  let at = 0
  let literalFrom = 0
  let fits = !text.includes('\\')

  const space = () => {
    while (text.charCodeAt(at) <= 32) at++
  }

  const take = (field: Field, start: number, end: number) => {
    literals.push(line.subarray(literalFrom, start))
    fields.push(field)
    literalFrom = end
  }

  /** A string, of whose inside a field is made. */
  const string = (role: number) => {
    const close = text.indexOf('"', at + 1)
    if (close < 0) fits = false
    const kind = kindOf(role)
    if (kind === null) fits = false
    else if (role === ROLE.skip || role === ROLE.type)
      take({ kind: KIND.skipText, role }, at + 1, close)
    else take({ kind, role }, at + 1, close)
    at = close + 1
  }

  const scalar = (role: number) => {
    const start = at
    while (at < text.length && !/[\s,\]}]/.test(text.charAt(at))) at++
    const kind = kindOf(role)
    if (role === ROLE.skip) take({ kind: KIND.skipNumber, role }, start, at)
    else if (text.slice(start, at) === 'null') return
    else if (kind === KIND.count || kind === KIND.money || kind === KIND.id)
      take({ kind, role }, start, at)
    else fits = false
  }

  const value = (branch: Branch | undefined) => {
    const role = roleOf(branch, texts)
    const first = text.charAt(at)
    if (OPEN.test(first)) {
      if (role === ROLE.text) fits = false
      nested(first === '{' ? branch : undefined, first === '{')
    } else if (first === '"') string(role)
    else scalar(role)
  }

  /** An object or an array, from its opening bracket on. */
  const nested = (branch: Branch | undefined, keyed: boolean) => {
    at++
    space()
    while (fits && at < text.length && !/[\]}]/.test(text.charAt(at))) {
      if (text.charAt(at) === ',') at++
      space()
      let under: Branch | undefined
      if (keyed) {
        const close = text.indexOf('"', at + 1)
        if (line[at] !== QUOTE || close < 0) fits = false
        under = branch && childOf(branch, line, at + 1, close)
        at = close + 1
        space()
        if (text.charAt(at++) !== ':') fits = false
        space()
      }
      if (fits) value(under)
      space()
    }
    at++
  }

  space()
  if (text.charAt(at) !== '{') return null
  nested(root, true)
  const has = (role: number) => fields.some((field) => field.role === role)
  const counts = fields.some(({ kind }) => kind === KIND.count)
  if (!fits || text.slice(at).trim() !== '' || !has(ROLE.model)) return null
  if (!counts && !has(ROLE.cost)) return null
  const ending = Buffer.concat([line.subarray(literalFrom), Uint8Array.of(10)])
  return templateOf(fields, [...literals, ending])
}

/** A second-best name of the model is of no interest beside the best, without which there is no template. */
function roleOf(branch: Branch | undefined, texts: boolean): number {
  const role = branch?.role ?? ROLE.skip
  if (role === ROLE.modelElse || (role === ROLE.text && !texts)) return ROLE.skip
  return role
}
