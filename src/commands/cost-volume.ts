import { readFileSync, statSync } from 'node:fs'
import { type Command, Option } from 'commander'
import { parseCount, parseRate, parseShare, parseTimeOfDay } from '../core/amount.ts'
import type { Period, Volume } from '../core/cost/route.ts'
import { grownVolumes, volumeOf } from '../core/cost/volume.ts'
import { OrxError } from '../core/errors.ts'
import type { Usd } from '../core/money.ts'

export type VolumeFlags = {
  in?: number
  out?: number
  per: Period
  requests?: number
  cached?: Usd
  cacheWrite?: { tokens: number } | { share: Usd }
  reasoning?: number
  images?: number
  imageTokens?: number
  searches?: number
  at?: number
  growth?: Usd
  months?: number
  prompt?: string
}

const count = (flag: string) => (text: string) => parseCount(text, flag)

export function addVolumeOptions(command: Command): Command {
  return command
    .option('--in <tokens>', 'input tokens of the period, e.g. 100M', count('--in'))
    .option('--out <tokens>', 'output tokens of the period, e.g. 20M', count('--out'))
    .addOption(
      new Option('--per <period>', 'what --in and --out are the totals of')
        .choices(['request', 'day', 'month', 'year'])
        .default('month'),
    )
    .option(
      '--requests <n>',
      'requests in the period: tiers then apply to one request; with --per request, requests a month',
      count('--requests'),
    )
    .option('--cached <share>', 'share of the input read from a prompt cache, e.g. 60%', (text) =>
      parseShare(text, '--cached'),
    )
    .option(
      '--cache-write <amount>',
      'input tokens written to a cache, or the share of the input',
      (text) =>
        text.includes('%')
          ? { share: parseShare(text, '--cache-write') }
          : { tokens: parseCount(text, '--cache-write') },
    )
    .option('--reasoning <tokens>', 'reasoning tokens, billed as output', count('--reasoning'))
    .option('--images <n>', 'images in the input', count('--images'))
    .option('--image-tokens <n>', 'tokens that one image takes', count('--image-tokens'))
    .option('--searches <n>', 'web searches', count('--searches'))
    .option(
      '--at <time>',
      'UTC time of the requests, e.g. 02:00Z (default: the average of the week)',
      (text) => parseTimeOfDay(text, '--at'),
    )
    .option('--growth <rate>', 'growth a month, with --months', (text) =>
      parseRate(text, '--growth'),
    )
    .option('--months <n>', 'sum over so many months', count('--months'))
    .option('--prompt <file>', 'count the tokens of a text file as the input of one request')
}

export type Volumes = {
  /** One for each month of the horizon; one alone without --months. */
  readonly months: readonly [Volume, ...Volume[]]
  /** How many tokens --prompt counted; null without it. */
  readonly counted: number | null
}

/** @throws OrxError BAD_ARGUMENT, FILE_NOT_FOUND */
export async function volumesOf(flags: VolumeFlags, day: number): Promise<Volumes> {
  const counted = flags.prompt === undefined ? null : await promptTokens(flags.prompt)
  if (flags.in === undefined && flags.out === undefined && counted === null) {
    throw new OrxError(
      'BAD_ARGUMENT',
      'there is nothing to price',
      'Try `orx cost --in 100M --out 20M`.',
    )
  }
  const months = monthsOf(flags)
  const volume = periodVolume(flags, counted, day)
  if (flags.months !== undefined && volume.period !== 'month') {
    throw new OrxError('BAD_ARGUMENT', '--months needs monthly volumes', 'Give totals --per month.')
  }
  const zero = { units: 0n, scale: 0 }
  return { months: grownVolumes(volume, flags.growth ?? zero, months), counted }
}

function monthsOf({ growth, months }: VolumeFlags): number {
  if (growth && months === undefined) {
    throw new OrxError('BAD_ARGUMENT', '--growth needs --months', 'Try --growth 5% --months 12.')
  }
  if (months !== undefined && (months < 1 || months > 240)) {
    throw new OrxError('BAD_ARGUMENT', '--months goes from 1 to 240', 'Try --months 12.')
  }
  return months ?? 1
}

const periodVolume = (flags: VolumeFlags, counted: number | null, day: number): Volume =>
  volumeOf({
    input: (flags.in ?? 0) + (counted ?? 0),
    output: flags.out ?? 0,
    period: counted === null ? flags.per : 'request',
    requests: flags.requests ?? null,
    cached: flags.cached ?? null,
    cacheWrite: flags.cacheWrite ?? null,
    reasoning: flags.reasoning ?? 0,
    images: flags.images ?? 0,
    imageTokens: flags.imageTokens ?? 0,
    searches: flags.searches ?? 0,
    at: flags.at === undefined ? 'average' : { minute: flags.at, day },
  })

const LARGEST_PROMPT = 64 * 2 ** 20

async function promptTokens(file: string): Promise<number> {
  let text: string
  try {
    const { size } = statSync(file)
    if (size > LARGEST_PROMPT) {
      throw new OrxError('BAD_INPUT', `${file} is larger than 64 MiB`, 'Give its tokens as --in.')
    }
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    if (cause instanceof OrxError) throw cause
    const code = (cause as NodeJS.ErrnoException).code
    throw new OrxError(
      'FILE_NOT_FOUND',
      `${file} cannot be read (${code})`,
      'Check the path of --prompt.',
      { cause },
    )
  }
  const { countTokens } = await import('../sources/tokens.ts')
  return countTokens(text)
}
