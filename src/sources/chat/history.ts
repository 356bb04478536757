import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Context } from '../../context.ts'
import { paths } from '../paths.ts'

const MOST = 500

const historyFile = (ctx: Pick<Context, 'env'>): string => join(paths(ctx).data, 'history')

/** What was typed in earlier conversations, newest first: one JSON string a line, since a prompt may have several lines. */
export function readHistory(ctx: Pick<Context, 'env'>): string[] {
  try {
    return readFileSync(historyFile(ctx), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => String(JSON.parse(line)))
      .reverse()
  } catch {
    return []
  }
}

/** Readable by its owner only. A history that cannot be kept is no reason to end a conversation. */
export function writeHistory(ctx: Pick<Context, 'env'>, newestFirst: readonly string[]): void {
  try {
    mkdirSync(dirname(historyFile(ctx)), { recursive: true, mode: 0o700 })
    const lines = newestFirst
      .slice(0, MOST)
      .reverse()
      .map((each) => `${JSON.stringify(each)}\n`)
    writeFileSync(historyFile(ctx), lines.join(''), { mode: 0o600 })
  } catch {
    // A read-only home.
  }
}
