import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { run } from '../src/cli.ts'
import type { Context } from '../src/context.ts'

export const PACKAGE_DIR = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '')

// As chalk does, so that an index that slips in through `map` shows.
const plain = (...texts: readonly unknown[]) => texts.join(' ')

/** A fixed world: 2026-11-22 12:00 UTC, 80 columns of a terminal without colour, an empty ORX_HOME of its own. */
export function world(overrides: Partial<Context> = {}) {
  const std = { out: '', err: '' }
  const context: Context = {
    out: (text) => {
      std.out += text
    },
    err: (text) => {
      std.err += text
    },
    stdin: { isTTY: true, stream: Readable.from([]) },
    tty: { out: true, err: true },
    width: 80,
    paint: { bold: plain, dim: plain, green: plain, yellow: plain, red: plain, cyan: plain },
    now: () => new Date('2026-11-22T12:00:00Z'),
    random: () => 0.5,
    packageDir: PACKAGE_DIR,
    signal: new AbortController().signal,
    ...overrides,
    env: { ORX_HOME: newHome(), ...overrides.env },
  }
  return { context, std }
}

export const newHome = (): string => mkdtempSync(join(tmpdir(), 'orx-home-'))

/** Runs `orx <line>` in process. Arguments with spaces come as an array. */
export async function orx(line: string | readonly string[], overrides: Partial<Context> = {}) {
  const { context, std } = world(overrides)
  const argv = typeof line === 'string' ? line.split(' ').filter(Boolean) : line
  const status = await run(argv, context)
  return { status, ...std }
}
