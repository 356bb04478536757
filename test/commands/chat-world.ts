import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { Context } from '../../src/context.ts'
import { newHome, orx } from '../context.ts'
import type { StandIn } from '../openrouter/server.ts'

export const KEYS = {
  OPENROUTER_API_KEY: 'sk-or-v1-0123456789abcdef0123456789abcdef',
  OPENAI_API_KEY: 'sk-proj-0123456789abcdef0123456789abcdef',
  ANTHROPIC_API_KEY: 'sk-ant-0123456789abcdef0123456789abcdef',
  MISTRAL_API_KEY: 'mistral0123456789abcdef0123456789abcdef',
  DEEPSEEK_API_KEY: 'sk-deepseek0123456789abcdef0123456789',
} as const

export type KeyName = keyof typeof KEYS

/** A world whose providers are all the stand-in, with the keys that are named. */
export function chatWorld(standIn: StandIn, held: readonly KeyName[], config = '') {
  const home = newHome()
  const providers = ['openai/v1', 'anthropic/v1', 'mistral/v1', 'groq/openai/v1', 'deepseek']
  const tables = providers.map(
    (path) => `[provider.${path.split('/')[0]}]\nbaseUrl = "${standIn.origin}/${path}"\n`,
  )
  writeFileSync(join(home, 'config.toml'), `${tables.join('')}${config}`)
  const keys = Object.fromEntries(held.map((name) => [name, KEYS[name]]))
  const env = { ORX_HOME: home, OPENROUTER_BASE_URL: standIn.url, ...keys }
  const chat = (line: readonly string[], overrides: Partial<Context> = {}) =>
    // Without jitter no test waits; a pipe, so that text comes plain.
    orx(['chat', ...line], { random: () => 0, tty: { out: false, err: false }, ...overrides, env })
  return { home, env, chat }
}

export const pipe = (text: string): Context['stdin'] => ({
  isTTY: false,
  stream: Readable.from([Buffer.from(text)]),
})
