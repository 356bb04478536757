/** Text styles; each is the identity where colour is off. */
export type Paint = Readonly<
  Record<'bold' | 'dim' | 'green' | 'yellow' | 'red' | 'cyan', (text: string) => string>
>

/** Everything a command may touch outside its arguments. `main` builds the real one, tests build their own. */
export type Context = {
  /** Writes to stdout: the answer and nothing else. */
  readonly out: (text: string) => void
  /** Writes to stderr: notes, progress, warnings. */
  readonly err: (text: string) => void
  readonly stdin: { readonly isTTY: boolean; readonly stream: NodeJS.ReadableStream }
  readonly tty: { readonly out: boolean; readonly err: boolean }
  /** Columns of the terminal; Infinity in a pipe, where nothing is cut. */
  readonly width: number
  readonly paint: Paint
  readonly env: Readonly<Record<string, string | undefined>>
  readonly now: () => Date
  /** Uniform in [0, 1). */
  readonly random: () => number
  /** Folder of the installed package: `data/` lies below it. */
  readonly packageDir: string
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal
}
