import { Command, CommanderError, Help, type Option } from 'commander'
import { addGlobalOptions, globals } from './commands/globals.ts'
import { COMMANDS, type CommandEntry } from './commands/index.ts'
import type { Context } from './context.ts'
import { EXIT, OrxError } from './core/errors.ts'
import { nearest } from './core/nearest.ts'
import { version } from './version.ts'

/** With 'all' every command is declared with its flags, for docs and tests; otherwise those typed, or, for the help, the names of all. */
export async function program(ctx: Context, argv: readonly string[] | 'all'): Promise<Command> {
  const root = new Command('orx')
    .description(
      'Pick a language model, know what it will cost, see who serves it, send the prompt.',
    )
    .version(version(), '-V, --version', 'print the version')
    .helpCommand('help [command]', 'show help for a command')
    .configureHelp({
      showGlobalOptions: true,
      helpWidth: Math.min(ctx.width, 100),
      optionDescription,
    })
  addGlobalOptions(root)
  const typed = argv === 'all' ? COMMANDS : typedIn(argv)
  const listed = typed.length === 0 || argv.includes('--help') || argv.includes('-h')
  for (const entry of listed ? COMMANDS : typed) {
    const command = root.command(entry.name).summary(entry.summary)
    if (typed.includes(entry)) (await entry.load()).declare(command, ctx)
  }
  root.allowExcessArguments().action(async () => {
    const [typed] = root.args
    if (typed !== undefined) throw unknownCommand(typed)
    const { overview } = await import('./commands/overview.ts')
    await overview(ctx, globals(root))
  })
  for (const command of everyCommand(root)) {
    command
      .exitOverride()
      .configureOutput({ writeOut: ctx.out, writeErr: () => {} })
      .showSuggestionAfterError()
  }
  return root
}

/** The command that stands first; after global options every name that occurs, since their values come before it. */
function typedIn(argv: readonly string[]): readonly CommandEntry[] {
  const first = COMMANDS.filter(({ name }) => name === argv[0])
  return first.length > 0 ? first : COMMANDS.filter(({ name }) => argv.includes(name))
}

/** "(default: [])" of a repeatable option tells nobody anything. */
function optionDescription(option: Option): string {
  const silent = Array.isArray(option.defaultValue) && option.defaultValueDescription === undefined
  const shown = silent ? Object.create(option, { defaultValue: { value: undefined } }) : option
  return new Help().optionDescription(shown)
}

function unknownCommand(typed: string): OrxError {
  const [guess] = nearest(
    typed,
    COMMANDS.map(({ name }) => name),
  )
  return new OrxError(
    'BAD_ARGUMENT',
    `there is no command "${typed}"`,
    guess ? `Did you mean \`orx ${guess}\`?` : 'Run `orx --help` for the list.',
  )
}

function* everyCommand(command: Command): Generator<Command> {
  yield command
  for (const child of command.commands) yield* everyCommand(child)
}

/** Runs one command line and returns its exit status. Never ends the process, so that tests call it directly. */
export async function run(argv: readonly string[], ctx: Context): Promise<number> {
  try {
    await (await program(ctx, argv)).parseAsync([...argv], { from: 'user' })
    return EXIT.ok
  } catch (error) {
    const failure = asOrxError(error, argv)
    if (failure === 'done') return EXIT.ok
    ctx.err(wantsJson(argv) ? errorJson(failure) : errorText(failure, ctx))
    return failure.exit
  }
}

function asOrxError(error: unknown, argv: readonly string[]): OrxError | 'done' {
  if (error instanceof OrxError) return error
  if (!(error instanceof CommanderError)) throw error
  if (error.exitCode === 0 || error.code === 'commander.help') return 'done'
  const [command] = typedIn(argv)
  const help = command ? `orx ${command.name} --help` : 'orx --help'
  const message = error.message.replace(/^error: /, '').replaceAll('\n', ' ')
  return new OrxError('BAD_ARGUMENT', message, `Run \`${help}\`.`)
}

const wantsJson = (argv: readonly string[]): boolean =>
  argv.includes('--json') ||
  argv.includes('--format=json') ||
  argv.some((arg, at) => arg === '--format' && argv[at + 1] === 'json')

const errorJson = ({ code, message, remedy }: OrxError): string =>
  `${JSON.stringify({ error: { code, message, remedy } })}\n`

const errorText = ({ message, remedy }: OrxError, { paint }: Context): string =>
  `${paint.red('error:')} ${message}\n  ${remedy}\n`
