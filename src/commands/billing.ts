import { type Command, Option } from 'commander'
import { OrxError } from '../core/errors.ts'
import type { FeeSchedule, Payment, Plan, PlanFees, PurchaseFee } from '../core/fees.ts'

/** `--plan` and `--pay`, for every command that knows OpenRouter's bill. */
export function addBillingOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--plan <plan>', "OpenRouter's billing plan")
        .choices(['standard', 'business', 'enterprise'])
        .default('standard'),
    )
    .addOption(
      new Option('--pay <way>', 'how credits are paid').choices(['card', 'crypto']).default('card'),
    )
}

/** @throws OrxError BAD_ARGUMENT where the schedule does not know the plan. */
export function planFees(schedule: FeeSchedule, plan: Plan): PlanFees {
  const fees = schedule.plans[plan]
  if (fees) return fees
  throw new OrxError(
    'BAD_ARGUMENT',
    `fee schedule ${schedule.id} knows no ${plan} plan`,
    `Use --plan ${Object.keys(schedule.plans).join(' or ')}.`,
  )
}

/** The terms of buying credits, or why they are not known. */
export function purchaseTerms(
  schedule: FeeSchedule,
  plan: Plan,
  pay: Payment,
): PurchaseFee | { readonly unknown: string } {
  const terms = planFees(schedule, plan)[pay]
  if (terms) return terms
  return {
    unknown:
      plan === 'enterprise'
        ? 'on the enterprise plan the fee is negotiated'
        : `the fee for ${pay} on the ${plan} plan is not known`,
  }
}
