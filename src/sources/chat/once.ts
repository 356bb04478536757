import { OrxError } from '../../core/errors.ts'
import type { Outcome, Reservation, Settled } from '../../core/ledger.ts'
import type { Fault } from '../../core/send/fault.ts'
import { type Gathered, gather, hasContent, nothingYet } from '../../core/send/gather.ts'
import { outcomeOf } from '../../core/send/outcome.ts'
import type { ReplyEvent } from '../../core/send/reply.ts'
import type { Stop } from '../../core/send/stop.ts'
import type { Network } from '../http.ts'
import { attempt } from './attempt.ts'
import type { Delivery, DeliveryWorld, Listener } from './delivery.ts'
import { billOfGeneration } from './generation.ts'

type Held = Extract<Reservation, { kind: 'held' }>

type Run = {
  readonly gathered: Gathered
  readonly interrupted: boolean
  readonly ttftMs: number | undefined
  readonly durationMs: number
  readonly settle: (status: Outcome['status'], reason?: string) => Settled
  /** Lets out what was held back for --retry-mid-stream. */
  readonly release: () => void
}

/** One attempt: sends, tells and gathers what comes. @throws OrxError where nothing could be sent. */
export async function once(
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
    await attempt({ network, now }, stop.target, prompt, key, limits, (event) => {
      gather(gathered, event, now)
      if (holdBack) backlog.push(event)
      else listener.onEvent(event)
    })
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
