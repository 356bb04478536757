import type { Context } from '../context.ts'
import type { Limit } from '../core/budget.ts'
import type { Need } from '../core/catalog/needs.ts'
import { meets } from '../core/catalog/needs.ts'
import { estimateTokens } from '../core/classify/size.ts'
import type { Config } from '../core/config.ts'
import { OrxError } from '../core/errors.ts'
import { share } from '../core/fees.ts'
import type { Candidate, NewRequest } from '../core/ledger.ts'
import { toDecimal } from '../core/money.ts'
import { degraded, odds } from '../core/policy/draw.ts'
import { providersWith } from '../core/providers.ts'
import { ASSUMED_REPLY, attachmentBound, attachmentExpected } from '../core/send/estimate.ts'
import { type Attachment, bytesOf, type Message, type Prompt } from '../core/send/prompt.ts'
import {
  noKey,
  planFor,
  type RouteMode,
  type RouteWish,
  type RouteWorld,
  type Way,
  waysFor,
} from '../core/send/route.ts'
import { timeOfWeek } from '../core/send/time.ts'
import { mustBeServed, type Wanted, wantedModel } from '../core/send/wanted.ts'
import { DEFAULT_REPLY_TOKENS, promptBound } from '../core/worst-case.ts'
import { money } from '../render/money.ts'
import { loadCatalog, loadDirect, loadEndpoints } from '../sources/catalog.ts'
import type { Delivery } from '../sources/chat/delivery.ts'
import { loadSchedule } from '../sources/fees.ts'
import { heldKeys, OPENROUTER } from '../sources/keys.ts'
import { type ChatFlags, maxPriceOf, preferencesOf, rulesOf, samplingOf } from './chat-options.ts'
import type { Globals } from './globals.ts'

/** A prompt ready to be sent, and why it goes the way it goes. */
export type Planned = {
  readonly delivery: Delivery
  readonly ways: readonly Way[]
  readonly candidates: readonly Candidate[]
  readonly why: string
  /** Why it does not go by the route that was asked for. */
  readonly detour: string | undefined
  /** The work the router saw, for `-m auto`. */
  readonly picked: { readonly task: string; readonly lane: string } | undefined
}

export type ChatInput = {
  readonly flags: ChatFlags
  readonly options: Globals
  readonly config: Config
  readonly limits: readonly Limit[]
  readonly messages: readonly Message[]
  readonly schema: Prompt['schema'] | undefined
  readonly tools: readonly object[] | undefined
  readonly session: string | undefined
}

/** Plans one prompt. @throws OrxError where the model is unknown or unable, or no key fits (not on a dry run). */
export async function planChat(ctx: Context, input: ChatInput): Promise<Planned> {
  const { flags, options, config, messages, schema, tools, session } = input
  const catalog = await loadCatalog(ctx, options.catalog)
  const texts = messages.map(({ text }) => text)
  const typed = flags.model.length > 0 ? flags.model : ['auto']
  const picked = await pickedModels(ctx, typed, input)
  const wanted = picked.models.map((each) => wantedModel(catalog, each, config))
  const offers = await loadDirect(ctx)
  for (const each of wanted) {
    mustBeServed(
      each,
      offers.filter(({ model }) => each.kind === 'listed' && model === each.model.id).length,
    )
    mustTake(each, input)
  }
  const sizes = attachedBounds(input)
  const sent = [...texts, ...json(schema), ...json(tools)]
  const promptTokens = promptBound(sent) + sum(sizes)
  const request = {
    quantities: { input: estimated(texts) + sum(sizes), output: replyTokens(flags) },
    time: timeOfWeek(ctx.now()),
    parameters: parametersOf(flags, schema, tools),
    maxTokens: flags.maxTokens ?? DEFAULT_REPLY_TOKENS,
  }
  const wish: RouteWish = {
    wanted,
    mode: flags.route,
    preferences: preferencesOf(flags),
    session,
    request,
    pricier: flags.allowPricier === true,
  }
  const world = await routeWorld(ctx, config, options, wanted, offers)
  const ways = waysFor(wish, world)
  const all = ways.length > 0 ? ways : dryWays(wish, world, flags)
  const candidates = candidatesOf(wish, world, all)
  const why = [...picked.reasons, whyText(all, flags)].join('; ')
  const asked = typed.join(', ')
  const log: Partial<NewRequest> = flags.logPrompts ? { prompt: texts.at(-1) ?? '' } : {}
  return {
    ways: all,
    candidates,
    why,
    picked: picked.lane,
    detour: detour(all, flags.route),
    delivery: {
      stops: all.map(({ stop }) => stop),
      prompt: {
        messages,
        ...samplingOf(flags),
        ...(schema && { schema }),
        ...(tools && { tools }),
      },
      asked: flags.maxTokens,
      promptTokens,
      countedTokens: async (models) => {
        const { countedBound } = await import('../sources/tokens.ts')
        return (await countedBound(sent, models)) + sum(sizes)
      },
      limits: input.limits,
      rules: rulesOf(flags),
      request: {
        asked,
        candidates,
        why,
        ...(session !== undefined && { session }),
        ...(picked.lane && { lane: picked.lane.lane }),
        ...log,
      },
    },
  }
}

