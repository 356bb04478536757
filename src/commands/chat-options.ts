import { type Command, InvalidArgumentError, Option } from 'commander'
import { parseCount, parseDuration, parsePricePair } from '../core/amount.ts'
import { OrxError } from '../core/errors.ts'
import type { Preferences } from '../core/policy/routing.ts'
import { RULES, type Rules } from '../core/send/policy.ts'
import type { Effort, Prompt } from '../core/send/prompt.ts'
import { ROUTE_MODES, type RouteMode } from '../core/send/route.ts'

/** The flags of `orx chat` as they were typed. */
export type ChatFlags = {
  readonly model: readonly string[]
  readonly route: RouteMode
  readonly provider?: string
  readonly only?: string
  readonly ignore?: string
  readonly maxPrice?: string
  readonly zdr?: true
  readonly quantization?: string
  readonly system?: string
  readonly temperature?: number
  readonly maxTokens?: number
  readonly topP?: number
  readonly seed?: number
  readonly stop?: readonly string[]
  readonly reasoning?: Effort
  readonly schema?: string
  readonly tools?: string
  readonly attach: readonly string[]
  readonly session?: string
  readonly continue?: true
  readonly stream: boolean
  readonly param: readonly string[]
  readonly timeout: number
  readonly retries: number
  readonly retryMidStream?: true
  readonly allowPricier?: true
  readonly logPrompts?: true
  readonly dryRun?: true
  readonly raw?: true
  readonly jsonl?: true
}

const collect = (value: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  value,
]

/** A parser of commander out of one that throws OrxErrors. */
const typed =
  <T>(parse: (text: string) => T) =>
  (text: string): T => {
    try {
      return parse(text)
    } catch (error) {
      if (error instanceof OrxError) throw new InvalidArgumentError(error.remedy)
      throw error
    }
  }

const between = (least: number, most: number) => (text: string) => {
  const value = Number(text)
  if (text.trim() !== '' && value >= least && value <= most) return value
  throw new InvalidArgumentError(`Give a number from ${least} to ${most}.`)
}

export function declareOptions(command: Command): Command {
  return command
    .addOption(
      new Option('-m, --model <id>', 'auto, or a model[:nitro|:floor|:free|…]; again for fallbacks')
        .argParser(collect)
        .default([], 'auto'),
    )
    .addOption(
      new Option('--route <route>', 'how to pay and send').choices(ROUTE_MODES).default('cheapest'),
    )
    .option('--provider <slugs>', 'try these providers first, in this order: openai,azure')
    .option('--only <slugs>', 'no other providers')
    .option('--ignore <slugs>', 'not these providers')
    .option('--max-price <in/out>', 'most US$ per 1M tokens, e.g. 1/5')
    .option('--zdr', 'only endpoints with zero data retention')
    .option('--quantization <names>', 'only these, e.g. fp8,bf16')
    .option('--allow-pricier', 'let a fallback cost more than the first choice')
    .option('-s, --system <text>', 'system prompt')
    .option('--max-tokens <count>', 'most tokens of reply', typed(parseCount))
    .option('--temperature <number>', '0 to 2', between(0, 2))
    .option('--top-p <number>', '0 to 1', between(0, 1))
    .option('--seed <number>', 'for repeatable sampling', typed(parseCount))
    .option('--stop <text>', 'stop before this text; again for more', collect)
    .addOption(
      new Option('--reasoning <effort>', 'how much to think').choices(['low', 'medium', 'high']),
    )
    .option('--param <key=value>', 'any further field of the request; JSON or text', collect, [])
    .option('--schema <file>', 'JSON Schema that the reply must fit')
    .option('--tools <file>', 'tools the model may call; calls are printed, none is executed')
    .option(
      '-a, --attach <file>',
      'image, PDF or audio, by path or URL; again for more',
      collect,
      [],
    )
    .option('--session <name>', 'keep the conversation under this name, or go on with it')
    .option('-c, --continue', 'go on with the last session')
    .option('--no-stream', 'ask for the reply in one piece')
    .addOption(
      new Option('--timeout <duration>', 'for everything, retries included')
        .argParser(typed(parseDuration))
        .default(RULES.deadlineMs, '5m'),
    )
    .option('--retries <count>', 'further tries at one place', between(0, 10), RULES.retries)
    .option(
      '--retry-mid-stream',
      'ask again for a cut reply; holds the text back until it is complete',
    )
    .option(
      '--dry-run',
      'show the exact request, the route, the odds and the estimate; send nothing',
    )
    .option('--log-prompts', 'keep the prompt in the ledger')
    .option('--raw', 'do not render Markdown')
    .option('--jsonl', 'one JSON object a line, as events come')
}

export const rulesOf = ({ timeout, retries, retryMidStream }: ChatFlags): Rules => ({
  ...RULES,
  deadlineMs: timeout,
  retries,
  midStream: retryMidStream === true,
})

const names = (text: string | undefined): readonly string[] | undefined =>
  text === undefined
    ? undefined
    : text
        .split(',')
        .map((each) => each.trim().toLowerCase())
        .filter(Boolean)

/** `--max-price`, US$ per 1M tokens. @throws OrxError BAD_ARGUMENT */
export const maxPriceOf = ({ maxPrice }: ChatFlags) =>
  maxPrice === undefined ? undefined : parsePricePair(maxPrice, '--max-price')

export function preferencesOf(flags: ChatFlags): Preferences {
  const [order, only, ignore] = [flags.provider, flags.only, flags.ignore].map(names)
  const quantizations = names(flags.quantization)
  const maxPrice = maxPriceOf(flags)
  return {
    ...(order && { order }),
    ...(only && { only }),
    ...(ignore && { ignore }),
    ...(quantizations && { quantizations }),
    ...(flags.zdr && { zdr: true }),
    ...(maxPrice && { maxPrice: { prompt: maxPrice.input, completion: maxPrice.output } }),
    // A schema or tools that an endpoint ignores would give a reply that cannot be used.
    ...((flags.schema ?? flags.tools) !== undefined && { requireParameters: true }),
  }
}

/** The sampling and further fields of a prompt. */
export function samplingOf(flags: ChatFlags): Omit<Prompt, 'messages' | 'maxTokens'> {
  const { stream, temperature, topP, seed, stop, reasoning } = flags
  const extra = Object.fromEntries(flags.param.map(parameter))
  return {
    stream,
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { topP }),
    ...(seed !== undefined && { seed }),
    ...(stop && { stop }),
    ...(reasoning && { reasoning }),
    ...(flags.param.length > 0 && { extra }),
  }
}

/** Fields that orx itself answers for: the money and the shape of the reply depend on them. */
const RESERVED = ['messages', 'model', 'models', 'stream', 'max_tokens', 'max_completion_tokens']

function parameter(text: string): readonly [string, unknown] {
  const at = text.indexOf('=')
  const key = text.slice(0, at)
  if (at < 1 || RESERVED.includes(key)) {
    throw new OrxError(
      'BAD_ARGUMENT',
      at < 1 ? `--param "${text}" has no key` : `--param cannot set "${key}"`,
      at < 1 ? 'Give key=value, e.g. --param top_k=40.' : 'It has a flag of its own.',
    )
  }
  const value = text.slice(at + 1)
  try {
    return [key, JSON.parse(value)]
  } catch {
    return [key, value]
  }
}
