import type { Context } from '../context.ts'
import { progressLine } from '../render/usage/progress.ts'
import type { Progress } from '../sources/logs/read.ts'

const FIRST_MS = 400
const EVERY_MS = 100

/** A progress bar on a terminal's stderr for reads that take longer than a blink. */
export function progressOf(
  ctx: Context,
  quiet: boolean,
): { readonly step: (progress: Progress) => void; readonly end: () => void } {
  if (!ctx.tty.err || quiet) return { step: () => {}, end: () => {} }
  const start = ctx.now().getTime()
  let last = start + FIRST_MS - EVERY_MS
  let shown = 0
  return {
    step: (progress) => {
      const now = ctx.now().getTime()
      if (now - last < EVERY_MS) return
      last = now
      const line = progressLine({ ...progress, elapsedMs: now - start })
      ctx.err(`\r${line.padEnd(shown)}`)
      shown = line.length
    },
    end: () => {
      if (shown > 0) ctx.err(`\r${' '.repeat(shown)}\r`)
    },
  }
}