export type Picked = {
  readonly models: readonly string[]
  readonly lane: { readonly task: string; readonly lane: string } | undefined
  readonly reasons: readonly string[]
}

/** Puts in place of `auto` what the local router picks for this prompt; nothing of it is loaded otherwise. */
async function pickedModels(
  ctx: Context,
  typed: readonly string[],
  input: ChatInput,
): Promise<Picked> {
  if (!typed.includes('auto')) return { models: typed, lane: undefined, reasons: [] }
  const { pickModels } = await import('./chat-pick.ts')
  const { flags, options, messages } = input
  const texts = messages.map(({ text }) => text)
  const picked = await pickModels(ctx, {
    flags,
    options,
    prompt: texts.at(-1) ?? '',
    besides: texts.slice(0, -1),
    needs: needsOf(input),
    attached: {
      expected: sum(attached(input).map((each) => attachmentExpected(each.kind, bytesOf(each)))),
      most: sum(attachedBounds(input)),
    },
    maxPrice: maxPriceOf(flags),
  })
  const models = typed.flatMap((each) => (each === 'auto' ? picked.models : [each]))
  return { ...picked, models: [...new Set(models)] }
}

const attached = ({ messages }: ChatInput): readonly Attachment[] =>
  messages.flatMap(({ attachments }) => attachments ?? [])

const attachedBounds = (input: ChatInput): readonly number[] =>
  attached(input).map((each) => attachmentBound(each.kind, bytesOf(each)))

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0)
const json = (value: unknown): readonly string[] =>
  value === undefined ? [] : [JSON.stringify(value)]

const estimated = (texts: readonly string[]): number => sum(texts.map(estimateTokens))

const replyTokens = ({ maxTokens }: ChatFlags): number =>
  Math.min(ASSUMED_REPLY, maxTokens ?? ASSUMED_REPLY)

function parametersOf(
  { temperature, topP, seed, stop, reasoning }: ChatFlags,
  schema: Prompt['schema'] | undefined,
  tools: readonly object[] | undefined,
): readonly string[] {
  const sent: Readonly<Record<string, unknown>> = {
    temperature,
    top_p: topP,
    seed,
    stop,
    reasoning,
    tools,
    response_format: schema,
  }
  return Object.keys(sent).filter((name) => sent[name] !== undefined)
}

const NEED = { image: 'vision', file: 'files', audio: 'audio' } as const

/** What a model must be able to do for this prompt. */
const needsOf = (input: ChatInput): readonly Need[] => [
  ...attached(input).map(({ kind }) => NEED[kind]),
  ...(input.tools ? (['tools'] as const) : []),
  ...(input.schema ? (['json'] as const) : []),
]

/** @throws OrxError NOTHING_LEFT where the catalogue knows that the model cannot do what is asked. */
function mustTake(wanted: Wanted, input: ChatInput): void {
  if (wanted.kind === 'own') return
  const needs = needsOf(input)
  const lacking = needs.find((need) => meets(wanted.model, need) === false)
  if (lacking === undefined) return
  throw new OrxError(
    'NOTHING_LEFT',
    `${wanted.model.id} does not take ${lacking}`,
    `Find one that does: orx models --needs ${lacking}`,
  )
}

