import { readFileSync, statSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { OrxError } from '../../core/errors.ts'
import type { Attachment } from '../../core/send/prompt.ts'
import { type Network, send } from '../http.ts'

/** Largest attachments, in bytes: the smallest of the big providers' limits (their documentation, 2026-11). */
const LARGEST = { image: 20_000_000, file: 32_000_000, audio: 25_000_000 } as const
const MOST = Math.max(...Object.values(LARGEST))

/**
 * A file or http(s) URL to send along. Its type is read from its content, not from its name.
 * @throws OrxError FILE_NOT_FOUND, or BAD_INPUT where it is too large or of no type that models take.
 */
export async function loadAttachment(network: Network, place: string): Promise<Attachment> {
  const remote = /^https?:\/\//i.test(place)
  const content = remote ? await downloaded(network, place) : fileContent(place)
  const name = basename(remote ? new URL(place).pathname : place) || 'attachment'
  const found = typeOf(content)
  if (!found) {
    throw new OrxError(
      'BAD_INPUT',
      `${name} is no PNG, JPEG, WebP, GIF, PDF, WAV, MP3, FLAC, OGG or M4A`,
      `Text goes in by a pipe: cat ${name} | orx chat "…"`,
    )
  }
  const [kind, type] = found
  if (content.length > LARGEST[kind]) throw tooLarge(name, content.length, LARGEST[kind])
  const from = remote ? place : resolve(place)
  return { kind, name, type, base64: content.toString('base64'), from }
}

function fileContent(path: string): Buffer {
  try {
    const { size } = statSync(path)
    if (size > MOST) throw tooLarge(basename(path), size, MOST)
    return readFileSync(path)
  } catch (cause) {
    if (cause instanceof OrxError) throw cause
    const { code } = cause as NodeJS.ErrnoException
    throw new OrxError(
      'FILE_NOT_FOUND',
      `${path} cannot be read (${code})`,
      'Check the path after -a.',
    )
  }
}

async function downloaded(network: Network, url: string): Promise<Buffer> {
  const response = await send(network, { url, maxBytes: MOST })
  if (response.status !== 200) {
    response.discard()
    throw new OrxError(
      'FILE_NOT_FOUND',
      `${new URL(url).host} answered ${response.status} for the attachment`,
      'Check the URL after -a.',
    )
  }
  return response.bytes()
}

const tooLarge = (name: string, bytes: number, most: number): OrxError =>
  new OrxError(
    'BAD_INPUT',
    `${name} has ${(bytes / 1e6).toFixed(1)} MB; at most ${most / 1e6} MB can be sent`,
    'Make it smaller, or split it.',
  )

type Kind = keyof typeof LARGEST

/** Signatures at the start of a file; "RIFF" and "ftyp" files say further on what they are. */
function typeOf(content: Buffer): readonly [Kind, string] | undefined {
  const at = (from: number, text: string) =>
    content.subarray(from, from + text.length).toString('latin1') === text
  if (at(0, '\x89PNG\r\n')) return ['image', 'image/png']
  if (at(0, '\xff\xd8\xff')) return ['image', 'image/jpeg']
  if (at(0, 'GIF8')) return ['image', 'image/gif']
  if (at(0, 'RIFF') && at(8, 'WEBP')) return ['image', 'image/webp']
  if (at(0, '%PDF-')) return ['file', 'application/pdf']
  if (at(0, 'RIFF') && at(8, 'WAVE')) return ['audio', 'audio/wav']
  if (at(0, 'fLaC')) return ['audio', 'audio/flac']
  if (at(0, 'OggS')) return ['audio', 'audio/ogg']
  if (at(4, 'ftypM4A')) return ['audio', 'audio/m4a']
  const [first = 0, second = 0] = content
  if (at(0, 'ID3') || (first === 0xff && (second & 0xe6) === 0xe2)) return ['audio', 'audio/mp3']
  return undefined
}
