import { OrxError } from '../../core/errors.ts'
import type { Cuts } from '../../core/usage/groups.ts'
import { createSkips, type Skips } from '../../core/usage/skips.ts'
import { createTally, type Tally } from '../../core/usage/tally.ts'
import { createWords, type Words } from '../../core/usage/words.ts'
import { openSource, type Source } from './bytes.ts'
import { createCsvScan, readHeader, type Scan } from './csv.ts'
import { linesOfDocument } from './document.ts'
import { createFast, type Plain, plainRows } from './fast.ts'
import { createIntake, type Intake } from './intake.ts'
import { createWalk } from './json.ts'
import { createArrayScan, createRecords } from './jsonl.ts'
import { templateOfLine } from './learn.ts'
import { isParquet, readParquet } from './parquet.ts'
import { type Branch, pathsOf } from './paths.ts'
import { pump } from './pump.ts'
import { checkColumns, countsTokens, type Mapping, ROLE, rolesOf } from './roles.ts'
import { csvTemplate, type Template } from './template.ts'

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
  /** Asked for when the first rows have been looked at. */
  readonly cuts: () => Promise<Cuts>
  readonly stdin: () => NodeJS.ReadableStream
  readonly signal: AbortSignal
  /** Turns a prompt into a number below 64. */
  readonly classify: ((text: string) => number) | null
  readonly onProgress: (progress: Progress) => void
}

/** Reads usage logs of any known format, told by content, into one tally. @throws OrxError */
export async function readLogs(options: ReadOptions): Promise<Reading> {
  const words = createWords()
  const texts = options.classify !== null
  const open = async (path: string): Promise<Opened> => {
    const source = await openSource(path, options.stdin)
    return { source, plain: plainOf(source, options.mapping, texts, words) }
  }
  const [firstPath = '-'] = options.files
  let opened = await open(firstPath)
  const cuts = await options.cuts().catch(async (error) => {
    await opened.source.close()
    throw error
  })
  const tally = createTally(cuts, words)
  const skips = createSkips()
  const intake = createIntake(tally, skips, options.classify)
  const files: { name: string; format: string }[] = []
  let bytesBefore = 0
  for (const [number, path] of options.files.entries()) {
    if (number > 0) opened = await open(path)
    const { source } = opened
    try {
      const tick = () => {
        if (options.signal.aborted)
          throw new OrxError('INTERRUPTED', 'interrupted', 'Nothing was written.')
        const bytes = bytesBefore + source.position()
        options.onProgress({ bytes, totalBytes: source.size, rows: intake.rows() })
      }
      const format = await readOne({ ...opened, tally, skips, intake, number, tick, ...options })
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

/** A log whose first rows have been looked at, and the loop that reads rows like them. */
type Opened = { readonly source: Source; readonly plain: Plain | null }

function plainOf({ head }: Source, mapping: Mapping, texts: boolean, words: Words): Plain | null {
  const first = firstByte(head)
  if (isParquet(head) || first === '[' || (first === '{' && isDocument(head))) return null
  if (first === '{') {
    const template = firstTemplate(head, pathsOf(mapping), texts)
    return template && plainRows(template, words, head, 0)
  }
  const header = readHeader(head, 0, head.length)
  const template =
    header && csvTemplate(rolesOf(header.names, mapping), header.separator, header.ending)
  return header && template && plainRows(template, words, head, header.end)
}

const LINES = 20

/** Session logs start with lines that are not about tokens. */
function firstTemplate(head: Buffer, root: Branch, texts: boolean): Template | null {
  let from = 0
  for (let line = 0; line < LINES; line++) {
    const to = head.indexOf(10, from)
    if (to < 0) return null
    const template = templateOfLine(head.subarray(from, to), root, texts)
    if (template) return template
    from = to + 1
  }
  return null
}

type One = Opened & {
  readonly tally: Tally
  readonly skips: Skips
  readonly intake: Intake
  readonly number: number
  readonly mapping: Mapping
  readonly tick: () => void
}

async function readOne(one: One): Promise<string> {
  const { source, plain, intake, tally, mapping, number, skips, tick } = one
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
    const fast = plain && createFast(plain, intake, tally)
    const records = createRecords(walk, intake, number, fast)
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
  { source, plain, tally, intake, mapping, tick }: One,
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
  const counts = countsTokens(roles)
  checkColumns(name, header.names, roles)
  intake.alone(counts || has(ROLE.requests))
  const rows = createCsvScan(header, roles, intake, plain && createFast(plain, intake, tally))
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
