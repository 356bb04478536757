// One process among several: reserves and settles as fast as it can, and says on stdout what was acknowledged.
import { writeSync } from 'node:fs'
import { limitOf } from '../../../src/core/budget.ts'
import { usd } from '../../../src/core/money.ts'
import { openLedger } from '../../../src/sources/ledger/ledger.ts'

const [home = '', rounds = '1', limit = '', worst = '0.01', cost = '0.007'] = process.argv.slice(2)
const say = (line: string) => writeSync(1, `${line}\n`)

async function main() {
  const ctx = { env: { ORX_HOME: home }, now: () => new Date() }
  const ledger = await openLedger(ctx, (why) => say(`warning ${why}`))
  const limits = limit === '' ? [] : [limitOf(limit, { kind: 'all' })]
  for (let round = 0; round < Number(rounds); round++) {
    const held = ledger.reserve(
      {
        request: { asked: 'acme/small', candidates: [] },
        route: 'credits',
        models: ['acme/small'],
        free: false,
        expires: new Date(Date.now() + 60_000),
      },
      limits,
      (left) =>
        left === undefined || Number(left.units) / 10 ** left.scale >= Number(worst)
          ? { kind: 'fits', maxTokens: 256, worst: usd(worst) }
          : { kind: 'short', worst: usd(worst) },
    )
    say(held.kind === 'held' ? `held ${held.attempt}` : held.kind)
    if (held.kind !== 'held') continue
    const bill = { cost: usd(cost), upstream: undefined, isByok: false }
    ledger.settle(held.attempt, { status: 'ok', bill })
    say(`settled ${held.attempt}`)
  }
  ledger.close()
}

main().catch((error: unknown) => {
  say(`failed ${error}`)
  process.exitCode = 1
})
