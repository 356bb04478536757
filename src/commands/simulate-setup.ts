import { parseDuration } from '../core/amount.ts'
import type { Endpoint } from '../core/catalog/endpoint.ts'
import { OrxError } from '../core/errors.ts'
import { nearest } from '../core/nearest.ts'
import { matchesName, providerSlug } from '../core/policy/match.ts'
import {
  POLICIES,
  type PolicyName,
  type Preferences,
  type Routing,
} from '../core/policy/routing.ts'
import type { Incidence, Setup } from '../core/simulate/cast.ts'
import type { OutageTable } from '../core/simulate/outages.ts'
import type { Flags } from './simulate-flags.ts'

/** The request of the domain behind the flags. @throws OrxError BAD_ARGUMENT, ENDPOINT_NOT_FOUND */
export function setupOf(
  flags: Flags,
  models: readonly string[],
  endpoints: readonly Endpoint[],
  outages: OutageTable,
): Setup {
  if (flags.runs * flags.requests > 2e9) {
    throw new OrxError(
      'BAD_ARGUMENT',
      `${flags.runs} runs of ${flags.requests} requests are too many`,
      'Stay within 2B in all: lower --requests or --runs.',
    )
  }
  if (flags.error + flags.rateLimited > 1) {
    throw new OrxError(
      'BAD_ARGUMENT',
      '--error and --rate-limited exceed 100 % together',
      'Lower one.',
    )
  }
  for (const list of [flags.order, flags.ignore, flags.down, flags.only]) {
    for (const name of list ?? []) known(name, endpoints)
  }
  return {
    endpoints,
    routing: routingOf(flags, flags.policy, models, endpoints),
    sizes: flags.sizes ?? [{ input: flags.in, output: flags.out, share: 1 }],
    request: {
      time: 'average',
      parameters: (flags.needs ?? []).flatMap((need) => PARAMETERS[need] ?? []),
      ...(flags.maxTokens === undefined ? {} : { maxTokens: flags.maxTokens }),
    },
    assumptions: {
      error: flags.error,
      rateLimited: flags.rateLimited,
      downError: flags.downError,
      cut: flags.cut,
      gatewayMs: flags.gateway,
      lagMs: flags.lag,
      shared: flags.correlated ?? null,
    },
    outages,
    seed: flags.seed,
    runs: flags.runs,
    requests: flags.requests,
    overMs: flags.over,
    incidents: [...downs(flags), ...flags.outage.map((text) => incidence(text, flags, endpoints))],
  }
}

const PARAMETERS: Readonly<Record<string, readonly string[]>> = {
  tools: ['tools'],
  json: ['response_format'],
  reasoning: ['reasoning'],
}

/** The routing for one policy as typed: "floor", "order:deepinfra/novita". */
export function routingOf(
  flags: Flags,
  typed: string,
  models: readonly string[],
  endpoints: readonly Endpoint[],
): Routing {
  const [name = '', list] = typed.split(/:(.*)/s)
  const policy = policyNamed(name, typed)
  const order = list ? namesIn(list, endpoints) : flags.order
  if (policy === 'order' && !order) {
    throw new OrxError(
      'BAD_ARGUMENT',
      'the policy "order" needs an order',
      `Type --policy order:${endpoints.slice(0, 2).map(providerSlug).join('/')}, or --order.`,
    )
  }
  return {
    policy: order && (policy === 'order' || flags.order) ? 'order' : policy,
    preferences: preferencesOf(flags, policy === 'order' || flags.order ? order : undefined),
    exponent: flags.exponent,
    fallback: flags.fallback,
    models,
    pooled: flags.pool === true,
    tries: flags.tries,
  }
}

