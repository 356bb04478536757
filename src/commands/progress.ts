import type { Context } from '../context.ts'

/**
 * Shows a spinner on stderr while the work runs, on a terminal only and never with --quiet. It leaves nothing behind.
 * @param work may change the text through its argument.
 */
export async function progress<T>(
  { tty }: Pick<Context, 'tty'>,
  { quiet }: { readonly quiet: boolean },
  text: string,
  work: (say: (text: string) => void) => Promise<T>,
): Promise<T> {
  if (quiet || !tty.err) return work(() => {})
  const { default: ora } = await import('ora')
  // Ctrl-C is the context's signal; ora must not take stdin away from it.
  const spinner = ora({ text, discardStdin: false, hideCursor: true })
  // Off where ora knows better, as in CI; it would print the bare text there.
  if (!spinner.isEnabled) return work(() => {})
  spinner.start()
  try {
    return await work((next) => {
      spinner.text = next
    })
  } finally {
    spinner.stop()
  }
}
