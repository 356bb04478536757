import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { faultOf, mask } from '../../src/core/secret.ts'
import { keyFile, keyFileIsOpen, readKeyFile, writeKeyFile } from '../../src/sources/key-file.ts'
import { heldKeys, resolveKey } from '../../src/sources/keys.ts'
import { newHome } from '../context.ts'

const SECRET = 'sk-or-v1-0123456789abcdef0123456789abcdef'

const home = (files: { config?: string; keys?: Record<string, string> } = {}, env = {}) => {
  const ctx = { env: { ORX_HOME: newHome(), ...env } }
  if (files.config) writeFileSync(join(ctx.env.ORX_HOME, 'config.toml'), files.config)
  if (files.keys) writeKeyFile(ctx, files.keys)
  return ctx
}

describe('where a key is found', () => {
  test('the environment wins over the command, the command over the file', async () => {
    const config = `[keyCommand]\nopenrouter = "echo ${SECRET}-command"\n`
    const keys = { openrouter: `${SECRET}-file` }
    const all = home({ config, keys }, { OPENROUTER_API_KEY: `${SECRET}-env` })
    expect((await resolveKey(all, 'openrouter'))?.reveal()).toBe(`${SECRET}-env`)
    expect((await resolveKey(home({ config, keys }), 'openrouter'))?.reveal()).toBe(
      `${SECRET}-command`,
    )
    expect((await resolveKey(home({ keys }), 'openrouter'))?.reveal()).toBe(`${SECRET}-file`)
    expect(await resolveKey(home(), 'openrouter')).toBeUndefined()
  })

  test.each([
    ['openai', 'OPENAI_API_KEY'],
    ['google-ai-studio', 'GEMINI_API_KEY'],
    ['google-ai-studio', 'GOOGLE_GENERATIVE_AI_API_KEY'],
    ['together', 'TOGETHER_AI_API_KEY'],
  ])('%s reads %s', async (provider, variable) => {
    const key = await resolveKey(home({}, { [variable]: SECRET }), provider)
    expect(key?.origin).toEqual({ kind: 'environment', variable })
  })

  test('a provider of config.toml reads the variable it names', async () => {
    const config = '[provider.local]\nbaseUrl = "http://127.0.0.1:8080/v1"\nenv = "LOCAL_KEY"\n'
    const ctx = home({ config }, { LOCAL_KEY: SECRET })
    expect((await resolveKey(ctx, 'local'))?.reveal()).toBe(SECRET)
    expect([...(await heldKeys(ctx)).keys()]).toEqual(['local'])
  })

  test('an empty variable is no key', async () => {
    expect(await resolveKey(home({}, { OPENROUTER_API_KEY: ' ' }), 'openrouter')).toBeUndefined()
  })

  test('knowing which keys are held runs no command', async () => {
    const config = '[keyCommand]\nopenai = "exit 1"\n'
    expect((await heldKeys(home({ config }))).get('openai')).toEqual({
      origin: { kind: 'command', provider: 'openai' },
      masked: null,
    })
  })
})

describe('a key that cannot be used', () => {
  test.each([
    ['exit 3', 'the command of keyCommand.openai failed with status 3'],
    ['true', 'the command of keyCommand.openai printed nothing'],
    [`echo ${SECRET} and more`, /cannot be sent: it contains a space/],
  ])('command %j', async (command, message) => {
    const ctx = home({ config: `[keyCommand]\nopenai = "${command}"\n` })
    const failure = await resolveKey(ctx, 'openai').catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'KEY_MISSING', message: expect.stringMatching(message) })
    expect(inspect(failure, { depth: 9, showHidden: true })).not.toContain(SECRET)
  })

  test('a broken key file is reported without quoting it', async () => {
    const ctx = home()
    writeFileSync(keyFile(ctx), `{"openrouter": "${SECRET}`)
    const failure = await resolveKey(ctx, 'openrouter').catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'BAD_CONFIG' })
    expect(inspect(failure, { depth: 9, showHidden: true })).not.toContain(SECRET)
  })

  test.each(['', 'short', 'has space in it', 'line\nbreak-line', 'kéy-with-accent'])(
    '%j has a fault',
    (secret) => expect(faultOf(secret)).toBeDefined(),
  )
})

describe('a key is never shown', () => {
  test('not by printing, logging or serialising it', async () => {
    const key = await resolveKey(home({}, { OPENROUTER_API_KEY: SECRET }), 'openrouter')
    expect(JSON.stringify(key) + inspect(key, { depth: 9, showHidden: true })).not.toContain(
      '0123456789',
    )
  })

  test.each([
    [SECRET, 'sk-or-v1-…cdef'],
    ['sk-ant-api03-abcdefghijklmnopqrstuvwx', 'sk-ant-…uvwx'],
    ['gsk_abcdefghijklmnopqrstuvwx', 'gsk_…uvwx'],
    ['AIzaSyA-0123456789abcdefghijklmno', '…lmno'],
    ['shortkey', '…'],
    ['sk-12345678', '…'],
  ])('%s is shown as %s', (secret, shown) => expect(mask(secret)).toBe(shown))
})

describe('the key file', () => {
  test('is made for its owner only, in a folder of his own', () => {
    const ctx = { env: { ORX_HOME: join(newHome(), 'deep', 'er') } }
    writeKeyFile(ctx, { openrouter: SECRET })
    expect(statSync(keyFile(ctx)).mode & 0o777).toBe(0o600)
    expect(statSync(ctx.env.ORX_HOME).mode & 0o777).toBe(0o700)
    expect(readKeyFile(ctx)).toEqual({ openrouter: SECRET })
  })

  test('is tightened when it is written again', () => {
    const ctx = home({ keys: { openrouter: SECRET } })
    chmodSync(keyFile(ctx), 0o644)
    expect(keyFileIsOpen(ctx)).toBe(true)
    writeKeyFile(ctx, { openai: SECRET })
    expect(keyFileIsOpen(ctx)).toBe(false)
  })

  test('that cannot be written leaves no trace and says what would do', () => {
    const ctx = home()
    mkdirSync(keyFile(ctx))
    expect(() => writeKeyFile(ctx, { openai: SECRET })).toThrow(/cannot be written/)
    expect(() => readFileSync(`${keyFile(ctx)}.${process.pid}.tmp`)).toThrow(/ENOENT/)
  })
})