function policyNamed(name: string, typed: string): PolicyName {
  const found = POLICIES.find((policy) => policy === name.toLowerCase())
  if (found && (found === 'order' || !typed.includes(':'))) return found
  const [guess] = nearest(name, POLICIES)
  throw new OrxError(
    'BAD_ARGUMENT',
    `there is no policy "${typed}"`,
    `${guess ? `Did you mean ${guess}? ` : ''}Give one of ${POLICIES.join(', ')}.`,
  )
}

/** Slashes separate endpoints and are part of their slugs: "deepinfra/fp4/novita" is two. */
function namesIn(list: string, endpoints: readonly Endpoint[]): readonly string[] {
  const parts = list.split('/').filter(Boolean)
  const names: string[] = []
  for (let at = 0; at < parts.length; at++) {
    const pair = parts.slice(at, at + 2).join('/')
    const whole = at + 1 < parts.length && endpoints.some(({ tag }) => tag === pair)
    names.push(known(whole ? pair : (parts[at] ?? ''), endpoints))
    if (whole) at += 1
  }
  return names
}

function preferencesOf(flags: Flags, order: readonly string[] | undefined): Preferences {
  const { only, ignore, quantizations, maxPrice, minThroughput, maxLatency } = flags
  return {
    allowFallbacks: flags.fallbacks,
    dataCollection: flags.dataCollection,
    requireParameters: flags.requireParameters === true,
    zdr: flags.zdr === true,
    ...(order && { order }),
    ...(only && { only }),
    ...(ignore && { ignore }),
    ...(quantizations && { quantizations }),
    ...(maxPrice && { maxPrice: { prompt: maxPrice.input, completion: maxPrice.output } }),
    ...(minThroughput !== undefined && { minThroughput: { p50: minThroughput } }),
    ...(maxLatency !== undefined && { maxLatency: { p50: maxLatency / 1000 } }),
  }
}

/** A name that some endpoint of the model answers to. @throws OrxError ENDPOINT_NOT_FOUND */
function known(name: string, endpoints: readonly Endpoint[]): string {
  if (endpoints.some((endpoint) => matchesName(endpoint, name))) return name
  const names = endpoints.flatMap((each) => [each.tag, providerSlug(each)])
  const guesses = nearest(name, names)
  throw new OrxError(
    'ENDPOINT_NOT_FOUND',
    `no endpoint "${name}" serves ${[...new Set(endpoints.map(({ model }) => model))].join(', ')}`,
    guesses.length > 0
      ? `Did you mean ${guesses.join(', ')}?`
      : `It has ${[...new Set(endpoints.map(({ tag }) => tag))].slice(0, 12).join(', ')}.`,
  )
}

/** Out all the time, and known to be. */
const downs = ({ down, lag, over }: Flags): readonly Incidence[] =>
  (down ?? []).map((name) => ({
    strikes: (endpoint) => matchesName(endpoint, name),
    fromMs: -1 - lag,
    toMs: over + 1,
  }))

/** "deepinfra,novita@2d+5m": who, from when, for how long. */
function incidence(text: string, { over }: Flags, endpoints: readonly Endpoint[]): Incidence {
  const [, who = '', start = '', length = ''] = /^([^@]+)@([^+]+)\+(.+)$/.exec(text) ?? []
  if (!length) {
    throw new OrxError(
      'BAD_ARGUMENT',
      `--outage: "${text}" is not understood`,
      'Give who@start+length: deepinfra@2d+5m.',
    )
  }
  const fromMs = parseDuration(start, '--outage')
  const toMs = fromMs + parseDuration(length, '--outage')
  if (fromMs >= over) {
    throw new OrxError(
      'BAD_ARGUMENT',
      `--outage: "${text}" begins after the simulated time`,
      'Begin earlier, or raise --over.',
    )
  }
  if (who.toLowerCase() === 'openrouter') return { strikes: 'gateway', fromMs, toMs }
  const names = who.split(',').map((each) => known(each.trim(), endpoints))
  return {
    strikes: (endpoint) => names.some((name) => matchesName(endpoint, name)),
    fromMs,
    toMs,
  }
}
