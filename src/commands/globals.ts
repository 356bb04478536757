import { type Command, Option } from 'commander'

export type Format = 'table' | 'json' | 'csv' | 'md'

/** The options that every command takes, before or after its name. */
export type Globals = {
  readonly format: Format
  /** "latest", "snapshot", "report" or a file. */
  readonly catalog: string
  /** Every --catalog in the order typed; `catalog` is the last. */
  readonly catalogs: readonly string[]
  /** Id of a fee schedule; undefined means the newest. */
  readonly fees: string | undefined
  readonly offline: boolean
  readonly quiet: boolean
  readonly verbose: boolean
  readonly proxy: string | undefined
}

const collect = (text: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  text,
]

export function addGlobalOptions(root: Command): void {
  root
    .addOption(
      new Option('--format <format>', 'how to print the answer')
        .choices(['table', 'json', 'csv', 'md'])
        .default('table'),
    )
    .option('--json', 'short for --format json')
    .option('--catalog <name>', 'latest (default), snapshot, report, or a file', collect)
    .option('--fees <id>', 'fee schedule, e.g. 2025-11 (default: the newest)')
    .option('--offline', 'use no network at all')
    .option('-q, --quiet', 'no notes on stderr')
    .option('-v, --verbose', 'more notes on stderr')
    .option('--proxy <url>', 'HTTP proxy (HTTPS_PROXY and NO_PROXY are honoured too)')
    .option('--no-color', 'no colour (NO_COLOR is honoured too)')
}

export function globals(command: Command): Globals {
  const options = command.optsWithGlobals()
  const catalogs: readonly string[] = options['catalog'] ?? []
  return {
    format: options['json'] ? 'json' : options['format'],
    catalog: catalogs.at(-1) ?? 'latest',
    catalogs,
    fees: options['fees'],
    offline: options['offline'] === true,
    quiet: options['quiet'] === true,
    verbose: options['verbose'] === true,
    proxy: options['proxy'],
  }
}
