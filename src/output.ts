import { fstatSync, statSync, writeSync } from 'node:fs'

export type Output = {
  readonly write: (text: string) => void
  readonly isTTY: boolean
  /** Of the terminal, if it is one. */
  readonly columns: number | undefined
  /** False while a reader has yet to take what was written. */
  readonly flushed: () => boolean
}

/**
 * Writing to stdout (1) or stderr (2). Into pipes and files it goes without `process.stdout`, whose twenty modules are a
 * twentieth of a short command; a terminal, or a pipe that is full and does not wait, gets the stream.
 * @param failed hears of a write that failed: no space left, or a reader that has gone (EPIPE).
 */
export function output(fd: 1 | 2, failed: (error: NodeJS.ErrnoException) => void): Output {
  let opened: NodeJS.WriteStream | undefined
  const stream = (): NodeJS.WriteStream => {
    opened ??= (fd === 1 ? process.stdout : process.stderr).on('error', failed)
    return opened
  }
  const flushed = () => opened === undefined || opened.writableLength === 0
  if (!isPlain(fd)) {
    const { isTTY, columns } = stream()
    return { write: (text) => stream().write(text), isTTY: isTTY === true, columns, flushed }
  }
  const write = (text: string) => {
    const rest = opened ? Buffer.from(text) : written(fd, Buffer.from(text), failed)
    if (rest.length > 0) stream().write(rest)
  }
  return { write, isTTY: false, columns: undefined, flushed }
}

/** @returns what is left where the other end takes no more for now. */
function written(
  fd: number,
  bytes: Buffer,
  failed: (error: NodeJS.ErrnoException) => void,
): Buffer {
  let at = 0
  try {
    while (at < bytes.length) at += writeSync(fd, bytes, at)
  } catch (cause) {
    const error = cause as NodeJS.ErrnoException
    if (error.code === 'EAGAIN') return bytes.subarray(at)
    failed(error)
  }
  return Buffer.alloc(0)
}

/** A pipe, a file, or /dev/null. */
function isPlain(fd: number): boolean {
  try {
    const stat = fstatSync(fd)
    return stat.isFIFO() || stat.isFile() || stat.rdev === statSync('/dev/null').rdev
  } catch {
    return false
  }
}
