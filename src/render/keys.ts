import { type KeyOrigin, originText } from '../core/secret.ts'
import { type Sheet, sheetText } from './sheet.ts'
import { wrap } from './width.ts'

/** What is known of one provider's key; `origin` is null where none is held. */
export type KeyRow = {
  readonly provider: string
  readonly origin: KeyOrigin | null
  readonly masked: string | null
  readonly fault: string | null
  /** Environment variables that would do. */
  readonly variables: readonly string[]
}

export const keysJson = (rows: readonly KeyRow[]): object => ({
  schema: 'orx.keys.list/1',
  keys: rows.map(({ provider, origin, masked, fault, variables }) => ({
    provider,
    held: origin !== null,
    masked,
    from: origin && { kind: origin.kind, name: originText(origin) },
    fault,
    variables,
  })),
})

export const keysSheet = (rows: readonly KeyRow[]): Sheet => ({
  columns: [
    { key: 'provider', title: 'provider' },
    { key: 'key', title: 'key' },
    { key: 'from', title: 'from', flexible: true },
  ],
  rows: rows.map(({ provider, origin, masked, fault }) => [
    provider,
    origin ? (masked ?? '(a command)') : null,
    origin && `${originText(origin)}${fault ? ` (cannot be sent: ${fault})` : ''}`,
  ]),
})

export function keysText(rows: readonly KeyRow[], width: number): string {
  const held = rows.filter(({ origin }) => origin !== null)
  const missing = rows.filter(({ origin }) => origin === null)
  const lines = [
    ...(missing.length > 0
      ? wrap(`no key: ${missing.map(({ provider }) => provider).join(', ')}`, width - 1)
      : []),
    'add one: orx keys set PROVIDER, or export its variable (orx keys list --json)',
  ]
  return `${held.length > 0 ? `${sheetText(keysSheet(held), width)}\n` : ''}${lines.map((line) => ` ${line}\n`).join('')}`
}

/** How one provider answered to its key. */
export type KeyTest = {
  readonly provider: string
  readonly masked: string
  readonly result: 'works' | 'refused' | 'unclear'
  /** "limit $7.50 of $10 left", "401", "no answer" … */
  readonly detail: string
}

export const keyTestsJson = (tests: readonly KeyTest[]): object => ({
  schema: 'orx.keys.test/1',
  tests,
})

export const keyTestsSheet = (tests: readonly KeyTest[]): Sheet => ({
  columns: [
    { key: 'provider', title: 'provider' },
    { key: 'key', title: 'key' },
    { key: 'result', title: 'result' },
    { key: 'detail', title: 'detail', flexible: true },
  ],
  rows: tests.map(({ provider, masked, result, detail }) => [provider, masked, result, detail]),
})

export const keyTestsText = (tests: readonly KeyTest[], width: number): string =>
  sheetText(keyTestsSheet(tests), width)
