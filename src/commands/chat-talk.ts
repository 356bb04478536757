import type { Context } from '../context.ts'
import type { Config } from '../core/config.ts'
import { OrxError } from '../core/errors.ts'
import { add, type Usd, ZERO } from '../core/money.ts'
import type { Message } from '../core/send/prompt.ts'
import { wantedModel } from '../core/send/wanted.ts'
import { money } from '../render/money.ts'
import { loadCatalog } from '../sources/catalog.ts'
import { openEditor } from '../sources/chat/editor.ts'
import { readHistory, writeHistory } from '../sources/chat/history.ts'
import { keepSession, writeSession } from '../sources/chat/sessions.ts'
import { openLedger } from '../sources/ledger/ledger.ts'
import { limitsOf } from '../sources/limits.ts'
import type { ChatFlags } from './chat-options.ts'
import { outputFor, outputKind } from './chat-output.ts'
import { planChat } from './chat-plan.ts'
import { interruptedError, mustBeWhole, sendChat } from './chat-send.ts'
import { SLASH_HELP, type Slash, slashCommand } from './chat-slash.ts'
import { openTurn, type Turn } from './chat-turn.ts'
import type { Globals } from './globals.ts'

/** A conversation so far. Every slash command and every reply makes a new one. */
type Talk = {
  readonly flags: ChatFlags
  readonly turn: Turn
  readonly messages: readonly Message[]
  readonly spent: Usd
  readonly replies: number
}

