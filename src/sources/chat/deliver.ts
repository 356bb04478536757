import type { NewRequest, Reservation, Settled } from '../../core/ledger.ts'
import { failureOf } from '../../core/send/failure.ts'
import { hasContent } from '../../core/send/gather.ts'
import { hopOf, reasonText, refusedHop } from '../../core/send/hop.ts'
import { decide } from '../../core/send/policy.ts'
import { refusalError } from '../../core/send/refusal.ts'
import type { Hop, Stop } from '../../core/send/stop.ts'
import { wantedTokens } from '../../core/worst-case.ts'
import type { Delivery, DeliveryWorld, Listener, Reply } from './delivery.ts'
import { reserved } from './hold.ts'
import { once } from './once.ts'
import { pause } from './pause.ts'

type Held = Extract<Reservation, { kind: 'held' }>
type Refusal = Exclude<Reservation, Held>

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
  let stop = stopAt(stops, at)
  let tries = 0
  let smaller: number | undefined
  for (;;) {
    const held = await reserved(delivery, world, stop, request, smaller)
    if (held.kind !== 'held') {
      const down = stepDown(stop, held, stops, at)
      tell(refusedHop(stop, held, down.stop))
      stop = down.stop
      at = down.at
      tries = 0
      smaller = undefined
      continue
    }
    request = held.request
    tries += 1
    if (smaller === undefined && isShort(held, delivery, stop)) listener.onShortened(held.maxTokens)
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
      stop = stopAt(stops, at)
      tries = 0
      smaller = undefined
    } else {
      smaller = decision.maxTokens ?? smaller
      await pause(decision.waitMs, world)
    }
  }
}

/** Where nothing could be reserved: fewer models of the same stop, then the next one. @throws OrxError where there is none */
function stepDown(stop: Stop, refusal: Refusal, stops: readonly Stop[], at: number) {
  const narrower = refusal.kind === 'over-budget' ? stop.narrower?.() : undefined
  if (narrower) return { stop: narrower, at }
  const next = stops[at + 1]
  if (next) return { stop: next, at: at + 1 }
  throw refusalError(refusal)
}

/** The budget leaves less than would be asked for. */
const isShort = ({ maxTokens }: Held, { asked }: Delivery, { cap }: Stop): boolean =>
  maxTokens < wantedTokens({ asked, modelCap: cap })

function stopAt(stops: readonly Stop[], at: number): Stop {
  const stop = stops[at]
  if (!stop) throw new TypeError('a delivery without a stop')
  return stop
}
