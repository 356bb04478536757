import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { OrxError } from '../core/errors.ts'
import { keyTestsJson, keyTestsSheet, keyTestsText } from '../render/keys.ts'
import { checkKey } from '../sources/key-check.ts'
import { heldKeys, resolveKey } from '../sources/keys.ts'
import { globals } from './globals.ts'
import { network } from './network.ts'
import { print } from './print.ts'

/** `orx keys test`: asks each provider whether it takes the key held for it. */
export async function testKeys(
  named: readonly string[],
  command: Command,
  ctx: Context,
): Promise<void> {
  const options = globals(command)
  const providers = named.length > 0 ? named : [...(await heldKeys(ctx)).keys()]
  if (providers.length === 0) throw noKey('any provider', 'openrouter')
  const tests = await Promise.all(
    providers.map(async (provider) => {
      const key = await resolveKey(ctx, provider)
      if (!key) throw noKey(provider, provider)
      const verdict = await checkKey(ctx, network(ctx, options), key)
      return { provider, masked: key.masked, ...verdict }
    }),
  )
  print(ctx, options.format, {
    json: () => keyTestsJson(tests),
    sheet: () => keyTestsSheet(tests),
    text: () => keyTestsText(tests, ctx.width),
  })
  const whose = (result: string) =>
    tests.filter((test) => test.result === result).map(({ provider }) => provider)
  const [refused, unclear] = [whose('refused'), whose('unclear')]
  if (refused.length > 0) {
    throw new OrxError(
      'KEY_REFUSED',
      `refused: ${refused.join(', ')}`,
      `Make a new key there, then: orx keys set ${refused[0]}`,
    )
  }
  if (unclear.length > 0) {
    throw new OrxError(
      'UPSTREAM_FAILED',
      `no clear answer: ${unclear.join(', ')}`,
      'Check the network and --proxy, and try again.',
    )
  }
}

const noKey = (whose: string, provider: string) =>
  new OrxError('KEY_MISSING', `no key is held for ${whose}`, `Add it: orx keys set ${provider}`)
