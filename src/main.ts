import { run } from './cli.ts'
import type { Context, Paint } from './context.ts'
import { EXIT } from './core/errors.ts'

/** Starts orx for real: the only function that knows `process`. */
export async function main(packageDir: string): Promise<void> {
  endQuietlyOnClosedPipe()
  const { stdout, stderr, stdin, env } = process
  const argv = process.argv.slice(2)
  const interrupt = new AbortController()
  process.once('SIGINT', () => {
    interrupt.abort()
    process.once('SIGINT', () => process.exit(130))
  })
  const context: Context = {
    out: (text) => stdout.write(text),
    err: (text) => stderr.write(text),
    // A getter, because touching process.stdin costs start-up time and most commands never read it.
    get stdin() {
      return { isTTY: stdin.isTTY === true, stream: stdin }
    },
    tty: { out: stdout.isTTY === true, err: stderr.isTTY === true },
    width: stdout.isTTY ? (stdout.columns ?? 80) : Number.POSITIVE_INFINITY,
    paint: await paint(argv, env, stdout.isTTY === true),
    env,
    now: () => new Date(),
    random: Math.random,
    packageDir,
    signal: interrupt.signal,
  }
  process.exitCode = await run(argv, context).catch((error: unknown) => {
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error)
    stderr.write(
      `orx ran into a bug of its own:\n${what}\n  Please report it with the command you typed.\n`,
    )
    return EXIT.bug
  })
}

function endQuietlyOnClosedPipe(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(0)
      throw error
    })
  }
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
