import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { replaceFile } from '../atomic.ts'

/** What a server gave with an answer to ask later whether it still holds. */
export type Validator = {
  readonly etag?: string | undefined
  readonly lastModified?: string | undefined
}

const file = z.record(
  z.string(),
  z.object({ etag: z.string().optional(), lastModified: z.string().optional() }),
)

const place = (cache: string): string => join(cache, 'validators.json')

/** Validators by URL; none where the file is missing or damaged, which only costs a full answer. */
export async function readValidators(cache: string): Promise<Readonly<Record<string, Validator>>> {
  try {
    return file.parse(JSON.parse(await readFile(place(cache), 'utf8')))
  } catch {
    return {}
  }
}

/** Remembers an answer's validators; an empty one forgets them. Call only after the answer itself is on disk. */
export async function keepValidator(cache: string, url: string, kept: Validator): Promise<void> {
  const all = { ...(await readValidators(cache)), [url]: kept }
  const some = Object.entries(all).filter(([, { etag, lastModified }]) => etag || lastModified)
  await replaceFile(place(cache), `${JSON.stringify(Object.fromEntries(some), null, 2)}\n`)
}
