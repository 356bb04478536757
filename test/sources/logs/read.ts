import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { toDecimal } from '../../../src/core/money.ts'
import { NO_CUTS } from '../../../src/core/usage/groups.ts'
import { isoDay } from '../../../src/core/usage/instant.ts'
import { UNDATED } from '../../../src/core/usage/tally.ts'
import { reportedAt, volumeAt } from '../../../src/core/usage/volume.ts'
import { readLogs } from '../../../src/sources/logs/read.ts'
import { parseMap } from '../../../src/sources/logs/roles.ts'

/** Writes texts to files of a folder of their own and returns their paths. */
export function filesOf(...contents: readonly (string | Buffer)[]): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'orx-logs-'))
  return contents.map((content, at) => {
    const path = join(folder, `log-${at}`)
    writeFileSync(path, content)
    return path
  })
}

/** Reads logs and shows each cell in words: what the reader understood. */
export async function read(
  files: readonly string[],
  { map, stdin = Readable.from([]) }: { map?: string; stdin?: NodeJS.ReadableStream } = {},
) {
  const reading = await readLogs({
    files,
    mapping: parseMap(map),
    cuts: async () => NO_CUTS,
    stdin: () => stdin,
    signal: new AbortController().signal,
    classify: null,
    onProgress: () => {},
  })
  const values = reading.tally.values()
  const cells = reading.tally.cells().map(({ model, day, base }) => {
    const volume = volumeAt(values, base)
    const { requests, total, byok, extra } = reportedAt(values, base)
    return {
      model,
      day: day === UNDATED ? null : isoDay(day),
      ...Object.fromEntries(Object.entries(volume).filter(([, value]) => value > 0)),
      ...(requests > 0 && { paid: toDecimal(total) }),
      ...(byok.units > 0n && { byok: toDecimal(byok) }),
      ...(extra.units > 0n && { extra: toDecimal(extra) }),
    }
  })
  return { cells, skipped: reading.skips.all(), format: reading.files[0]?.format, reading }
}
