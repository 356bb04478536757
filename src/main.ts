import { getEventListeners } from 'node:events'
import { join } from 'node:path'
import { type CodeCache, useCodeCache } from './code-cache.ts'
import type { Context, Paint } from './context.ts'
import { EXIT } from './core/errors.ts'
import { output } from './output.ts'
import { paths } from './sources/paths.ts'
import { build, version } from './version.ts'

/** Starts orx for real: with `output.ts` the only place that knows `process`. */
export async function main(packageDir: string): Promise<void> {
  const { env } = process
  const argv = process.argv.slice(2)
  let aborting: AbortController | undefined
  // Made when it is first asked for: Node loads it apart, and most commands are over before anybody could interrupt them.
  const interrupt = (): AbortController => {
    aborting ??= new AbortController()
    return aborting
  }
  const reader = { gone: false }
  const stderr = output(2, (error) => {
    // Nobody reading notes is no reason to stop.
    if (error.code !== 'EPIPE') throw error
  })
  const stdout = output(1, (error) => {
    if (error.code === 'EPIPE') return readerLeft(reader, interrupt())
    stderr.write(`error: the answer cannot be written (${error.code})\n  Check where it goes.\n`)
    process.exit(EXIT.bug)
  })
  // Scripts ask for the version again and again, and it needs nothing else.
  if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
    stdout.write(`${version()}\n`)
    return
  }
  const cache = codeCache(argv[0], env, packageDir)
  process.once('SIGINT', () => {
    interrupt().abort()
    process.once('SIGINT', () => process.exit(130))
  })
  const context: Context = {
    out: (text) => reader.gone || stdout.write(text),
    err: (text) => reader.gone || stderr.write(text),
    // A getter, because touching process.stdin costs start-up time and most commands never read it.
    get stdin() {
      return { isTTY: process.stdin.isTTY === true, stream: process.stdin }
    },
    tty: { out: stdout.isTTY, err: stderr.isTTY },
    width: stdout.isTTY ? (stdout.columns ?? 80) : Number.POSITIVE_INFINITY,
    paint: await paint(argv, env, stdout.isTTY),
    env,
    now: () => new Date(),
    random: Math.random,
    packageDir,
    get signal() {
      return interrupt().signal
    },
  }
  const { run } = await programFor(argv[0])
  const status = await run(argv, context).catch((error: unknown) => {
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error)
    context.err(
      `orx ran into a bug of its own:\n${what}\n  Please report it with the command you typed.\n`,
    )
    return EXIT.bug
  })
  process.exitCode = reader.gone ? EXIT.ok : status
  if (status === EXIT.ok) cache?.save()
  // Ends at once where all is written, and not in this turn, since a stream tells later that a write failed. Left to
  // itself, Node would first wait for code that V8 still optimises and take its heap apart.
  setImmediate(() => {
    if (stdout.flushed() && stderr.flushed()) process.exit()
  })
}

/** The file that holds the command line with this command. */
function programFor(command: string | undefined): Promise<Pick<typeof import('./cli.ts'), 'run'>> {
  if (command === 'chat' || command === 'pick') return import('./prompt.ts')
  return command === 'usage' ? import('./logs.ts') : import('./cli.ts')
}

/** Longest wait for what is under way to be cancelled and entered into the ledger. */
const LEAVE_MS = 3_000

/**
 * A reader that goes away (`| head -1`) ends orx quietly with 0: at once, or, where something hears the interrupt, such as a
 * prompt on its way, once that is settled.
 */
function readerLeft(reader: { gone: boolean }, interrupt: AbortController): void {
  if (getEventListeners(interrupt.signal, 'abort').length === 0) process.exit(EXIT.ok)
  reader.gone = true
  interrupt.abort()
  setTimeout(() => process.exit(EXIT.ok), LEAVE_MS).unref()
}

/** One cache a command; words that are none, such as flags and typing errors, go without. */
function codeCache(
  command: string | undefined,
  env: NodeJS.ProcessEnv,
  packageDir: string,
): CodeCache | undefined {
  if (!command || !/^[a-z]{2,12}$/.test(command)) return undefined
  const file = join(paths({ env }).cache, 'code', `${command}.bin`)
  return useCodeCache(file, join(packageDir, 'dist', 'main.cjs'), build())
}

const plain = (text: string): string => text
const PLAIN: Paint = {
  bold: plain,
  dim: plain,
  green: plain,
  yellow: plain,
  red: plain,
  cyan: plain,
}

/** chalk is loaded only where colour will show: see no-color.org and force-color.org for the variables. */
async function paint(
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
  isTTY: boolean,
): Promise<Paint> {
  const forced = ![undefined, '', '0', 'false'].includes(env['FORCE_COLOR'])
  const off = argv.includes('--no-color') || Boolean(env['NO_COLOR']) || env['TERM'] === 'dumb'
  if (argv.includes('--no-color') || (!forced && (off || !isTTY))) return PLAIN
  const { Chalk } = await import('chalk')
  return new Chalk({ level: 1 })
}
