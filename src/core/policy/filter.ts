import type { Endpoint } from '../catalog/endpoint.ts'
import { compare, toDecimal, usd } from '../money.ts'
import { ratesFor } from '../price.ts'
import { matchesName, matchesQuantization, tierOf } from './match.ts'
import type { Dropped, DropReason, RouteRequest, Routing } from './routing.ts'

/** Makers of rules give null for one that could drop nobody. */
type Rule = (endpoint: Endpoint) => readonly [DropReason, string] | undefined

/** Applies the hard filters; each endpoint that falls keeps the first reason. */
export function filtered(
  endpoints: readonly Endpoint[],
  request: RouteRequest,
  routing: Routing,
): { readonly kept: readonly Endpoint[]; readonly dropped: readonly Dropped[] } {
  const rules = [
    listed(routing),
    tier(routing),
    privacy(routing),
    priced(request, routing),
    fits(request),
    parameters(request, routing),
  ].filter((rule) => rule !== null)
  const dropped: Dropped[] = []
  const judge = (from: readonly Endpoint[], judges: readonly Rule[]) =>
    from.filter((endpoint) => {
      for (const rule of judges) {
        const verdict = rule(endpoint)
        if (!verdict) continue
        dropped.push({ endpoint, reason: verdict[0], detail: verdict[1] })
        return false
      }
      return true
    })
  const left = judge(endpoints, rules)
  const preferred = soft(left, request)
  return { kept: preferred ? judge(left, [preferred]) : left, dropped }
}

function listed({ policy, preferences }: Routing): Rule {
  const { only, ignore, order, allowFallbacks, quantizations } = preferences
  const strict = policy === 'order' && allowFallbacks === false
  const among = (endpoint: Endpoint, names: readonly string[]) =>
    names.some((name) => matchesName(endpoint, name))
  return (endpoint) => {
    if (endpoint.byokOnly) return ['byok', '']
    if (only && !among(endpoint, only)) return ['only', only.join(', ')]
    if (ignore && among(endpoint, ignore)) return ['ignore', ignore.join(', ')]
    if (strict && !among(endpoint, order ?? [])) return ['order', (order ?? []).join(', ')]
    if (quantizations && !matchesQuantization(endpoint, quantizations))
      return ['quantization', endpoint.quantization]
    return undefined
  }
}

/** `nitro` admits priority tiers and `floor` flex ones; else a tier must be named in full. An order cancels the admission. */
function tier({ policy, preferences }: Routing): Rule {
  const named = [...(preferences.only ?? []), ...(preferences.order ?? [])]
  const admitted = preferences.order
    ? undefined
    : policy === 'nitro'
      ? 'priority'
      : policy === 'floor'
        ? 'flex'
        : undefined
  return (endpoint) => {
    const its = tierOf(endpoint)
    if (!its || its === admitted || named.some((name) => matchesName(endpoint, name)))
      return undefined
    return ['tier', its]
  }
}

function privacy({ preferences: { dataCollection, zdr } }: Routing): Rule | null {
  if (!zdr && dataCollection !== 'deny') return null
  return ({ trains, retains, zdr: zero }) => {
    if (zdr && zero !== true) return ['zdr', retains === null ? 'unknown' : '']
    if (dataCollection === 'deny' && (trains !== false || retains !== false))
      return ['data', trains === null || retains === null ? 'unknown' : '']
    return undefined
  }
}

/** Prices with hours are held against the limit as they are on a Wednesday noon where no time is given. */
const NOON = { minute: 720, day: 3 }

function priced(request: RouteRequest, { preferences: { maxPrice } }: Routing): Rule | null {
  if (!maxPrice) return null
  const time = request.time === 'average' ? NOON : request.time
  return ({ price }) => {
    const rates = ratesFor(price, request.quantities.input, time)
    const { input, output, request: each, image, audio } = rates
    const pairs = { prompt: input, completion: output, request: each, image, audio }
    for (const [kind, rate] of Object.entries(pairs)) {
      const cap = maxPrice[kind as keyof typeof pairs]
      if (cap && rate !== undefined && compare(usd(rate), cap) > 0)
        return ['price', `${kind} ${rate} > ${toDecimal(cap)}`]
    }
    return undefined
  }
}

/** Contexts and caps of 0 mean unknown, as null does. */
function fits({ quantities: { input, output }, maxTokens }: RouteRequest): Rule {
  const wanted = maxTokens ?? output
  return ({ context, maxPrompt, maxOutput }) => {
    if (context && input + wanted > context) return ['context', `${input + wanted} > ${context}`]
    if (maxPrompt && input > maxPrompt) return ['context', `${input} > ${maxPrompt}`]
    if (maxOutput && wanted > maxOutput) return ['output', `${wanted} > ${maxOutput}`]
    return undefined
  }
}

function parameters(
  request: RouteRequest,
  { preferences: { requireParameters } }: Routing,
): Rule | null {
  if (!requireParameters) return null
  return (endpoint) => {
    const missing = request.parameters.filter((name) => !endpoint.parameters.includes(name))
    return missing.length > 0 ? ['parameters', missing.join(', ')] : undefined
  }
}

/** Preferred even without `require_parameters`, where some endpoint has them (openrouter.ai/docs since 2026-08-11). */
const SOFT = ['tools', 'response_format', 'verbosity']

function soft(left: readonly Endpoint[], request: RouteRequest): Rule | null {
  const wanted = SOFT.filter(
    (name) =>
      request.parameters.includes(name) && left.some((each) => each.parameters.includes(name)),
  )
  if (wanted.length === 0) return null
  return ({ parameters: has }) => {
    const missing = wanted.filter((name) => !has.includes(name))
    return missing.length > 0 ? ['tools', missing.join(', ')] : undefined
  }
}
