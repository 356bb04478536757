import { OrxError } from '../../core/errors.ts'

type Json = { readonly [key: string]: unknown }

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Turns one JSON document into JSON Lines of flat records: OpenRouter's /activity, pages of OpenAI's and Anthropic's usage
 * APIs (time buckets with results inside), or any object with an array of records under "data" or "results".
 * @throws OrxError BAD_INPUT
 */
export function linesOfDocument(text: string, name: string): string {
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch (cause) {
    throw new OrxError(
      'BAD_INPUT',
      `${name} is neither JSON Lines nor one whole JSON document`,
      'Export it again, or give one JSON object a line.',
      { cause },
    )
  }
  const lines: string[] = []
  collect(document, {}, lines)
  return lines.join('\n')
}

/** What a time bucket passes down to its results. */
const HANDED_DOWN = ['start_time', 'starting_at', 'date', 'model', 'model_permaslug', 'currency']
const LISTS = ['data', 'results', 'buckets', 'records', 'items', 'rows']

function collect(value: unknown, inherited: Json, lines: string[]): void {
  if (Array.isArray(value)) {
    for (const each of value) collect(each, inherited, lines)
    return
  }
  if (!isObject(value)) return
  const list = LISTS.map((key) => value[key]).find(Array.isArray)
  if (!list) {
    lines.push(JSON.stringify({ ...inherited, ...value }))
    return
  }
  const own = Object.fromEntries(
    HANDED_DOWN.filter((key) => value[key] !== undefined).map((key) => [key, value[key]]),
  )
  collect(list, { ...inherited, ...own }, lines)
}
