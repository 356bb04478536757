import { readFileSync } from 'node:fs'
import { extname } from 'node:path'
import { OrxError } from '../core/errors.ts'
import type { Usd } from '../core/money.ts'
import type { Workload, WorkloadFile } from '../core/workload/workload.ts'
import { type RawFile, workloadFile } from './workload-schema.ts'

/** A parsed text that can tell on which line a field stands. */
type Located = {
  readonly value: unknown
  readonly lineOf: (path: readonly PropertyKey[]) => number | null
}

/**
 * Reads a workload file: YAML, JSON (which is YAML too) or TOML.
 * @throws OrxError FILE_NOT_FOUND, BAD_INPUT with line and field
 */
export async function loadWorkloads(file: string): Promise<WorkloadFile> {
  const text = readText(file)
  const { value, lineOf } =
    extname(file).toLowerCase() === '.toml'
      ? await fromToml(text, file)
      : await fromYaml(text, file)
  const result = workloadFile.safeParse(value)
  const placeOf = (path: readonly PropertyKey[], at = path) => {
    const line = lineOf(at)
    return `${file}${line === null ? '' : `:${line}`}: ${fieldName(path)}`
  }
  if (result.success) return domain(result.data, placeOf)
  const issues = result.error.issues.slice(0, 5).map(({ path, message, ...issue }) => {
    const at = issue.code === 'unrecognized_keys' ? [...path, ...issue.keys.slice(0, 1)] : path
    return `${placeOf(path, at)}: ${message}`
  })
  throw new OrxError(
    'BAD_INPUT',
    issues.join('\n'),
    'Mend the file; docs/workloads.md lists the fields.',
  )
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\ufeff/, '')
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    throw new OrxError(
      'FILE_NOT_FOUND',
      `${file} cannot be read (${code})`,
      'Check the path of -f.',
      { cause },
    )
  }
}

async function fromYaml(text: string, file: string): Promise<Located> {
  const { LineCounter, parseDocument, isNode } = await import('./yaml.ts')
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const [error] = document.errors
  if (error) {
    const { line, col } = lines.linePos(error.pos[0])
    throw new OrxError('BAD_INPUT', `${file}:${line}:${col}: ${error.message}`, 'Mend that line.')
  }
  const lineOf = (path: readonly PropertyKey[]): number | null => {
    // An unknown or missing field has no node of its own: its nearest parent tells the line.
    for (let length = path.length; length >= 0; length--) {
      const node = document.getIn(path.slice(0, length), true)
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line
    }
    return null
  }
  return { value: document.toJS(), lineOf }
}

async function fromToml(text: string, file: string): Promise<Located> {
  const { parse, TomlError } = await import('smol-toml')
  try {
    return { value: parse(text), lineOf: (path) => tomlLine(text, path) }
  } catch (cause) {
    if (!(cause instanceof TomlError)) throw cause
    const [message] = cause.message.split('\n')
    throw new OrxError(
      'BAD_INPUT',
      `${file}:${cause.line}:${cause.column}: ${message}`,
      'Mend that line.',
      { cause },
    )
  }
}

/** smol-toml keeps no positions: the n-th [[workloads]] and then the key within it. */
function tomlLine(text: string, [table, index, key]: readonly PropertyKey[]): number | null {
  const lines = text.split('\n')
  if (table !== 'workloads' || typeof index !== 'number') {
    const at = lines.findIndex((line) => line.trimStart().startsWith(String(table)))
    return at < 0 ? null : at + 1
  }
  const starts = lines.flatMap((line, at) => (/^\s*\[\[\s*workloads\s*\]\]/.test(line) ? at : []))
  const start = starts[index]
  if (start === undefined) return null
  const end = starts[index + 1] ?? lines.length
  const at = lines.findIndex(
    (line, each) => each > start && each < end && line.trimStart().startsWith(String(key)),
  )
  return (at < 0 ? start : at) + 1
}

const fieldName = (path: readonly PropertyKey[]): string =>
  path.length === 0
    ? 'the file'
    : path
        .map((part, at) =>
          typeof part === 'number' ? `[${part + 1}]` : `${at === 0 ? '' : '.'}${String(part)}`,
        )
        .join('')

function domain(raw: RawFile, placeOf: (path: readonly PropertyKey[]) => string): WorkloadFile {
  return {
    months: raw.months,
    growth: raw.growth ?? null,
    plan: raw.plan,
    pay: raw.pay,
    topUp: raw.topUp ?? null,
    opsCost: raw.opsCost ?? null,
    discount: raw.discount as Readonly<Record<string, Usd>>,
    workloads: raw.workloads.map((each, at) => ({
      ...workloadOf(each),
      place: placeOf(['workloads', at, each.model === undefined ? 'task' : 'model']),
    })),
  }
}

function workloadOf(raw: RawFile['workloads'][number]): Omit<Workload, 'place'> {
  const { perRequest, requests = null } = raw
  const copies = perRequest ? (requests ?? 1) : 1
  const tokens = perRequest ?? raw
  return {
    name: raw.name,
    task: raw.task ?? null,
    model: raw.model ?? null,
    volume: {
      input: (tokens.in ?? 0) * copies,
      output: (tokens.out ?? 0) * copies,
      period: 'month',
      requests,
      cached: raw.cached ?? null,
      cacheWrite: null,
      reasoning: raw.reasoning ?? 0,
      images: raw.images ?? 0,
      imageTokens: raw.imageTokens ?? 0,
      searches: raw.searches ?? 0,
      at: 'average',
    },
    batch: raw.batch ?? null,
    growth: raw.growth ?? null,
    discount: raw.discount ?? null,
    needs: raw.needs ?? [],
    minContext: raw.minContext ?? null,
    maxPrice: raw.maxPrice ?? null,
    floor: raw.floor ?? null,
  }
}
