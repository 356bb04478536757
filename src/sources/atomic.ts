import { randomUUID } from 'node:crypto'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { OrxError } from '../core/errors.ts'

/**
 * Replaces a file so that a reader, or a crash, meets the old or the new text whole, never a part: temporary file beside it, fsync,
 * rename, fsync of the folder. Folders are made where missing.
 * @throws OrxError BAD_CONFIG where the folder cannot be written.
 */
export async function replaceFile(file: string, text: string): Promise<void> {
  const folder = dirname(file)
  const temporary = `${file}.${randomUUID()}.tmp`
  try {
    await mkdir(folder, { recursive: true })
    const handle = await open(temporary, 'wx')
    try {
      await handle.writeFile(text)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(temporary, file)
    await syncFolder(folder)
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => {})
    const why = (cause as NodeJS.ErrnoException).code ?? 'unknown reason'
    throw new OrxError(
      'BAD_CONFIG',
      `cannot write ${file} (${why}); what was there is untouched`,
      'Check the disk and the rights of that folder, or set ORX_HOME to another one.',
      { cause },
    )
  }
}

/** Makes the rename itself last through a power cut. Some platforms cannot open a folder; they do without. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined)
  await handle?.sync().catch(() => {})
  await handle?.close()
}
