import type { Limit } from '../../core/budget.ts'
import { OrxError } from '../../core/errors.ts'
import type { NewRequest, Outcome, Reservation, Settled } from '../../core/ledger.ts'
import type { Usd } from '../../core/money.ts'
import { priceOf } from '../../core/price.ts'
import { failureOf } from '../../core/send/failure.ts'
import type { Fault } from '../../core/send/fault.ts'
import { type Gathered, gather, hasContent, nothingYet } from '../../core/send/gather.ts'
import { type Decision, decide, type Rules } from '../../core/send/policy.ts'
import type { Prompt } from '../../core/send/prompt.ts'
import { refusalError } from '../../core/send/refusal.ts'
import type { ReplyEvent, Usage } from '../../core/send/reply.ts'
import type { Hop, Stop } from '../../core/send/stop.ts'
import { timeOfWeek } from '../../core/send/time.ts'
import { fit } from '../../core/worst-case.ts'
import type { Network } from '../http.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { attempt } from './attempt.ts'
import { billOfGeneration } from './generation.ts'

/** A prompt with everything that may become of it. */
export type Delivery = {
  /** Best first; at least one. */
  readonly stops: readonly Stop[]
  readonly prompt: Omit<Prompt, 'maxTokens'>
  /** --max-tokens. */
  readonly asked: number | undefined
  /** A bound on the prompt's tokens, attachments included. */
  readonly promptTokens: number
  readonly request: NewRequest
  readonly limits: readonly Limit[]
  readonly rules: Rules
}

export type DeliveryWorld = {
  readonly network: Network
  readonly now: () => Date
  readonly random: () => number
  readonly ledger: Ledger
  /** The key of an account, revealed only here. */
  readonly keyOf: (account: string) => Promise<string | undefined>
  /** Asks OpenRouter how many free requests the day has, for an account whose limit is only assumed. */
  readonly askFreeQuota: () => Promise<void>
  /** Stops this reply alone. */
  readonly signal: AbortSignal
}

/** Told while the reply comes. */
export type Listener = {
  readonly onEvent: (event: ReplyEvent) => void
  readonly onHop: (hop: Hop) => void
}

export type Reply = Gathered & {
  readonly stop: Stop
  /** Number of the prompt in the ledger. */
  readonly request: number
  readonly maxTokens: number
  readonly hops: readonly Hop[]
  readonly settled: Settled
  readonly end: 'complete' | 'cut' | 'interrupted'
  readonly ttftMs: number | undefined
  readonly durationMs: number
}

type Held = Extract<Reservation, { kind: 'held' }>

/**
 * Sends a prompt along its stops until one answers. Every attempt is reserved before it is sent and settled after.
 * @throws OrxError where no stop gave any text; a reply that was cut is returned, marked.
 */
export async function deliver(
  delivery: Delivery,
  world: DeliveryWorld,
  listener: Listener,
): Promise<Reply> {
  const { stops, rules } = delivery
  const start = world.now().getTime()
  const elapsed = () => world.now().getTime() - start
  const hops: Hop[] = []
  const tell = (hop: Hop) => {
    hops.push(hop)
    listener.onHop(hop)
  }
  let request: number | NewRequest = delivery.request
  let at = 0
  let tries = 0
  let smaller: number | undefined
  for (;;) {
    const stop = stopAt(stops, at)
    const held = await reserved(delivery, world, stop, request, smaller)
    if (held.kind !== 'held') {
      tell(refusedHop(stop, held, stops[at + 1]))
      at += 1
      tries = 0
      smaller = undefined
      continue
    }
    request = held.request
    tries += 1
    const remainingMs = Math.max(1, rules.deadlineMs - elapsed())
    const run = await once(delivery, world, stop, held, remainingMs, listener).catch((error) => {
      // --offline, or a key that cannot be had: nothing was sent, so nothing may stay held.
      world.ledger.settle(held.attempt, { status: 'failed', reason: 'not sent' })
      throw error
    })
    const reply = (end: Reply['end'], settled: Settled): Reply => ({
      ...run.gathered,
      stop,
      request: held.request,
      maxTokens: held.maxTokens,
      hops,
      settled,
      end,
      ttftMs: run.ttftMs,
      durationMs: run.durationMs,
    })
    const { fault } = run.gathered
    if (run.interrupted) return reply('interrupted', run.settle('interrupted', 'interrupted'))
    if (!fault) return reply('complete', run.settle('ok'))
    const started = hasContent(run.gathered)
    const progress = { stop: at, tries, elapsedMs: elapsed(), started, maxTokens: held.maxTokens }
    const decision = decide(fault, progress, stops, rules, world.random)
    const hop = hopOf(stop, fault, decision, stops)
    const settled = run.settle(started ? 'cut' : 'failed', reasonText(hop))
    if (decision.kind === 'fail') {
      run.release()
      if (started) return reply('cut', settled)
      throw failureOf(fault, { name: stop.name, account: stop.account, now: world.now() })
    }
    tell(hop)
    if (decision.kind === 'next') {
      at = decision.stop
      tries = 0
      smaller = undefined
    } else {
      smaller = decision.maxTokens ?? smaller
      await pause(decision.waitMs, world)
    }
  }
}

