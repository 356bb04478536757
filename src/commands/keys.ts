import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { OrxError } from '../core/errors.ts'
import { nearest } from '../core/nearest.ts'
import { faultOf, mask, originText } from '../core/secret.ts'
import { type KeyRow, keysJson, keysSheet, keysText } from '../render/keys.ts'
import { loadConfig } from '../sources/config.ts'
import { keyFile, keyFileIsOpen, readKeyFile, writeKeyFile } from '../sources/key-file.ts'
import { type HeldKey, heldKeys, keyedProviders, keyVariables } from '../sources/keys.ts'
import { readSecret } from '../sources/secret-input.ts'
import { globals } from './globals.ts'
import { print } from './print.ts'

export function declare(command: Command, ctx: Context): void {
  command
    .description(
      'The keys of OpenRouter and of providers. A key is looked for in the environment, then in the output of its ' +
        'keyCommand (config.toml), then in a file that only you can read. It is never shown in full.',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  orx keys\n  orx keys set openrouter\n  pass show openai | orx keys set openai\n  orx keys test',
    )
    .action(() => list(command, ctx))
  const listing = command.command('list').summary('which keys are held, and where each comes from')
  listing.action(() => list(listing, ctx))
  const setting = command
    .command('set')
    .summary('save a key, typed at a prompt or piped in')
    .argument('<provider>', 'openrouter, openai, anthropic …')
  setting.action((provider: string) => set(provider, setting, ctx))
  const testing = command
    .command('test')
    .summary('ask each provider whether it takes its key')
    .argument('[providers...]', 'only these (default: every key held)')
  testing.action(async (providers: readonly string[]) => {
    const { testKeys } = await import('./keys-test.ts')
    await testKeys(await Promise.all(providers.map((each) => known(each, ctx))), testing, ctx)
  })
  const removing = command
    .command('remove')
    .summary('delete a key from the key file')
    .argument('<provider>', 'openrouter, openai, anthropic …')
  removing.action((provider: string) => remove(provider, removing, ctx))
}

async function list(command: Command, ctx: Context): Promise<void> {
  const { format, quiet } = globals(command)
  const config = await loadConfig(ctx)
  const held = await heldKeys(ctx)
  const rows = keyedProviders(config).map((provider) =>
    row(provider, held.get(provider), keyVariables(provider, config)),
  )
  print(ctx, format, {
    json: () => keysJson(rows),
    sheet: () => keysSheet(rows.filter(({ origin }) => origin !== null)),
    text: () => keysText(rows, ctx.width),
  })
  if (!quiet && keyFileIsOpen(ctx)) {
    ctx.err(`warning: others can read ${keyFile(ctx)}; mend it: chmod 600 ${keyFile(ctx)}\n`)
  }
}

export const row = (
  provider: string,
  held: HeldKey | undefined,
  variables: readonly string[],
): KeyRow => ({
  provider,
  origin: held?.origin ?? null,
  masked: held?.masked ?? null,
  fault: held?.fault ?? null,
  variables,
})

async function set(typed: string, command: Command, ctx: Context): Promise<void> {
  const provider = await known(typed, ctx)
  const secret = await readSecret(ctx, `Key for ${provider} (nothing is shown): `)
  const fault = faultOf(secret)
  if (fault !== undefined) {
    throw new OrxError(
      'BAD_INPUT',
      `that is no key: ${fault}; nothing was saved`,
      `Run \`orx keys set ${provider}\` again and paste the key alone.`,
    )
  }
  writeKeyFile(ctx, { ...readKeyFile(ctx), [provider]: secret })
  said(command, ctx, 'set', provider, mask(secret))
  warnOfHidden(provider, await heldKeys(ctx), command, ctx)
}

async function remove(typed: string, command: Command, ctx: Context): Promise<void> {
  const provider = await known(typed, ctx)
  const { [provider]: secret, ...rest } = readKeyFile(ctx)
  if (secret === undefined) {
    const origin = (await heldKeys(ctx)).get(provider)?.origin
    throw new OrxError(
      'KEY_MISSING',
      `${keyFile(ctx)} has no key for ${provider}`,
      origin
        ? `It comes from ${originText(origin)}: remove it there.`
        : 'Nothing to do: orx keys list',
    )
  }
  writeKeyFile(ctx, rest)
  said(command, ctx, 'remove', provider, mask(secret))
  warnOfHidden(provider, await heldKeys(ctx), command, ctx)
}

/** The environment and a keyCommand win over the file: somebody who just changed the file should know. */
function warnOfHidden(
  provider: string,
  held: ReadonlyMap<string, HeldKey>,
  command: Command,
  ctx: Context,
): void {
  const origin = held.get(provider)?.origin
  if (globals(command).quiet || !origin || origin.kind === 'file') return
  ctx.err(`note: the key used for ${provider} is the one of ${originText(origin)}\n`)
}

function said(
  command: Command,
  ctx: Context,
  deed: 'set' | 'remove',
  provider: string,
  masked: string,
): void {
  const file = keyFile(ctx)
  const columns = ['provider', 'key', 'file'].map((key) => ({ key, title: key }))
  print(ctx, globals(command).format, {
    json: () => ({ schema: `orx.keys.${deed}/1`, provider, masked, file }),
    sheet: () => ({ columns, rows: [[provider, masked, file]] }),
    text: () =>
      deed === 'set'
        ? `${provider}: ${masked} saved in ${file}\n`
        : `${provider}: ${masked} removed from ${file}\n`,
  })
}

async function known(typed: string, ctx: Context): Promise<string> {
  const providers = keyedProviders(await loadConfig(ctx))
  const name = typed.toLowerCase()
  const found = providers.find((each) => each === (ALSO[name] ?? name))
  if (found) return found
  // Somebody who typed the key itself must not see it again in an error, a log or a screenshot.
  if (/^(sk|gsk|key|xai|csk|fw|AIza)[-_]?.{16,}/.test(typed) || typed.length > 40) {
    throw new OrxError(
      'BAD_ARGUMENT',
      'that looks like a key; on the command line every process of this machine can read it, and the history keeps it',
      'Make a new key at the provider, then run `orx keys set openrouter` and paste it there.',
    )
  }
  const [guess] = nearest(typed, providers, 1)
  throw new OrxError(
    'BAD_ARGUMENT',
    `no provider is called "${typed}"`,
    guess
      ? `Did you mean ${guess}?`
      : `One of ${providers.join(', ')}, or [provider] of config.toml.`,
  )
}

/** What people call them. */
const ALSO: Readonly<Record<string, string>> = {
  google: 'google-ai-studio',
  gemini: 'google-ai-studio',
  'x-ai': 'xai',
  mistralai: 'mistral',
}
