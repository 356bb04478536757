import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { parseMoney } from '../core/amount.ts'
import { OrxError } from '../core/errors.ts'
import { creditsDeducted, creditsFor, type Payment, type Plan, purchaseFee } from '../core/fees.ts'
import { add, type Usd } from '../core/money.ts'
import { feesJson, feesSheet, feesText, type Purchase } from '../render/fees.ts'
import { loadSchedule, loadSchedules } from '../sources/fees.ts'
import { addBillingOptions, purchaseTerms } from './billing.ts'
import { globals } from './globals.ts'
import { print } from './print.ts'

type Flags = { plan: Plan; pay: Payment; buy?: Usd; cash?: Usd; deducted?: true }

export function declare(command: Command, ctx: Context): void {
  addBillingOptions(
    command.description(
      'Show the fee schedule in force and the others: what buying credits and using your own keys costs, the limits of free models, expiry.',
    ),
  )
    .option('--buy <usd>', 'what so many dollars of credit cost', (text) =>
      parseMoney(text, '--buy'),
    )
    .option('--cash <usd>', 'how much credit so much cash buys', (text) =>
      parseMoney(text, '--cash'),
    )
    .option('--deducted', "with --cash: the report's other reading, fee taken out of the cash")
    .addHelpText(
      'after',
      '\nExamples:\n  orx fees\n  orx fees --buy 25\n  orx fees --cash 100 --pay crypto',
    )
    .action((flags: Flags) => {
      const { format, fees } = globals(command)
      const inForce = loadSchedule(ctx, fees)
      const view = { inForce, schedules: loadSchedules(ctx), purchase: purchase(flags, inForce) }
      print(ctx, format, {
        json: () => feesJson(view),
        text: () => feesText(view, ctx.width, ctx.paint),
        sheet: () => feesSheet(view),
      })
    })
}

function purchase(flags: Flags, schedule: Parameters<typeof purchaseTerms>[0]): Purchase | null {
  const { buy, cash, deducted, plan, pay } = flags
  if (deducted && !cash) {
    throw new OrxError(
      'BAD_ARGUMENT',
      '--deducted needs --cash',
      'Try `orx fees --cash 100 --deducted`.',
    )
  }
  if (buy && cash) {
    throw new OrxError('BAD_ARGUMENT', '--buy and --cash exclude each other', 'Give one of them.')
  }
  if (!buy && !cash) return null
  const terms = purchaseTerms(schedule, plan, pay)
  if ('unknown' in terms) {
    throw new OrxError('PRICE_UNKNOWN', terms.unknown, 'Try --plan standard, or ask OpenRouter.')
  }
  const common = { plan, pay, minimumUnknown: terms.minimum === null }
  if (cash && deducted) {
    const credits = creditsDeducted(cash, terms)
    return { ...common, credits, fee: purchaseFee(cash, terms), cash, reading: 'deducted' }
  }
  const credits = cash ? creditsFor(cash, terms) : (buy as Usd)
  const fee = purchaseFee(credits, terms)
  return { ...common, credits, fee, cash: add(credits, fee), reading: 'added' }
}
