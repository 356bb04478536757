import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { OrxError } from '../core/errors.ts'
import { freeQuota } from '../core/free-limit.ts'
import type { Key } from '../core/secret.ts'
import { type AccountView, statusJson, statusSheet, statusText } from '../render/status.ts'
import { fetchCredits, fetchKey } from '../sources/account.ts'
import { loadConfig } from '../sources/config.ts'
import type { Network } from '../sources/http.ts'
import { heldKeys, OPENROUTER, resolveKey } from '../sources/keys.ts'
import { existingLedger, openLedger } from '../sources/ledger/ledger.ts'
import { limitsOf } from '../sources/limits.ts'
import { budgetView } from './budget.ts'
import { type Globals, globals } from './globals.ts'
import { row } from './keys.ts'
import { network } from './network.ts'
import { print } from './print.ts'
import { openWorld } from './world.ts'

export function declare(command: Command, ctx: Context): void {
  command
    .description(
      'Where you stand: keys held, balance and limits where the key may see them, what is left of the free models’ quota ' +
        'and of the budget, and the age of the catalogue.',
    )
    .addHelpText('after', '\nExamples:\n  orx status\n  orx status --offline')
    .action(() => show(command, ctx))
}

async function show(command: Command, ctx: Context): Promise<void> {
  const options = globals(command)
  const warn = (why: string) => {
    if (!options.quiet) ctx.err(`warning: ${why}\n`)
  }
  const config = await loadConfig(ctx)
  const held = await heldKeys(ctx)
  const asked = await askAccount(ctx, options, warn)
  const { catalog } = await openWorld(ctx, options)
  const ledger = await existingLedger(ctx, warn)
  const view = {
    keys: [...held].map(([provider, key]) => row(provider, key, [])),
    account: asked.account,
    free: ledger?.freeQuota() ?? freeQuota({ starts: [], report: undefined }, ctx.now()),
    budget: await budgetView(ctx, limitsOf(ctx, config), warn),
    catalog: { name: catalog.name, asOf: catalog.asOf, models: catalog.models.length },
  }
  print(ctx, options.format, {
    json: () => statusJson(view),
    sheet: () => statusSheet(view),
    text: () => statusText(view, ctx.width),
  })
  if (asked.failure) throw asked.failure
}

type Asked = {
  readonly account: AccountView | { readonly unknown: string }
  /** Thrown once everything else is shown. */
  readonly failure: OrxError | undefined
}

type Balance = {
  readonly view: Pick<AccountView, 'credits' | 'creditsUnknown'>
  readonly failure: OrxError | undefined
}

/** What the key itself may tell is shown even where the balance cannot be had. */
async function askBalance(net: Network, key: Key): Promise<Balance> {
  try {
    const credits = (await fetchCredits(net, key)) ?? null
    return { view: { credits, creditsUnknown: null }, failure: undefined }
  } catch (error) {
    if (!(error instanceof OrxError) || error.code === 'INTERRUPTED') throw error
    return { view: { credits: null, creditsUnknown: error.message }, failure: error }
  }
}

const notAsked = (why: string): Asked => ({
  account: { unknown: `not asked: ${why}` },
  failure: undefined,
})

async function askAccount(
  ctx: Context,
  options: Globals,
  warn: (why: string) => void,
): Promise<Asked> {
  if (options.offline) return notAsked('--offline')
  try {
    const key = await resolveKey(ctx, OPENROUTER)
    if (!key) return notAsked('no key (orx keys set openrouter)')
    const net = network(ctx, options)
    const [info, balance] = await Promise.all([fetchKey(net, key), askBalance(net, key)])
    if (info.freeRequests) {
      const ledger = await openLedger(ctx, warn)
      ledger.keepFreeReport({ ...info.freeRequests, at: ctx.now() })
      ledger.close()
    }
    return { account: { ...info, ...balance.view }, failure: balance.failure }
  } catch (error) {
    if (!(error instanceof OrxError) || error.code === 'INTERRUPTED') throw error
    return { account: { unknown: error.message }, failure: error }
  }
}
