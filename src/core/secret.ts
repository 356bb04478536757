/** Where a key was found. Never the key itself. */
export type KeyOrigin =
  | { readonly kind: 'environment'; readonly variable: string }
  | { readonly kind: 'command'; readonly provider: string }
  | { readonly kind: 'file'; readonly path: string }

export function originText(origin: KeyOrigin): string {
  switch (origin.kind) {
    case 'environment':
      return origin.variable
    case 'command':
      return `keyCommand.${origin.provider}`
    case 'file':
      return origin.path
    default:
      return origin satisfies never
  }
}

/**
 * A held key. The secret is behind a function, so that printing, logging or serialising the object cannot show it:
 * only the code that builds the header calls `reveal`.
 */
export type Key = {
  readonly provider: string
  readonly origin: KeyOrigin
  readonly masked: string
  readonly reveal: () => string
}

/** What may be shown of a key: a public prefix and its last four characters, where it is long enough to keep the rest. */
export function mask(secret: string): string {
  const prefix = /^(?:[a-z]{1,6}[-_]){1,3}(?:v\d+-)?/i.exec(secret)?.[0] ?? ''
  return secret.length - prefix.length >= 16 ? `${prefix}…${secret.slice(-4)}` : '…'
}

/** A key goes into an HTTP header: visible ASCII without spaces. Returns what is wrong, or nothing. */
export function faultOf(secret: string): string | undefined {
  if (secret === '') return 'it is empty'
  if (/\s/.test(secret)) return 'it contains a space or a line break'
  if (!/^[\x21-\x7e]+$/.test(secret)) return 'it contains characters that no header may carry'
  return secret.length < 8 ? 'it is shorter than any key' : undefined
}
