import { type Command, Option } from 'commander'
import { parseCount, parseDuration, parsePricePair, parseRate, parseShare } from '../core/amount.ts'
import { type Need, parseNeeds } from '../core/catalog/needs.ts'
import { OrxError } from '../core/errors.ts'
import { toNumber, type Usd } from '../core/money.ts'
import type { Size } from '../core/simulate/cast.ts'
import type { Churn } from '../core/simulate/scene.ts'

export type Flags = {
  in: number
  out: number
  sizes?: readonly Size[]
  sizesFrom?: string
  requests: number
  over: number
  runs: number
  seed: number
  jobs?: number
  policy: string
  exponent: number
  fallback: 'draw' | 'price'
  fallbacks: boolean
  tries: number
  pool?: true
  order?: readonly string[]
  only?: readonly string[]
  ignore?: readonly string[]
  quantizations?: readonly string[]
  dataCollection: 'allow' | 'deny'
  zdr?: true
  maxPrice?: { readonly input: Usd; readonly output: Usd }
  requireParameters?: true
  needs?: readonly Need[]
  maxTokens?: number
  minThroughput?: number
  maxLatency?: number
  down?: readonly string[]
  outage: readonly string[]
  correlated?: Churn
  error: number
  rateLimited: number
  downError: number
  cut: number
  gateway: readonly [number, number]
  lag: number
  compare?: readonly string[]
  drill?: true
  survive: number
}

export function addFlags(command: Command): Command {
  return command
    .argument('<model...>', 'a model, or several to fall back to in this order')
    .addOption(
      worded('--in <tokens>', 'prompt tokens of a request', count('--in', 0, 100e6), 1000, '1000'),
    )
    .option('--out <tokens>', 'reply tokens of a request', count('--out', 0, 100e6), 200)
    .option('--sizes <list>', 'a mix of sizes, in/out:share, e.g. 500/100:60%,8k/1k:40%', sizes)
    .option('--sizes-from <log>', 'the sizes of the requests in a usage log')
    .addOption(
      worded('--requests <n>', 'requests in one run', count('--requests', 1, 1e9), 1e6, '1M'),
    )
    .addOption(
      worded('--over <time>', 'the time they are spread over', over, parseDuration('30d'), '30d'),
    )
    .option('--runs <n>', 'independent runs, for the intervals', count('--runs', 1, 1000), 10)
    .option('--seed <n>', 'of the random numbers', count('--seed', 0, 4294967295), 7)
    .option('--jobs <n>', 'threads (default: as many as pay off)', count('--jobs', 1, 256))
    .option(
      '--policy <name>',
      'classic, nitro, floor, latency, order:A/B, adjusted (also as MODEL:nitro)',
      'classic',
    )
    .option('--exponent <k>', 'k of the weights 1/priceᵏ', decimal('--exponent', 0, 50), 2)
    .option('--fallback <how>', 'after the first: draw again, or by price', fallback, 'draw')
    .option('--no-fallbacks', 'one try, or only those of the order')
    .option('--tries <n>', 'most endpoints tried per model', count('--tries', 1, 32), 3)
    .option('--pool', 'several models in one pool, by price and load')
    .option('--order <names>', 'try these endpoints first', names)
    .option('--only <names>', 'allow only these endpoints', names)
    .option('--ignore <names>', 'never use these', names)
    .option('--quantizations <list>', 'e.g. fp8,bf16', names)
    .option(
      '--data-collection <allow|deny>',
      'deny: none that stores or trains',
      collection,
      'allow',
    )
    .option('--zdr', 'zero data retention only')
    .option('--max-price <in/out>', 'US$ per 1M tokens, e.g. 1/5', (text) =>
      parsePricePair(text, '--max-price'),
    )
    .option('--require-parameters', 'drop endpoints without a parameter of --needs')
    .option('--needs <list>', 'tools, json, reasoning', parseNeeds)
    .option(
      '--max-tokens <n>',
      'as sent: endpoints with a smaller cap drop out',
      count('--max-tokens', 1, 100e6),
    )
    .option(
      '--min-throughput <n>',
      'tokens a second at p50; slower endpoints go last',
      decimal('--min-throughput', 0, 1e6),
    )
    .option(
      '--max-latency <time>',
      'first token at p50; later endpoints go last',
      duration('--max-latency'),
    )
    .option('--down <names>', 'these endpoints are out all the time', names)
    .addOption(
      new Option(
        '--outage <who@start+length>',
        'e.g. deepinfra@2d+5m, openrouter@1d+1h; may repeat',
      )
        .argParser(collect)
        .default([], 'none'),
    )
    .option('--correlated <between/length>', 'outages of all at once, e.g. 30d/1h', churn)
    .addOption(
      worded('--error <share>', 'healthy attempts that fail', share('--error'), 0.005, '0.5%'),
    )
    .addOption(
      worded(
        '--rate-limited <share>',
        'healthy attempts that are turned away',
        share('--rate-limited'),
        0.005,
        '0.5%',
      ),
    )
    .addOption(
      worded(
        '--down-error <share>',
        'attempts that fail at a degraded endpoint',
        share('--down-error'),
        0.15,
        '15%',
      ),
    )
    .addOption(worded('--cut <share>', 'streams cut half way, paid for', share('--cut'), 0, '0%'))
    .addOption(
      worded(
        '--gateway <ms>',
        "the gateway's overhead, e.g. 25-40",
        milliseconds,
        [25, 40],
        '25-40',
      ),
    )
    .addOption(
      worded(
        '--lag <time>',
        'until OpenRouter notices an outage',
        duration('--lag'),
        30_000,
        '30s',
      ),
    )
    .option('--compare <policies>', 'e.g. classic,nitro,floor,latency,order:a/b', names)
    .option('--drill', 'every single outage of a provider and every pair')
    .addOption(
      worded(
        '--survive <share>',
        'answered requests that count as survival',
        share('--survive'),
        0.99,
        '99%',
      ),
    )
}

