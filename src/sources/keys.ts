import type { Context } from '../context.ts'
import type { Config } from '../core/config.ts'
import { OrxError } from '../core/errors.ts'
import { PROVIDERS } from '../core/providers.ts'
import { faultOf, type Key, type KeyOrigin, mask, originText } from '../core/secret.ts'
import { loadConfig } from './config.ts'
import { keyFile, readKeyFile } from './key-file.ts'

export const OPENROUTER = 'openrouter'

type World = Pick<Context, 'env'>

/** The variables that may hold a provider's key, the usual one first. */
export function keyVariables(provider: string, config?: Config): readonly string[] {
  if (provider === OPENROUTER) return ['OPENROUTER_API_KEY']
  const known = PROVIDERS.find(({ slug }) => slug === provider)
  if (known) return known.env
  const own = config?.provider[provider]?.env
  return own === undefined ? [] : [own]
}

/** Every provider a key may be held for: OpenRouter, the ones built in, the ones of `config.toml`. */
export const keyedProviders = (config: Config): readonly string[] => [
  ...new Set([OPENROUTER, ...PROVIDERS.map(({ slug }) => slug), ...Object.keys(config.provider)]),
]

/**
 * The key to send to a provider ("openrouter" or a provider slug): from its environment variable, else from the command
 * of `[keyCommand]`, else from the key file. Undefined if none has it.
 * @throws OrxError KEY_MISSING where the command fails or prints no key, BAD_CONFIG where a file cannot be read.
 */
export async function resolveKey(ctx: World, provider: string): Promise<Key | undefined> {
  return (
    fromEnvironment(ctx, provider, keyVariables(provider)) ??
    fromState(ctx, provider, await loadConfig(ctx))
  )
}

async function fromState(ctx: World, provider: string, config: Config): Promise<Key | undefined> {
  const own = fromEnvironment(ctx, provider, keyVariables(provider, config))
  if (own) return own
  const command = config.keyCommand[provider]
  if (command !== undefined) {
    return keyOf(provider, { kind: 'command', provider }, await printed(command, provider, ctx))
  }
  return fromFile(ctx, provider)
}

/** What can be said of a held key without running any command. */
export type HeldKey = {
  readonly origin: KeyOrigin
  /** Null for a command, which was not run. */
  readonly masked: string | null
  /** Why it cannot be sent. */
  readonly fault?: string
}

/** The providers whose key is held, in the order of `keyedProviders`: enough to know which routes are open. */
export async function heldKeys(ctx: World): Promise<ReadonlyMap<string, HeldKey>> {
  const config = await loadConfig(ctx)
  const file = readKeyFile(ctx)
  const held = new Map<string, HeldKey>()
  for (const provider of keyedProviders(config)) {
    const found = environmentSecret(ctx, keyVariables(provider, config))
    const stored = file[provider]
    if (found) {
      held.set(provider, shown({ kind: 'environment', variable: found.variable }, found.secret))
    } else if (config.keyCommand[provider] !== undefined) {
      held.set(provider, { origin: { kind: 'command', provider }, masked: null })
    } else if (stored !== undefined) {
      held.set(provider, shown({ kind: 'file', path: keyFile(ctx) }, stored))
    }
  }
  return held
}

function shown(origin: KeyOrigin, secret: string): HeldKey {
  const fault = faultOf(secret)
  return { origin, masked: mask(secret), ...(fault === undefined ? {} : { fault }) }
}

function environmentSecret(
  { env }: World,
  variables: readonly string[],
): { readonly variable: string; readonly secret: string } | undefined {
  for (const variable of variables) {
    const secret = env[variable]?.trim()
    if (secret) return { variable, secret }
  }
  return undefined
}

function fromEnvironment(
  ctx: World,
  provider: string,
  variables: readonly string[],
): Key | undefined {
  const found = environmentSecret(ctx, variables)
  if (!found) return undefined
  return keyOf(provider, { kind: 'environment', variable: found.variable }, found.secret)
}

function fromFile(ctx: World, provider: string): Key | undefined {
  const secret = readKeyFile(ctx)[provider]
  return secret === undefined
    ? undefined
    : keyOf(provider, { kind: 'file', path: keyFile(ctx) }, secret)
}

function keyOf(provider: string, origin: KeyOrigin, secret: string): Key {
  const fault = faultOf(secret)
  if (fault === undefined) return { provider, origin, masked: mask(secret), reveal: () => secret }
  throw new OrxError(
    'KEY_MISSING',
    `the key for ${provider} from ${originText(origin)} cannot be sent: ${fault}`,
    'Check where it comes from: orx keys list',
  )
}

/** A password manager may ask for a fingerprint, so a minute; its output is never repeated anywhere. */
const COMMAND_TIMEOUT_MS = 60_000

async function printed(command: string, provider: string, { env }: World): Promise<string> {
  // Loaded here: few keys come from a command, and every chat looks for a key.
  const { execFile } = await import('node:child_process')
  const [shell, flag] = process.platform === 'win32' ? ['cmd.exe', '/c'] : ['/bin/sh', '-c']
  return new Promise((resolve, reject) => {
    execFile(
      shell,
      [flag, command],
      { encoding: 'utf8', timeout: COMMAND_TIMEOUT_MS, env: { ...env } },
      (error, stdout) => {
        const text = stdout.trim()
        if (error === null && text !== '') return resolve(text)
        const reason = error?.killed
          ? 'took longer than a minute'
          : error
            ? `failed with status ${error.code ?? error.signal}`
            : 'printed nothing'
        reject(
          new OrxError(
            'KEY_MISSING',
            `the command of keyCommand.${provider} ${reason}`,
            'Run it by itself to see why: orx config get keyCommand',
          ),
        )
      },
    )
  })
}
