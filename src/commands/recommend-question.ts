import type { Command } from 'commander'
import { Option } from 'commander'
import { parseCount, parseMoney, parsePricePair } from '../core/amount.ts'
import { type Need, parseNeeds } from '../core/catalog/needs.ts'
import { OrxError } from '../core/errors.ts'
import { divide, multiply, type Usd, usd } from '../core/money.ts'
import type { Demands } from '../core/recommend/constraints.ts'
import type { Task, Volume } from '../core/recommend/task.ts'
import { PRIORITIES, type Priority, parseWeights, type Weights } from '../core/recommend/weights.ts'

/** What may be typed after the task. */
export type Flags = {
  readonly needs?: readonly Need[]
  readonly minContext?: number
  readonly maxPrice?: { readonly input: Usd; readonly output: Usd }
  readonly budget?: Usd
  readonly author?: readonly string[]
  readonly exclude?: readonly string[]
  readonly zdr?: true
  readonly free?: true
  readonly in?: number
  readonly out?: number
  readonly requests?: number
  readonly priority?: Priority
  readonly weights?: Weights
}

export const addQuestionOptions = (command: Command): Command =>
  command
    .option(
      '--needs <list>',
      'must be able to: vision,audio,video,files,tools,json,reasoning',
      parseNeeds,
    )
    .option('--min-context <tokens>', 'at least this context, e.g. 200k', (text) =>
      parseCount(text, '--min-context'),
    )
    .option('--max-price <in/out>', 'at most so many dollars per 1M tokens, e.g. 1/5', (text) =>
      parsePricePair(text, '--max-price'),
    )
    .option('--budget <usd/period>', 'at most so much for the volume, e.g. 200/month', budgetOf)
    .option('--in <tokens>', 'input tokens a month (default: typical of the task)', (text) =>
      parseCount(text, '--in'),
    )
    .option('--out <tokens>', 'output tokens a month', (text) => parseCount(text, '--out'))
    .option('--requests <count>', 'requests a month; long prompts may cost more', (text) =>
      parseCount(text, '--requests'),
    )
    .option('--author <names>', 'only by these authors, e.g. openai,google', listOf)
    .option('--exclude <names>', 'without these authors or models', listOf)
    .option('--zdr', 'only where a provider neither keeps nor trains on prompts')
    .option('--free', 'only free models')
    .addOption(
      new Option('--priority <axis>', 'add a pick that weighs the three axes').choices(
        Object.keys(PRIORITIES),
      ),
    )
    .option(
      '--weights <list>',
      'the same with weights: intelligence=3,latency=1,cost=2',
      parseWeights,
    )

const listOf = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean)

/** Months as the rest of orx counts them: 30 days. */
const PER_MONTH = { day: '30', week: '4.285714', month: '1', year: '12' } as const

/** "200/month", "$10/day", "200": dollars a month. */
function budgetOf(text: string): Usd {
  const [amount = '', period = 'month', ...rest] = text.split('/')
  const count = Object.hasOwn(PER_MONTH, period)
    ? PER_MONTH[period as keyof typeof PER_MONTH]
    : undefined
  if (count === undefined || rest.length > 0) {
    throw new OrxError(
      'BAD_ARGUMENT',
      `--budget: "${text}" is not understood`,
      'Give dollars a day, week, month or year, such as 200/month.',
    )
  }
  const money = parseMoney(amount, '--budget')
  return period === 'year' ? divide(money, usd('12'), 6) : multiply(money, usd(count))
}

/** The given volume; with no number of requests, requests of the size that is typical of the task. */
export function volumeOf({ volume }: Task, flags: Flags): Volume {
  if (flags.in === undefined && flags.out === undefined && flags.requests === undefined)
    return volume
  const input = flags.in ?? (flags.out === undefined ? volume.input : 0)
  const output = flags.out ?? (flags.in === undefined ? volume.output : 0)
  const typical = Math.max(1, Math.round((input * volume.requests) / volume.input))
  return { input, output, requests: flags.requests ?? typical }
}

export const demandsOf = (flags: Flags, zdr: ReadonlyMap<string, boolean> | null): Demands => ({
  needs: flags.needs ?? [],
  minContext: flags.minContext ?? null,
  maxPrice: flags.maxPrice ?? null,
  budget: flags.budget ?? null,
  authors: flags.author ?? [],
  exclude: flags.exclude ?? [],
  zdr,
  freeOnly: flags.free ?? false,
})

export function weightsOf({ priority, weights }: Flags): Weights | null {
  if (priority && weights) {
    throw new OrxError(
      'BAD_ARGUMENT',
      '--priority and --weights exclude each other',
      'Give one of them.',
    )
  }
  return weights ?? (priority ? PRIORITIES[priority] : null)
}