/** A default that reads as it would be typed. */
const worded = (
  flags: string,
  description: string,
  parser: (text: string) => unknown,
  value: unknown,
  words: string,
): Option => new Option(flags, description).argParser(parser).default(value, words)

const bad = (text: string, what: string, wanted: string): OrxError =>
  new OrxError('BAD_ARGUMENT', `${what}: "${text}" is not understood`, `Give ${wanted}.`)

const outOfRange = (text: string, what: string, least: number, most: number): OrxError =>
  new OrxError('BAD_ARGUMENT', `${what}: ${text} is out of range`, `Give ${least} to ${most}.`)

const count =
  (what: string, least: number, most: number) =>
  (text: string): number => {
    const value = parseCount(text, what)
    if (value < least || value > most) throw outOfRange(text, what, least, most)
    return value
  }

const decimal =
  (what: string, least: number, most: number) =>
  (text: string): number => {
    const value = toNumber(parseRate(text, what))
    if (value < least || value > most) throw outOfRange(text, what, least, most)
    return value
  }

const share =
  (what: string) =>
  (text: string): number =>
    toNumber(parseShare(text, what))

const duration =
  (what: string) =>
  (text: string): number =>
    parseDuration(text, what)

const TEN_YEARS = 3653 * 86_400e3

function over(text: string): number {
  const ms = parseDuration(text, '--over')
  if (ms < 1000 || ms > TEN_YEARS) {
    throw new OrxError('BAD_ARGUMENT', `--over: ${text} is out of range`, 'Give 1s to 3653d.')
  }
  return ms
}

function names(text: string): readonly string[] {
  const list = text
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean)
  if (list.length === 0) throw bad(text, 'a list', 'names with commas between')
  return list
}

const collect = (text: string, before: readonly string[]): readonly string[] => [...before, text]

function fallback(text: string): 'draw' | 'price' {
  if (text === 'draw' || text === 'price') return text
  throw bad(text, '--fallback', 'draw or price')
}

function collection(text: string): 'allow' | 'deny' {
  if (text === 'allow' || text === 'deny') return text
  throw bad(text, '--data-collection', 'allow or deny')
}

/** "30d/1h": mean time between, and mean length. */
function churn(text: string): Churn {
  const [between = '', length = '', ...rest] = text.split('/')
  if (rest.length > 0) throw bad(text, '--correlated', 'mean times between and in outages: 30d/1h')
  const made = {
    betweenMs: parseDuration(between, '--correlated'),
    lengthMs: parseDuration(length, '--correlated'),
  }
  if (made.betweenMs >= 1000 && made.lengthMs >= 1000) return made
  throw bad(text, '--correlated', 'times of a second or more: 30d/1h')
}

/** "25-40", "25-40ms" or "30". */
function milliseconds(text: string): readonly [number, number] {
  const match = /^(\d+(?:\.\d+)?)(?:\s*[-–]\s*(\d+(?:\.\d+)?))?\s*(?:ms)?$/.exec(text.trim())
  const low = Number(match?.[1])
  const high = Number(match?.[2] ?? match?.[1])
  if (!match || low > high || high > 60_000)
    throw bad(text, '--gateway', 'milliseconds such as 25-40')
  return [low, high]
}

/** "500/100:60%,8k/1k:40%"; shares need not add up to one, and are optional where all are equal. */
function sizes(text: string): readonly Size[] {
  const parsed = names(text).map((each) => {
    const [pair = '', part] = each.split(':')
    const [input = '', output = '', ...rest] = pair.split('/')
    if (rest.length > 0 || !output)
      throw bad(each, '--sizes', 'tokens in/out:share, e.g. 8k/1k:40%')
    return {
      input: parseCount(input, '--sizes'),
      output: parseCount(output, '--sizes'),
      share: part === undefined ? 1 : toNumber(parseRate(part, '--sizes')),
    }
  })
  const total = parsed.reduce((sum, { share: part }) => sum + part, 0)
  if (parsed.length > 64 || total <= 0)
    throw bad(text, '--sizes', 'up to 64 sizes, not all of share 0')
  return parsed.map((size) => ({ ...size, share: size.share / total }))
}