async function routeWorld(
  ctx: Context,
  config: Config,
  options: Globals,
  wanted: readonly Wanted[],
  offers: Awaited<ReturnType<typeof loadDirect>>,
): Promise<RouteWorld> {
  const held = await heldKeys(ctx)
  const providers = providersWith(config.provider)
  const keyless = providers.filter(({ env }) => env.length === 0)
  const ids = wanted.flatMap((each) => (each.kind === 'listed' ? [each.model.id] : []))
  const endpoints = await Promise.all(ids.map((id) => loadEndpoints(ctx, id)))
  const fees = loadSchedule(ctx, options.fees).plans.standard?.card
  const base = ctx.env['OPENROUTER_BASE_URL'] || 'https://openrouter.ai/api/v1'
  return {
    held: new Set([...held.keys(), ...keyless.map(({ slug }) => slug)]),
    providers,
    openRouterUrl: base.replace(/\/+$/, ''),
    offers,
    endpoints: endpoints.flat(),
    prices: config.price,
    purchaseShare: fees ? share(fees.percent) : undefined,
  }
}

/** Without any key a dry run still shows what would be sent, as if the keys were there. */
function dryWays(wish: RouteWish, world: RouteWorld, { dryRun }: ChatFlags): readonly Way[] {
  if (!dryRun) throw noKey(wish, world)
  const all = new Set([OPENROUTER, ...world.providers.map(({ slug }) => slug)])
  const ways = waysFor(wish, { ...world, held: all })
  if (ways.length === 0) throw noKey(wish, world)
  return ways
}

/** Every provider that may serve the first model by OpenRouter, with its odds, and every direct way. */
function candidatesOf(
  wish: RouteWish,
  world: RouteWorld,
  ways: readonly Way[],
): readonly Candidate[] {
  const chosen = ways[0]?.stop
  return ways.flatMap(({ stop }): Candidate[] => {
    const first = wish.wanted.find((each) => each.kind === 'listed' && each.id === stop.models[0])
    const estimate = stop.estimate ? toDecimal(stop.estimate) : null
    const model = stop.models[0] ?? ''
    if (stop.route === 'direct' || first?.kind !== 'listed') {
      const provider = stop.target.route === 'direct' ? stop.target.provider : null
      return [{ route: stop.route, model, provider, odds: null, estimate, chosen: stop === chosen }]
    }
    const plan = planFor(first, wish, world.endpoints)
    const chances = odds(plan, degraded)
    if (plan.candidates.length === 0) {
      return [
        { route: stop.route, model, provider: null, odds: null, estimate, chosen: stop === chosen },
      ]
    }
    return plan.candidates.map(({ endpoint, price }, at) => ({
      route: stop.route,
      model,
      provider: endpoint.tag,
      odds: chances[at] ?? null,
      estimate: toDecimal(price),
      chosen: stop === chosen,
    }))
  })
}

/** Said where the route that was asked for cannot be had, so that another one pays. */
function detour(ways: readonly Way[], asked: RouteMode): string | undefined {
  const used = ways[0]?.stop.route
  return used === undefined || asked === 'cheapest' || asked === used
    ? undefined
    : `no held key can go by --route ${asked}, so it goes by ${used}`
}

function whyText(ways: readonly Way[], { route }: ChatFlags): string {
  const [first, ...rest] = ways
  if (!first) return ''
  const place = ({ stop, cash }: Way) =>
    `${stop.route === 'direct' ? stop.name : stop.route} ${cash ? `$${money(cash)}` : 'unpriced'}`
  if (route !== 'cheapest') return detour(ways, route) ?? `--route ${route}`
  const others = rest.filter(({ stop }) => stop.route !== first.stop.route)
  return others.length === 0
    ? `${place(first)}: the only route with a key`
    : `cheapest: ${place(first)}, against ${others.map(place).join(', ')}`
}
