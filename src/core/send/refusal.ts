import { limitText } from '../budget.ts'
import { OrxError } from '../errors.ts'
import type { Reservation } from '../ledger.ts'
import { toDecimal } from '../money.ts'

/** The error to end with where nothing could be reserved for a prompt, so that nothing was sent. */
export function refusalError(refusal: Exclude<Reservation, { kind: 'held' }>): OrxError {
  const again = refusal.resets ? ` It starts over ${timeText(refusal.resets)}.` : ''
  if (refusal.kind === 'free-limit') {
    return new OrxError(
      'RATE_LIMITED',
      `${refusal.limit} free requests a ${refusal.per} are used up`,
      `Come back ${timeText(refusal.resets)}, or name a paid model with -m.`,
    )
  }
  const { state, needed, why } = refusal
  const scope = state.limit.scope.kind === 'all' ? '' : ` for ${state.limit.scope.name}`
  const budget = `the budget of $${limitText(state.limit)}${scope} has $${toDecimal(state.left)} left`
  if (why === 'unpriced') {
    return new OrxError(
      'OVER_BUDGET',
      `${budget}, and nothing bounds what this model costs: it has no known price`,
      'Name another model, or set its price: orx config set price.MODEL.input 1.00',
    )
  }
  const worst = needed ? `, and this prompt may cost $${toDecimal(needed)}` : ''
  return new OrxError(
    'OVER_BUDGET',
    `${budget}${worst}`,
    `Ask for less with --max-tokens, name a cheaper or free model, or raise it: orx budget set.${again}`,
  )
}

const timeText = (time: Date): string =>
  `at ${time.toISOString().slice(0, 19).replace('T', ' ').replace(/:00$/, '')} UTC`
