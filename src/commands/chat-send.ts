import type { Context } from '../context.ts'
import { applying, tightest } from '../core/budget.ts'
import { OrxError } from '../core/errors.ts'
import { plainLine } from '../core/plain.ts'
import { stopsBilling } from '../core/send/cancel.ts'
import type { Prompt } from '../core/send/prompt.ts'
import { wantedTokens } from '../core/worst-case.ts'
import { hopLine, receiptLine, shortName } from '../render/chat.ts'
import { grouped } from '../render/money.ts'
import { deliver } from '../sources/chat/deliver.ts'
import type { Reply } from '../sources/chat/delivery.ts'
import { learnFreeQuota } from '../sources/free-quota.ts'
import { resolveKey } from '../sources/keys.ts'
import type { Ledger } from '../sources/ledger/ledger.ts'
import { answeredBy, type Output, providerOf } from './chat-output.ts'
import type { Planned } from './chat-plan.ts'
import type { Globals } from './globals.ts'
import { network } from './network.ts'

export type Sending = {
  readonly planned: Planned
  readonly options: Globals
  readonly ledger: Ledger
  readonly output: Output
  /** Stops this reply alone; Ctrl-C in a conversation. */
  readonly signal: AbortSignal
  /** Not the first reply of a conversation: what holds for all of them is not said again. */
  readonly again?: boolean
}

/** Sends a planned prompt, shows the reply and its receipt line. @throws OrxError where no text came at all. */
export async function sendChat(ctx: Context, sending: Sending): Promise<Reply> {
  const { planned, options, ledger, output, signal, again } = sending
  const note = (text: string) => {
    if (!options.quiet) ctx.err(`${text}\n`)
  }
  const { asked, stops } = planned.delivery
  const [stop] = stops
  const limit =
    asked === undefined && stop
      ? grouped(String(wantedTokens({ asked, modelCap: stop.cap })))
      : undefined
  if (planned.picked && ctx.tty.err) {
    const { task, lane } = planned.picked
    const model = shortName(stop?.models[0] ?? '')
    const upTo = limit === undefined ? '' : `, ≤ ${limit} out`
    const picked = `pick: ${task} → ${lane} → ${model}, by ${stop?.route}${upTo}`
    note(ctx.paint.dim(`${picked}   why: orx receipt`))
  } else if (limit !== undefined && !again && (ctx.tty.err || options.verbose)) {
    note(ctx.paint.dim(`at most ${limit} tokens of reply (--max-tokens)`))
  }
  if (planned.detour) note(ctx.paint.yellow(planned.detour))
  if (options.verbose) note(`route: ${planned.why}`)
  const world = {
    network: network(ctx, options),
    now: ctx.now,
    random: ctx.random,
    ledger,
    signal,
    askFreeQuota: () => learnFreeQuota(ctx, network(ctx, options), ledger),
    keyOf: async (account: string) => (await resolveKey(ctx, account))?.reveal(),
  }
  let reply: Reply | undefined
  try {
    reply = await deliver(planned.delivery, world, {
      onEvent: output.onEvent,
      onHop: (hop) => note(ctx.paint.yellow(hopLine(hop))),
      onShortened: (tokens) =>
        note(ctx.paint.yellow(`the budget affords ${grouped(String(tokens))} tokens of reply`)),
    })
  } finally {
    output.end(reply)
  }
  for (const each of notesOn(reply)) note(each)
  note(ctx.paint.dim(receiptOf(reply, ledger, planned)))
  return reply
}

function receiptOf(reply: Reply, ledger: Ledger, { delivery }: Planned): string {
  const { stop, usage, settled, ttftMs, durationMs } = reply
  return receiptLine({
    model: answeredBy(reply),
    provider: providerOf(reply),
    route: stop.route,
    usage,
    settled,
    ttftMs,
    durationMs,
    left: tightest(ledger.states(applying(delivery.limits, stop.models, delivery.request.session))),
  })
}

function notesOn({ finishReason, maxTokens, usage, stop, end }: Reply): readonly string[] {
  return [
    finishReason === 'length' &&
      `note: the reply reached its ${maxTokens} tokens; ask for more with --max-tokens`,
    finishReason === 'content_filter' && 'note: the provider withheld part of the reply',
    stop.route === 'byok' &&
      usage?.isByok === false &&
      'note: no key of yours served this; it was charged to credits',
    end === 'complete' && !usage && 'note: the sender reported no usage; counted at its worst case',
  ].filter((each) => each !== false)
}

/**
 * Ends a command whose reply was printed but is not whole or not right.
 * @throws OrxError REPLY_CUT, INTERRUPTED or UPSTREAM_INVALID
 */
export async function mustBeWhole(
  reply: Reply,
  schema: Prompt['schema'] | undefined,
): Promise<void> {
  if (reply.end === 'cut') {
    const why = plainLine(reply.fault?.message ?? 'the connection broke off')
    throw new OrxError(
      'REPLY_CUT',
      `the reply was cut off: ${why}`,
      'Send it again, or use --retry-mid-stream to have that done.',
    )
  }
  if (reply.end === 'interrupted') throw interruptedError(reply)
  if (!schema || reply.calls.length > 0) return
  const { misfit } = await import('../sources/chat/json-schema.ts')
  const wrong = await misfit(schema.schema, reply.text)
  if (wrong === undefined) return
  throw new OrxError(
    'UPSTREAM_INVALID',
    `the reply does not fit the schema: ${wrong}`,
    'Send it again, or use a model with structured outputs: orx models --needs json',
  )
}

/** Ctrl-C, with what it means for the bill. */
export function interruptedError(reply: Reply): OrxError {
  const provider = providerOf(reply)
  const stops = stopsBilling(reply.stop.target.route === 'direct' ? reply.stop.account : provider)
  const who = provider ?? 'the provider'
  const billing =
    stops === undefined
      ? `whether ${who} stops charging is not known`
      : stops
        ? `${who} stops charging here`
        : `${who} charges for the whole reply all the same`
  return new OrxError('INTERRUPTED', `stopped; ${billing}`, 'See what it cost: orx receipt')
}
