import { OrxError } from '../../core/errors.ts'
import type { Cuts } from '../../core/usage/groups.ts'
import { createSkips, type Skips } from '../../core/usage/skips.ts'
import { createTally, type Tally } from '../../core/usage/tally.ts'
import { openSource, type Source } from './bytes.ts'
import { createCsvScan, readHeader, type Scan } from './csv.ts'
import { linesOfDocument } from './document.ts'
import { createIntake, type Intake } from './intake.ts'
import { createWalk } from './json.ts'
import { createArrayScan, createRecords } from './jsonl.ts'
import { isParquet, readParquet } from './parquet.ts'
import { pathsOf } from './paths.ts'
import { pump } from './pump.ts'
import { type Mapping, ROLE, rolesOf } from './roles.ts'

export type Progress = {
  readonly bytes: number
  /** Null where a pipe is among the files. */
  readonly totalBytes: number | null
  readonly rows: number
}

export type Reading = {
  readonly tally: Tally
  readonly skips: Skips
  /** Records that count, replaced ones included. */
  readonly rows: number
  /** Records that stand for more than one request: tiers cannot be told apart within them. */
  readonly aggregated: number
  /** Amounts with more than 24 decimals, each rounded at the 24th. */
  readonly roundedAmounts: number
  readonly files: readonly { readonly name: string; readonly format: string }[]
}

export type ReadOptions = {
  readonly files: readonly string[]
  readonly mapping: Mapping
  readonly cuts: Cuts
  readonly stdin: () => NodeJS.ReadableStream
  readonly signal: AbortSignal
  /** Turns a prompt into a number below 64. */
  readonly classify: ((text: string) => number) | null
  readonly onProgress: (progress: Progress) => void
}

/** Reads usage logs of any known format, told by content, into one tally. @throws OrxError */
export async function readLogs(options: ReadOptions): Promise<Reading> {
  const tally = createTally(options.cuts)
  const skips = createSkips()
  const intake = createIntake(tally, skips, options.classify)
  const files: { name: string; format: string }[] = []
  let bytesBefore = 0
  for (const [number, path] of options.files.entries()) {
    const source = await openSource(path, options.stdin)
    try {
      const tick = () => {
        if (options.signal.aborted)
          throw new OrxError('INTERRUPTED', 'interrupted', 'Nothing was written.')
        const bytes = bytesBefore + source.position()
        options.onProgress({ bytes, totalBytes: source.size, rows: intake.rows() })
      }
      const format = await readOne({ source, tally, skips, intake, number, tick, ...options })
      files.push({ name: source.name, format })
      bytesBefore += source.position()
    } finally {
      await source.close()
    }
  }
  return {
    tally,
    skips,
    rows: intake.rows(),
    aggregated: intake.aggregated(),
    roundedAmounts: intake.amounts.rounded(),
    files,
  }
}

type One = {
  readonly source: Source
  readonly tally: Tally
  readonly skips: Skips
  readonly intake: Intake
  readonly number: number
  readonly mapping: Mapping
  readonly tick: () => void
}

async function readOne(one: One): Promise<string> {
  const { source, intake, mapping, number, skips, tick } = one
  const { head, name } = source
  intake.inFile(name)
  if (isParquet(head)) {
    intake.alone(true)
    await readParquet(source, mapping, intake, tick)
    return 'Parquet'
  }
  const tooLong = () => skips.add('a record longer than 32 MB', name, '')
  const first = firstByte(head)
  if (first === '{' || first === '[') {
    intake.alone(true)
    const walk = createWalk(pathsOf(mapping), intake)
    const records = createRecords(walk, intake, number)
    if (first === '{' && isDocument(head)) {
      const text = await whole(source)
      const bytes = Buffer.from(linesOfDocument(text, name))
      records.scan(bytes, 0, bytes.length, true)
      tick()
      return 'JSON document'
    }
    await pump(source, first === '{' ? records.scan : createArrayScan(records), tooLong, tick)
    return first === '{' ? 'JSON Lines' : 'JSON array'
  }
  return readCsv(one, tooLong)
}

async function readCsv(
  { source, tally, intake, mapping, tick }: One,
  tooLong: () => void,
): Promise<string> {
  const { head, name } = source
  const header = readHeader(head, 0, head.length)
  if (!header || head.length === 0) {
    throw new OrxError(
      'BAD_INPUT',
      head.length === 0 ? `${name} is empty` : `${name} has no readable header line`,
      'Give a CSV with a header line, JSON, JSON Lines or Parquet.',
    )
  }
  const roles = rolesOf(header.names, mapping)
  const has = (role: number) => roles.some((each) => each === role)
  const counts = has(ROLE.prompt) || has(ROLE.input) || has(ROLE.uncached) || has(ROLE.output)
  if (!has(ROLE.model) || (!counts && !has(ROLE.cost))) {
    throw new OrxError(
      'BAD_INPUT',
      `${name} is of no known format: ${has(ROLE.model) ? 'no column of tokens' : 'no column of models'} among ${header.names.slice(0, 12).join(', ')}`,
      'Say which columns to use: --map model=COLUMN,input=COLUMN,output=COLUMN',
    )
  }
  intake.alone(counts || has(ROLE.requests))
  const rows = createCsvScan(header, roles, intake, tally)
  let inHeader = true
  const scan: Scan = (bytes, from, to, last) => {
    if (!inHeader) return rows(bytes, from, to, last)
    inHeader = false
    return rows(bytes, from + header.end, to, last)
  }
  await pump(source, scan, tooLong, tick)
  return counts ? 'CSV' : 'CSV of spend by model'
}

const firstByte = (head: Buffer): string => head.toString('latin1', 0, 4096).trimStart().charAt(0)

/** Whether the file is one object that holds a list, rather than an object a line. */
function isDocument(head: Buffer): boolean {
  const text = head.toString('utf8')
  const line = text.trimStart().split('\n', 1)[0]?.trim() ?? ''
  if (
    /^\{\s*("object"\s*:\s*"(page|list)"\s*,\s*)?"(data|results|buckets)"\s*:\s*\[/.test(
      text.trimStart(),
    )
  )
    return true
  return /[{[,]$/.test(line)
}

const LARGEST_DOCUMENT = 256 << 20

async function whole(source: Source): Promise<string> {
  const parts: Buffer[] = []
  let length = 0
  for (;;) {
    const part = Buffer.allocUnsafe(1 << 20)
    const came = await source.read(part, 0)
    if (came === 0) return Buffer.concat(parts).toString('utf8')
    parts.push(part.subarray(0, came))
    length += came
    if (length > LARGEST_DOCUMENT) {
      throw new OrxError(
        'BAD_INPUT',
        `${source.name} is one JSON document of more than 256 MB`,
        'Give one record a line: jq -c ".data[]" FILE | orx usage -',
      )
    }
  }
}
