import type { Readable } from 'node:stream'
import { failure, invalid, type Origin, tooLarge } from './http-errors.ts'
import type { Brake } from './http-transfer.ts'

/** Gets a body piece by piece, as it comes. `false`: no more is wanted. */
export type OnPiece = (piece: Uint8Array) => boolean | undefined

export type BodyLimits = {
  readonly origin: Origin
  /** Between two pieces. */
  readonly idleMs: number
  /** Of the unpacked body. */
  readonly maxBytes: number
  readonly brake: Brake
  readonly close: () => void
  /** The body has ended, one way or another. */
  readonly release: () => void
}

/**
 * Hands a body over by its own events: an async iterator over it would take as long as reading the JSON in it. What the
 * listener throws closes the connection and is thrown on.
 */
export function readBody(body: Readable, limits: BodyLimits, onPiece: OnPiece): Promise<void> {
  const { origin, idleMs, maxBytes, brake, close, release } = limits
  return new Promise((resolve, reject) => {
    let bytes = 0
    let ended = false
    const idle = setTimeout(() => brake.pull('stalled'), idleMs)
    const end = (finish: () => void) => {
      if (ended) return
      ended = true
      clearTimeout(idle)
      release()
      finish()
    }
    const leave = (finish: () => void) => end(() => [close(), finish()])
    body.on('data', (piece: Uint8Array) => {
      if (ended) return
      idle.refresh()
      bytes += piece.length
      try {
        if (bytes > maxBytes) throw tooLarge(origin, maxBytes)
        if (onPiece(piece) === false) leave(resolve)
      } catch (error) {
        leave(() => reject(error))
      }
    })
    body.once('end', () => end(resolve))
    const broken = (error?: unknown) =>
      end(() => reject(isPacking(error) ? damaged(origin) : cause(error)))
    const cause = (error: unknown) => failure(error, brake.pulled(), origin, 'within')
    body.on('error', broken)
    body.once('close', broken)
    // Broken before anybody read it: its events are over.
    if (body.destroyed) broken(body.errored)
  })
}

/** A body as it was before it was packed. @throws OrxError UPSTREAM_INVALID where nobody asked for that packing. */
export async function unpacked(
  body: Readable,
  encoding: string,
  origin: Origin,
): Promise<Readable> {
  if (encoding === 'identity') return body
  if (encoding !== 'gzip') throw invalid(origin, `it is packed as ${encoding}, which was not asked`)
  const [{ createGunzip }, { pipeline }] = await Promise.all([
    import('node:zlib'),
    import('node:stream'),
  ])
  return pipeline(body, createGunzip(), () => {})
}

const isPacking = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')

const damaged = (origin: Origin) => invalid(origin, 'its compressed body is damaged')
