import { type FileHandle, open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { OrxError } from '../../core/errors.ts'

/** Bytes of one log, unpacked. */
export type Source = {
  readonly name: string
  /** First bytes, for telling the format; they are also the first that `read` gives. */
  readonly head: Buffer
  /** Size in bytes on disk, packed; null for a pipe. */
  readonly size: number | null
  /** Fills `into` from `at` on and returns how many bytes came; 0 at the end. */
  readonly read: (into: Buffer, at: number) => Promise<number>
  /** Bytes read so far, as they lie on disk. */
  readonly position: () => number
  readonly file: FileHandle | null
  readonly close: () => Promise<void>
}

const HEAD = 64 * 1024

/** Opens a file, or standard input for "-". Gzip is unpacked, a byte-order mark dropped. @throws OrxError */
export async function openSource(
  path: string,
  stdin: () => NodeJS.ReadableStream,
): Promise<Source> {
  if (path === '-') return fromStream('standard input', stdin(), null, async () => {})
  const file = await open(path, 'r').catch((error) => refuse(path, error))
  try {
    const stat = await file.stat()
    if (stat.isDirectory()) {
      throw new OrxError(
        'BAD_INPUT',
        `${path} is a directory`,
        `Name its files: orx usage ${path}/*`,
      )
    }
    const close = () => file.close()
    if (!stat.isFile()) {
      return await fromStream(path, file.createReadStream({ autoClose: false }), null, close)
    }
    const head = Buffer.alloc(Math.min(HEAD, Math.max(stat.size, 4)))
    const { bytesRead } = await file.read(head, 0, head.length, 0)
    if (isGzip(head)) {
      const stream = file.createReadStream({ autoClose: false, start: 0, highWaterMark: 1 << 18 })
      return await fromStream(path, stream, stat.size, close)
    }
    return plainFile(path, file, head.subarray(0, bytesRead), stat.size)
  } catch (error) {
    await file.close()
    throw error
  }
}

function plainFile(name: string, file: FileHandle, first: Buffer, size: number): Source {
  let position = markLength(first, name)
  return {
    name,
    head: first.subarray(position),
    size,
    file,
    position: () => position,
    read: async (into, at) => {
      const { bytesRead } = await file.read(into, at, into.length - at, position)
      position += bytesRead
      return bytesRead
    },
    close: () => file.close(),
  }
}

async function fromStream(
  name: string,
  raw: NodeJS.ReadableStream,
  size: number | null,
  close: () => Promise<void>,
): Promise<Source> {
  let packed = 0
  const counted = async function* (): AsyncGenerator<Buffer> {
    for await (const chunk of raw) {
      const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk)
      packed += bytes.length
      yield bytes
    }
  }
  const chunks = counted()
  const first = await gather(chunks, HEAD)
  let unpacked: AsyncIterator<Buffer> = withFirst(first, chunks)
  let head = first
  if (isGzip(first)) {
    const { createGunzip } = await import('node:zlib')
    const gunzip = createGunzip({ chunkSize: 1 << 18 })
    const input = Readable.from(withFirst(first, chunks), { objectMode: false })
    input.on('error', (error) => gunzip.destroy(error))
    const inner = gunzipped(input.pipe(gunzip), name)
    head = await gather(inner, HEAD)
    unpacked = withFirst(head, inner)
  }
  const mark = markLength(head, name)
  let rest: Buffer = Buffer.alloc(0)
  let toDrop = mark
  return {
    name,
    head: head.subarray(mark),
    size,
    file: null,
    position: () => packed,
    read: async (into, at) => {
      while (rest.length === 0) {
        const { value, done } = await unpacked.next()
        if (done) return 0
        rest = value.subarray(toDrop)
        toDrop = 0
      }
      const taken = rest.copy(into, at)
      rest = rest.subarray(taken)
      return taken
    },
    close,
  }
}

async function* gunzipped(stream: Readable, name: string): AsyncGenerator<Buffer> {
  try {
    yield* stream
  } catch (cause) {
    throw new OrxError(
      'BAD_INPUT',
      `${name} is a broken or truncated gzip file`,
      'Fetch it again; `gzip -t` checks a file.',
      { cause },
    )
  }
}

async function gather(chunks: AsyncIterator<Buffer>, atLeast: number): Promise<Buffer> {
  const parts: Buffer[] = []
  let length = 0
  while (length < atLeast) {
    const { value, done } = await chunks.next()
    if (done) break
    parts.push(value)
    length += value.length
  }
  return Buffer.concat(parts)
}

async function* withFirst(first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  if (first.length > 0) yield first
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
}

const isGzip = (head: Buffer): boolean => head[0] === 0x1f && head[1] === 0x8b

/** Length of a UTF-8 byte-order mark. @throws OrxError for other encodings and packings, which would read as noise */
function markLength(head: Buffer, name: string): number {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 3
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) {
    throw new OrxError(
      'BAD_INPUT',
      `${name} is UTF-16 text`,
      'Convert it first: iconv -f UTF-16 -t UTF-8 FILE | orx usage -',
    )
  }
  if (head[0] === 0x28 && head[1] === 0xb5 && head[2] === 0x2f && head[3] === 0xfd) {
    throw new OrxError(
      'BAD_INPUT',
      `${name} is packed with zstd`,
      'Unpack it first: zstd -dc FILE | orx usage -',
    )
  }
  return 0
}

function refuse(path: string, error: NodeJS.ErrnoException): never {
  if (error.code === 'ENOENT') {
    throw new OrxError('FILE_NOT_FOUND', `there is no file ${path}`, 'Check the path.', {
      cause: error,
    })
  }
  const denied = error.code === 'EACCES' || error.code === 'EPERM'
  throw new OrxError(
    'BAD_INPUT',
    denied ? `no permission to read ${path}` : `${path} cannot be read: ${error.code}`,
    denied ? `Check it with ls -l ${path}` : 'Check the path.',
    { cause: error },
  )
}
