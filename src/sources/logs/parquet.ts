import { OrxError } from '../../core/errors.ts'
import type { Source } from './bytes.ts'
import type { Intake } from './intake.ts'
import { COUNTS, checkColumns, type Mapping, ROLE, type Role, rolesOf } from './roles.ts'

const MAGIC = 'PAR1'
export const isParquet = (head: Buffer): boolean => head.toString('latin1', 0, 4) === MAGIC

/** Rows of a Parquet file, a row group at a time, only the columns that matter. */
export async function readParquet(
  source: Source,
  mapping: Mapping,
  intake: Intake,
  tick: () => void,
): Promise<void> {
  const { file, size, name } = source
  if (!file || size === null) {
    throw new OrxError('BAD_INPUT', 'Parquet cannot be read from a pipe', 'Give the file by name.')
  }
  const [{ parquetMetadataAsync, parquetReadObjects, parquetSchema }, { compressors }] =
    await Promise.all([import('hyparquet'), import('hyparquet-compressors')])
  const slice = async (start: number, end: number = size): Promise<ArrayBuffer> => {
    const bytes = new Uint8Array(end - start)
    await file.read(bytes, 0, bytes.length, start)
    return bytes.buffer
  }
  const asBuffer = { byteLength: size, slice }
  const metadata = await parquetMetadataAsync(asBuffer).catch((cause) => {
    throw new OrxError('BAD_INPUT', `${name} is a broken Parquet file`, 'Write it again.', {
      cause,
    })
  })
  const names = parquetSchema(metadata).children.map(({ element }) => element.name)
  const roles = rolesOf(names, mapping)
  checkColumns(name, names, roles)
  const columns = names
    .map((column, at) => ({ column, role: roles[at] ?? ROLE.skip }))
    .filter(({ role }) => role !== ROLE.skip)
  let from = 0
  for (const group of metadata.row_groups) {
    const to = from + Number(group.num_rows)
    const rows = await parquetReadObjects({
      file: asBuffer,
      metadata,
      compressors,
      columns: columns.map(({ column }) => column),
      rowStart: from,
      rowEnd: to,
    })
    for (const [at, row] of rows.entries()) {
      intake.begin()
      for (const { column, role } of columns) take(intake, role, row[column])
      intake.commit(from + at + 1)
    }
    from = to
    tick()
  }
}

function take(intake: Intake, role: Role, value: unknown): void {
  if (value === null || value === undefined) return
  const text = value instanceof Date ? value.toISOString() : String(value)
  if (role < COUNTS) intake.count(role, text)
  else {
    const bytes = Buffer.from(text)
    intake.field(role, bytes, 0, bytes.length)
  }
}