function stopAt(stops: readonly Stop[], at: number): Stop {
  const stop = stops[at]
  if (!stop) throw new TypeError('a delivery without a stop')
  return stop
}

/** Longer than any attempt may take, so that only a killed orx leaves a reservation that expires. */
const GRACE_MS = 60_000

/** A limit of free requests that was only assumed is asked for before it refuses a prompt. */
async function reserved(...order: Parameters<typeof reserve>): Promise<Reservation> {
  const held = reserve(...order)
  if (held.kind !== 'free-limit' || held.reported) return held
  const [, { askFreeQuota }] = order
  await askFreeQuota()
  return reserve(...order)
}

function reserve(
  delivery: Delivery,
  { ledger, now }: DeliveryWorld,
  stop: Stop,
  request: number | NewRequest,
  smaller: number | undefined,
): Reservation {
  const { promptTokens, asked, limits, rules } = delivery
  const { route, models, free, estimate, dearest, cap } = stop
  const provider = stop.target.route === 'direct' ? stop.target.provider : undefined
  return ledger.reserve(
    {
      request,
      route,
      models,
      free: free && route === 'credits',
      expires: new Date(now().getTime() + rules.deadlineMs + GRACE_MS),
      ...(provider && { provider }),
      ...(estimate && { estimate }),
    },
    // A free model spends nothing, whatever is left.
    free ? [] : limits,
    (left) => fit({ promptTokens, price: dearest, asked: smaller ?? asked, modelCap: cap }, left),
  )
}

type Run = {
  readonly gathered: Gathered
  readonly interrupted: boolean
  readonly ttftMs: number | undefined
  readonly durationMs: number
  readonly settle: (status: Outcome['status'], reason?: string) => Settled
  /** Lets out what was held back for --retry-mid-stream. */
  readonly release: () => void
}

async function once(
  delivery: Delivery,
  world: DeliveryWorld,
  stop: Stop,
  held: Held,
  timeoutMs: number,
  listener: Listener,
): Promise<Run> {
  const { now, network, ledger } = world
  const gathered = nothingYet()
  const backlog: ReplyEvent[] = []
  const holdBack = delivery.rules.midStream
  const release = () => {
    for (const event of backlog.splice(0)) listener.onEvent(event)
  }
  const key = await world.keyOf(stop.account)
  const control = new AbortController()
  const abort = () => control.abort()
  const deadline = setTimeout(abort, timeoutMs)
  world.signal.addEventListener('abort', abort, { once: true })
  if (world.signal.aborted) abort()
  const start = now().getTime()
  let interrupted = false
  try {
    const prompt = { ...delivery.prompt, maxTokens: held.maxTokens }
    const limits = { timeoutMs, signal: control.signal }
    for await (const events of attempt({ network, now }, stop.target, prompt, key, limits)) {
      const time = now().getTime()
      for (const event of events) {
        gather(gathered, event, time)
        if (holdBack) backlog.push(event)
        else listener.onEvent(event)
      }
    }
  } catch (error) {
    if (!(error instanceof OrxError) || error.code !== 'INTERRUPTED') throw error
    interrupted = world.signal.aborted || network.signal.aborted
    if (!interrupted) gathered.fault = LATE
  } finally {
    clearTimeout(deadline)
    world.signal.removeEventListener('abort', abort)
  }
  const durationMs = now().getTime() - start
  await lateBill(gathered, world.network, stop, key, interrupted)
  if (!gathered.fault || interrupted) release()
  const ttftMs = gathered.firstAt === undefined ? undefined : gathered.firstAt - start
  const settle = (status: Outcome['status'], reason?: string): Settled =>
    ledger.settle(
      held.attempt,
      outcomeOf(status, reason, gathered, stop, start, { ttftMs, durationMs }),
    )
  return { gathered, interrupted, ttftMs, durationMs, settle, release }
}