/** A conversation on a terminal: stdout gets the replies, stderr everything else. Ctrl-C stops a reply, twice leaves. */
export async function converse(
  ctx: Context,
  flags: ChatFlags,
  options: Globals,
  config: Config,
): Promise<void> {
  const turn = await openTurn(ctx, flags, options)
  const warn = (why: string) => ctx.err(`warning: ${why}\n`)
  const said = (text: string) => {
    if (!options.quiet) ctx.err(`${ctx.paint.dim(text)}\n`)
  }
  const ledger = await openLedger(ctx, (why) => warn(`prompts are not recorded: ${why}`))
  const interrupts = interruptible(ctx)
  const editor = openEditor({
    input: ctx.stdin.stream,
    write: ctx.err,
    columns: Number.isFinite(ctx.width) ? ctx.width : 80,
    history: readHistory(ctx),
    onInterrupt: () => interrupts.pressed(editor),
  })
  interrupts.onLeave(editor.close)
  let talk: Talk = { flags, turn, messages: turn.history, spent: ZERO, replies: 0 }
  if (!options.quiet) ctx.err(ctx.paint.dim('/help for commands, Ctrl-D to leave\n'))
  try {
    for (;;) {
      const entry = await editor.ask('> ')
      if (entry === undefined) return
      try {
        const slash = slashCommand(entry.trim())
        if (slash?.kind === 'exit') return
        if (slash) talk = await obey(slash, talk)
        else if (entry.trim() !== '') talk = await reply(talk, entry)
      } catch (error) {
        if (!(error instanceof OrxError)) throw error
        ctx.err(`${ctx.paint.red('error:')} ${error.message}\n  ${error.remedy}\n`)
      }
    }
  } finally {
    writeHistory(ctx, editor.history())
    editor.close()
    ledger.close()
  }

  async function reply(so: Talk, text: string): Promise<Talk> {
    const { attachments } = so.turn
    const asked: Message = { role: 'user', text, ...(attachments.length > 0 && { attachments }) }
    const messages = [...so.messages, asked]
    const input = {
      flags: so.flags,
      options,
      config,
      limits: limitsOf(ctx, config),
      messages,
      ...so.turn,
    }
    const planned = await planChat(ctx, input)
    const output = await outputFor(ctx, outputKind(ctx, so.flags, options), options.quiet)
    const signal = interrupts.start()
    try {
      const world = { planned, options, ledger, output, signal, again: so.replies > 0 }
      const came = await sendChat(ctx, world)
      if (came.end === 'interrupted') ctx.err(`${interruptedError(came).message}\n`)
      const next: Talk = {
        ...so,
        // Sent once; the attachment stays in its message.
        turn: { ...so.turn, attachments: [] },
        messages: [...messages, { role: 'assistant', text: came.text }],
        spent: add(so.spent, came.settled.spend ?? ZERO),
        replies: so.replies + 1,
      }
      keep(next)
      if (came.end !== 'interrupted') await mustBeWhole(came, so.turn.schema)
      return next
    } finally {
      interrupts.stop()
    }
  }

  function keep({ turn: { session }, messages }: Talk): void {
    if (session !== undefined) keepSession(ctx, session, messages, warn)
  }

  /** What the names mean. @throws OrxError MODEL_NOT_FOUND, so that a slip shows before the next prompt. */
  async function known(names: readonly string[]): Promise<readonly string[]> {
    const catalog = await loadCatalog(ctx, options.catalog)
    return names.map((name) => {
      if (name === 'auto') return name
      const wanted = wantedModel(catalog, name, config)
      return wanted.kind === 'own' ? `${wanted.provider}/${wanted.id}` : wanted.id
    })
  }

  async function obey(slash: Slash, so: Talk): Promise<Talk> {
    switch (slash.kind) {
      case 'help':
        ctx.err(SLASH_HELP)
        return so
      case 'model': {
        const names = await known(slash.models)
        said(`${names.join(', then ')} from now on`)
        return { ...so, flags: { ...so.flags, model: slash.models } }
      }
      case 'route':
        said(`route ${slash.route} from now on`)
        return { ...so, flags: { ...so.flags, route: slash.route } }
      case 'system': {
        const rest = so.messages.filter(({ role }) => role !== 'system')
        const system: Message = { role: 'system', text: slash.text }
        said(slash.text === '' ? 'no system prompt from now on' : 'system prompt set')
        return { ...so, messages: slash.text === '' ? rest : [system, ...rest] }
      }
      case 'cost':
        ctx.err(`$${money(so.spent)} for ${so.replies} ${so.replies === 1 ? 'reply' : 'replies'}\n`)
        return so
      case 'retry': {
        const at = so.messages.findLastIndex(({ role }) => role === 'user')
        const last = so.messages[at]
        if (!last) throw new OrxError('BAD_ARGUMENT', 'nothing was asked yet', 'Type a prompt.')
        const turn = { ...so.turn, attachments: last.attachments ?? [] }
        return reply({ ...so, turn, messages: so.messages.slice(0, at) }, last.text)
      }
      case 'attach': {
        const opened = await openTurn(
          ctx,
          { ...rulesFree(so.flags), attach: [slash.place] },
          options,
        )
        const attachments = [...so.turn.attachments, ...opened.attachments]
        said(`with the next prompt: ${attachments.map(({ name }) => name).join(', ')}`)
        return { ...so, turn: { ...so.turn, attachments } }
      }
      case 'save': {
        const next = { ...so, turn: { ...so.turn, session: slash.name } }
        writeSession(ctx, slash.name, so.messages)
        ctx.err(`saved; go on with it later: orx chat --session ${slash.name}\n`)
        return next
      }
      case 'unknown':
        throw new OrxError('BAD_ARGUMENT', `there is no ${slash.typed}`, 'Type /help.')
      case 'exit':
        return so
      default:
        return slash satisfies never
    }
  }
}

/** The flags without those that name files, so that nothing but the attachment is read. */
const rulesFree = (flags: ChatFlags): ChatFlags => {
  const { schema: _, tools: _tools, session: _session, continue: _continue, ...rest } = flags
  return rest
}

/** Milliseconds within which a second Ctrl-C leaves. */
const TWICE_MS = 2_000

/** What Ctrl-C means at each moment. */
function interruptible(ctx: Context) {
  let replying: AbortController | undefined
  let last = Number.NEGATIVE_INFINITY
  let leave = () => {}
  return {
    onLeave: (close: () => void) => {
      leave = close
      ctx.signal.addEventListener('abort', close, { once: true })
    },
    start: (): AbortSignal => {
      replying = new AbortController()
      return replying.signal
    },
    stop: () => {
      replying = undefined
    },
    pressed: (editor: { readonly clear: () => boolean }) => {
      const now = ctx.now().getTime()
      const again = now - last < TWICE_MS
      last = now
      if (again && !replying) return leave()
      if (replying && !replying.signal.aborted) return replying.abort()
      if (!editor.clear()) ctx.err('\nCtrl-C again to leave\n')
      return undefined
    },
  }
}
