/** Reply tokens assumed where nothing else is known: a few paragraphs. */
export const ASSUMED_REPLY = 400

/** Bounds on what one attachment adds to a prompt, in tokens. Assumed: no provider documents an upper bound. */
const IMAGE_TOKENS = 8_192
const AUDIO_BYTES_A_TOKEN = 25

/**
 * A bound on the prompt tokens of an attachment of so many bytes: 8,192 an image; audio at the 32 tokens a second of
 * ai.google.dev/gemini-api/docs/audio (2026-11) and no fewer than 800 bytes a second; a document its bytes.
 */
export function attachmentBound(kind: 'image' | 'file' | 'audio', bytes: number): number {
  switch (kind) {
    case 'image':
      return IMAGE_TOKENS
    case 'audio':
      return Math.ceil(bytes / AUDIO_BYTES_A_TOKEN)
    case 'file':
      return bytes
    default:
      return kind satisfies never
  }
}

/** Bytes of a PDF a token that it comes to: ten, as pages of text with fonts and a few pictures have. Assumed. */
const FILE_BYTES_A_TOKEN = 10

/** What an attachment is expected to add; its bound for a document is so far above that no context would hold it. */
export const attachmentExpected = (kind: 'image' | 'file' | 'audio', bytes: number): number =>
  kind === 'file' ? Math.ceil(bytes / FILE_BYTES_A_TOKEN) : attachmentBound(kind, bytes)