const LATE: Fault = { kind: 'timeout', message: 'no complete reply within --timeout' }

/** OpenRouter knows what a reply cost even if its stream did not live to say so. */
async function lateBill(
  gathered: Gathered,
  network: Network,
  { target }: Stop,
  key: string | undefined,
  interrupted: boolean,
): Promise<void> {
  const { usage, id } = gathered
  if (usage || !id || !key || interrupted || target.route === 'direct') return
  if (!hasContent(gathered)) return
  const late = await billOfGeneration(network, target.baseUrl, key, id)
  if (late) gathered.usage = late
}

function outcomeOf(
  status: Outcome['status'],
  reason: string | undefined,
  gathered: Gathered,
  stop: Stop,
  start: number,
  times: { readonly ttftMs: number | undefined; readonly durationMs: number },
): Outcome {
  const { usage, fault, model, provider, id, finishReason } = gathered
  const direct = stop.target.route === 'direct' ? stop.target : undefined
  const answered = direct ? direct.model : model
  const by = direct ? direct.provider : provider
  const estimate = usage && !usage.cost ? priced(usage, stop, start) : undefined
  return {
    status,
    durationMs: times.durationMs,
    ...(times.ttftMs !== undefined && { ttftMs: times.ttftMs }),
    ...(reason && { reason }),
    ...(fault?.status !== undefined && { httpStatus: fault.status }),
    ...(answered && { model: answered }),
    ...(by && { provider: by }),
    ...(id && { generation: id }),
    ...(finishReason && { finishReason }),
    ...(usage && { tokens: usage }),
    ...(usage?.cost && {
      bill: { cost: usage.cost, upstream: usage.upstream, isByok: usage.isByok === true },
    }),
    ...(estimate && { estimate }),
  }
}

/** What a reply without a bill cost by the price list. */
function priced(usage: Usage, { price }: Stop, at: number): Usd | undefined {
  if (!price) return undefined
  const { prompt, completion, cached, cacheWrite } = usage
  const quantities = {
    input: prompt,
    output: completion,
    cacheRead: cached,
    cacheWrite,
    requests: 1,
  }
  const charge = priceOf(price, quantities, prompt, timeOfWeek(new Date(at)))
  return charge.kind === 'priced' ? charge.total : undefined
}

function hopOf(
  { name: from, route }: Stop,
  { status, message, provider }: Fault,
  decision: Decision,
  stops: readonly Stop[],
): Hop {
  return {
    route,
    from,
    reason: message,
    ...(provider && { provider }),
    ...(status !== undefined && { status }),
    next:
      decision.kind === 'retry'
        ? { kind: 'retry', waitMs: decision.waitMs }
        : decision.kind === 'next'
          ? { kind: 'next', to: placeText(stopAt(stops, decision.stop)) }
          : { kind: 'end' },
  }
}

/** @throws OrxError where this was the last stop. */
function refusedHop(stop: Stop, refusal: Exclude<Reservation, Held>, next: Stop | undefined): Hop {
  if (!next) throw refusalError(refusal)
  const reason = refusal.kind === 'free-limit' ? 'free-model limit reached' : 'over budget'
  return {
    route: stop.route,
    from: placeText(stop),
    reason,
    next: { kind: 'next', to: placeText(next) },
  }
}

const placeText = ({ name, models }: Stop): string => `${models[0] ?? ''} by ${name}`

const reasonText = ({ status, reason }: Hop): string =>
  status === undefined ? reason : `${status}: ${reason}`

function pause(ms: number, { signal, network }: DeliveryWorld): Promise<void> {
  return new Promise((resolve, reject) => {
    const signals = [signal, network.signal]
    const end = (finish: () => void) => () => {
      clearTimeout(timer)
      for (const each of signals) each.removeEventListener('abort', stopped)
      finish()
    }
    const stopped = end(() =>
      reject(new OrxError('INTERRUPTED', 'interrupted', 'Run the command again.')),
    )
    const timer = setTimeout(end(resolve), ms)
    for (const each of signals) {
      if (each.aborted) stopped()
      else each.addEventListener('abort', stopped, { once: true })
    }
  })
}
