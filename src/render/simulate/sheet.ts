import { times, toDecimal, type Usd } from '../../core/money.ts'
import type { Figure } from '../../core/simulate/result.ts'
import { availability } from '../../core/simulate/scene.ts'
import { type Simulation, seenShares } from '../../core/simulate/simulation.ts'
import { type Column, plainColumns, type Sheet } from '../sheet.ts'

/** Rows of CSV and Markdown: drills or policies where they were asked for, else endpoints and their total. */
export function simulateSheet(simulation: Simulation): Sheet {
  if (simulation.drill && simulation.drill.pairs.length > 0) return drillSheet(simulation)
  if (simulation.compared) return policySheet(simulation)
  return endpointSheet(simulation)
}

const columns = (...keys: readonly string[]): readonly Column[] =>
  plainColumns(keys).map((column) =>
    LABELS.includes(column.key) ? column : { ...column, align: 'right' as const },
  )

const LABELS: readonly string[] = ['endpoint', 'model', 'policy', 'down']

const text = (value: number | null): string | null =>
  value === null ? null : String(Number(value.toFixed(9)))
const money = (value: Usd | null): string | null => value && toDecimal(value)
const cells = ({ simulated, half, exact }: Figure) => [text(simulated), text(half), text(exact)]

function endpointSheet({ cast, result }: Simulation): Sheet {
  const seen = seenShares(cast)
  return {
    columns: columns(
      'endpoint',
      'model',
      'usdPerMillionRequests',
      'availability',
      'share',
      'shareHalf',
      'shareExact',
      'attempts',
      'failures',
      'answeredRequests',
      'seen',
    ),
    rows: [
      ...cast.endpoints.map(({ tag, model }, player) => {
        const its = result.endpoints[player]
        const price = cast.prices[player]
        return [
          tag,
          model,
          price ? toDecimal(times(price, 1_000_000)) : null,
          text(availability(cast.scene.players[player]?.churn ?? null)),
          ...(its ? cells(its.share) : [null, null, null]),
          text(its?.attempts.simulated ?? null),
          text(its?.failures.simulated ?? null),
          String(its?.answered ?? 0),
          text(seen[player] ?? null),
        ]
      }),
      [
        'total',
        null,
        money(result.cost.simulated),
        null,
        ...cells(result.answered),
        text(result.attempts.simulated),
        null,
        String(result.answeredCount),
        null,
      ],
    ],
  }
}

const policySheet = ({ policies }: Simulation): Sheet => ({
  columns: columns(
    'policy',
    'usdPerMillion',
    'usdPerMillionHalf',
    'usdPerMillionExact',
    'answered',
    'ttftMsP50',
    'ttftMsP95',
    'ttftMsP99',
    'usdPerMillionDifference',
    'usdPerMillionDifferenceHalf',
    'ttftMsP50Difference',
    'ttftMsP50DifferenceHalf',
  ),
  rows: policies.map(({ policy, result, difference }) => [
    policy,
    money(result.cost.simulated),
    money(result.cost.half),
    money(result.cost.exact),
    text(result.answered.simulated),
    text(result.ttftMs.p50.simulated),
    text(result.ttftMs.p95.simulated),
    text(result.ttftMs.p99.simulated),
    text(difference?.cost?.mean ?? null),
    text(difference?.cost?.half ?? null),
    text(difference?.p50?.mean ?? null),
    text(difference?.p50?.half ?? null),
  ]),
})

const drillSheet = ({ drill }: Simulation): Sheet => ({
  columns: columns('down', 'answered', 'usdPerMillion', 'survives'),
  rows: [...(drill?.singles ?? []), ...(drill?.pairs ?? [])].map(({ down, answered, cost }) => [
    down.join(' + '),
    text(answered),
    money(cost),
    String(answered >= (drill?.survive ?? 1)),
  ]),
})
