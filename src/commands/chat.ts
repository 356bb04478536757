import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { OrxError } from '../core/errors.ts'
import type { Message } from '../core/send/prompt.ts'
import { loadConfig } from '../sources/config.ts'
import { openLedger } from '../sources/ledger/ledger.ts'
import { limitsOf } from '../sources/limits.ts'
import { type ChatFlags, declareOptions } from './chat-options.ts'
import { outputFor, outputKind } from './chat-output.ts'
import { planChat } from './chat-plan.ts'
import { mustBeWhole, sendChat } from './chat-send.ts'
import { openTurn } from './chat-turn.ts'
import { type Globals, globals } from './globals.ts'

export function declare(command: Command, ctx: Context): void {
  declareOptions(command)
    .description(
      'Send a prompt through the chosen route and stream the answer. The prompt comes from the arguments, from stdin, or ' +
        'from both (stdin is appended).',
    )
    .argument('[prompt...]', 'the prompt')
    .addHelpText(
      'after',
      '\nExamples:\n  orx chat "Why is the sky blue?"\n  git diff | orx chat "Write a commit message"\n' +
        '  orx chat -m gpt-5.1 -m deepseek-chat --max-price 2/12 "…"\n  orx chat --dry-run --json "…"',
    )
    .action((words: readonly string[]) =>
      chat(words, command.opts<ChatFlags>(), globals(command), ctx),
    )
}

async function chat(
  words: readonly string[],
  flags: ChatFlags,
  options: Globals,
  ctx: Context,
): Promise<void> {
  const config = await loadConfig(ctx)
  const typed = words.join(' ')
  const piped = ctx.stdin.isTTY ? '' : await allOf(ctx.stdin.stream)
  const prompt = [typed, piped].filter((text) => text.trim() !== '').join('\n\n')
  if (prompt === '' && flags.attach.length === 0) {
    if (!ctx.stdin.isTTY || !ctx.tty.out || flags.dryRun) throw noPrompt()
    const { converse } = await import('./chat-talk.ts')
    return converse(ctx, flags, options, config)
  }
  const turn = await openTurn(ctx, flags, options)
  const limits = limitsOf(ctx, config)
  const user: Message = {
    role: 'user',
    text: prompt,
    ...(turn.attachments.length > 0 && { attachments: turn.attachments }),
  }
  const messages = [...turn.history, user]
  const input = { flags, options, config, limits, messages, ...turn }
  const planned = await planChat(ctx, input)
  if (flags.dryRun) {
    const { dryRun } = await import('./chat-dry-run.ts')
    return dryRun(ctx, planned, options)
  }
  const warn = (why: string) => {
    if (!options.quiet) ctx.err(`warning: ${why}\n`)
  }
  const ledger = await openLedger(ctx, (why) => warn(`prompts are not recorded: ${why}`))
  try {
    const output = await outputFor(ctx, outputKind(ctx, flags, options), options.quiet)
    const reply = await sendChat(ctx, { planned, options, ledger, output, signal: ctx.signal })
    if (turn.session !== undefined) {
      const { keepSession } = await import('../sources/chat/sessions.ts')
      const answer: Message = { role: 'assistant', text: reply.text }
      keepSession(ctx, turn.session, [...messages, answer], warn)
    }
    await mustBeWhole(reply, turn.schema)
  } finally {
    ledger.close()
  }
}

const noPrompt = (): OrxError =>
  new OrxError('BAD_ARGUMENT', 'there is no prompt', 'Type one: orx chat "…", or pipe it in.')

/** Largest prompt from a pipe; no model reads more. */
const MOST_CHARACTERS = 20_000_000

async function allOf(stream: NodeJS.ReadableStream): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const piece of stream) {
    text += typeof piece === 'string' ? piece : decoder.decode(piece, { stream: true })
    if (text.length > MOST_CHARACTERS) {
      throw new OrxError('BAD_INPUT', 'the prompt on stdin has over 20 MB', 'Send a part of it.')
    }
  }
  return text + decoder.decode()
}
