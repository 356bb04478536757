import type { Context } from '../context.ts'
import { OrxError } from '../core/errors.ts'
import type { Size } from '../core/simulate/cast.ts'
import { volumeAt } from '../core/usage/volume.ts'
import { readLogs } from './logs/read.ts'

/** Prompt sizes at which a log is cut: a class for each, priced at the mean of its requests. */
const EDGES = [64, 128, 256, 512, 1e3, 2e3, 4e3, 8e3, 16e3, 32e3, 64e3, 128e3, 256e3, 512e3]

/** The sizes of the requests in a usage log, of every model together. @throws OrxError BAD_INPUT where it has no tokens */
export async function sizesOfLog(
  ctx: Pick<Context, 'stdin' | 'signal'>,
  file: string,
): Promise<readonly Size[]> {
  const { tally } = await readLogs({
    files: [file],
    mapping: new Map(),
    cuts: async () => ({ ofModel: () => ({ prompts: EDGES, minutes: [0] }), contexts: [] }),
    stdin: () => ctx.stdin.stream,
    signal: ctx.signal,
    classify: null,
    onProgress: () => {},
  })
  const classes = new Map<number, { requests: number; input: number; output: number }>()
  const values = tally.values()
  for (const { prompt, base } of tally.cells()) {
    const { requests, input, output } = volumeAt(values, base)
    const sum = classes.get(prompt) ?? { requests: 0, input: 0, output: 0 }
    classes.set(prompt, {
      requests: sum.requests + requests,
      input: sum.input + input,
      output: sum.output + output,
    })
  }
  const sums = [...classes.values()].filter(({ requests, input }) => requests > 0 && input > 0)
  const total = sums.reduce((all, { requests }) => all + requests, 0)
  if (total === 0) {
    throw new OrxError(
      'BAD_INPUT',
      `${file} has no requests with tokens`,
      'Give a usage log (orx usage --help), or a list such as --sizes 500/100:60%,8k/1k:40%.',
    )
  }
  return sums
    .map(({ requests, input, output }) => ({
      input: Math.round(input / requests),
      output: Math.round(output / requests),
      share: requests / total,
    }))
    .sort((a, b) => a.input - b.input)
}
