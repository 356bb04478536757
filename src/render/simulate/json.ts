import { toDecimal, type Usd } from '../../core/money.ts'
import { DROP_REASONS, type Routing } from '../../core/policy/routing.ts'
import type { Difference, Paired } from '../../core/simulate/compare.ts'
import type { Drill } from '../../core/simulate/drill.ts'
import { CELLS, edgeMs } from '../../core/simulate/histogram.ts'
import type { Figure, MoneyFigure, Result } from '../../core/simulate/result.ts'
import { availability } from '../../core/simulate/scene.ts'
import {
  lanes,
  POLICY_LABELS,
  replyMs,
  type Simulation,
  seenShares,
} from '../../core/simulate/simulation.ts'

/** `orx.simulate/1`. No clock and no elapsed time in it: the same question gives the same bytes. */
export function simulateJson(simulation: Simulation): object {
  const { models, setup, cast, result, partial, policy, policies, drill, direct } = simulation
  const { routing, outages } = setup
  return {
    schema: 'orx.simulate/1',
    models,
    policy: {
      name: policy,
      label: POLICY_LABELS[cast.plan.routing.policy],
      ...routingJson(routing),
    },
    workload: {
      requestsPerRun: setup.requests,
      runs: setup.runs,
      overSeconds: setup.overMs / 1000,
      sizes: cast.sizes.map(({ input, output, share }) => ({ input, output, share: tidy(share) })),
      unroutable: tidy(cast.unroutable),
    },
    seed: setup.seed,
    partial,
    runsDone: result.runs,
    requests: result.requests,
    answeredRequests: result.answeredCount,
    charged: toDecimal(result.charged),
    wastedTotal: toDecimal(result.wastedTotal),
    ...figures(result),
    endpoints: endpointsJson(simulation),
    dropped: cast.dropped.map(({ endpoint: { model, provider, tag }, reason, detail }) => ({
      model,
      provider,
      tag,
      reason,
      why: DROP_REASONS[reason],
      detail,
    })),
    ttftHistogram: bands(result.histogram),
    timeline: timelineJson(simulation),
    policies: policies.map((line) => ({
      policy: line.policy,
      ...figures(line.result),
      difference: line.difference && differenceJson(line.difference),
    })),
    drill: drill && {
      survive: drill.survive,
      singles: drill.singles.map((each) => drillJson(each, drill.survive)),
      pairs: drill.pairs.map((each) => drillJson(each, drill.survive)),
      fallback: drill.fallback && {
        model: drill.fallback.model,
        answeredBefore: tidy(drill.fallback.before),
        answeredAfter: tidy(drill.fallback.after),
      },
    },
    direct,
    assumptions: assumptionsJson(simulation),
    sources: {
      endpoints: { asOf: newest(cast.endpoints.map(({ asOf }) => asOf)) },
      outages: { ...outages.source, from: outages.from, to: outages.to, note: outages.note },
    },
  }
}

const newest = (dates: readonly string[]): string => dates.toSorted().at(-1) ?? ''

/** Nine decimals: beyond them a float says nothing about a simulation. */
const tidy = (value: number): number => Number(value.toFixed(9))
const known = (value: number | null): number | null => (value === null ? null : tidy(value))
const decimal = (amount: Usd | null): string | null => amount && toDecimal(amount)

const figure = ({ simulated, half, exact }: Figure) => ({
  simulated: known(simulated),
  half: known(half),
  exact: known(exact),
})
const money = ({ simulated, half, exact }: MoneyFigure) => ({
  simulated: decimal(simulated),
  half: decimal(half),
  exact: decimal(exact),
})

const figures = (result: Result) => ({
  costPerMillion: money(result.cost),
  wastedPerMillion: money(result.wasted),
  answered: figure(result.answered),
  failedOver: figure(result.failedOver),
  gatewayOut: figure(result.gatewayOut),
  attempts: figure(result.attempts),
  ttftMs: {
    p50: figure(result.ttftMs.p50),
    p95: figure(result.ttftMs.p95),
    p99: figure(result.ttftMs.p99),
  },
})

const routingJson = ({ preferences, exponent, fallback, pooled, tries }: Routing) => ({
  exponent,
  fallback,
  pooled,
  tries,
  allowFallbacks: preferences.allowFallbacks !== false,
  order: preferences.order ?? null,
  only: preferences.only ?? null,
  ignore: preferences.ignore ?? null,
})

function endpointsJson({ cast, result }: Simulation) {
  const seen = seenShares(cast)
  return cast.endpoints.map(({ model, provider, tag, quantization, throughput }, player) => {
    const its = result.endpoints[player]
    return {
      model,
      provider,
      tag,
      quantization,
      requestPrice: decimal(cast.prices[player] ?? null),
      availability: tidy(availability(cast.scene.players[player]?.churn ?? null)),
      outagesMeasured: !cast.assumed.outages.includes(tag),
      ttftMeasured: !cast.assumed.ttft.includes(tag),
      throughputP50: throughput?.p50 ?? null,
      replyMsP50: known(replyMs(cast, player)),
      share: its && figure(its.share),
      first: its && figure(its.first),
      attempts: its && figure(its.attempts),
      failures: its && figure(its.failures),
      answeredRequests: its?.answered ?? 0,
      seen: known(seen[player] ?? null),
    }
  })
}

/** Cells of the histogram eight at a time: sixteen to a doubling; empty ones are left out. */
function bands(histogram: Int32Array) {
  const list: { fromMs: number; toMs: number; requests: number }[] = []
  for (let cell = 0; cell < CELLS; cell += 8) {
    let requests = 0
    for (let at = cell; at < cell + 8; at++) requests += histogram[at] ?? 0
    if (requests > 0) list.push({ fromMs: edgeMs(cell), toMs: edgeMs(cell + 8), requests })
  }
  return list
}

const TIMELINE_CELLS = 60

function timelineJson({ cast, setup }: Simulation) {
  const { players, gateway } = lanes(cast.scene, 0, TIMELINE_CELLS)
  return {
    run: 1,
    cellSeconds: tidy(setup.overMs / 1000 / TIMELINE_CELLS),
    gateway: gateway.down.map(tidy),
    endpoints: players.map(({ down }, player) => ({
      model: cast.endpoints[player]?.model,
      tag: cast.endpoints[player]?.tag,
      down: down.map(tidy),
    })),
  }
}

const differenceOf = (difference: Difference | null) =>
  difference && { mean: tidy(difference.mean), half: known(difference.half) }

/** Money differences are statistics, so they are plain numbers in US$. */
const differenceJson = ({ cost, answered, p50, p95, p99 }: Paired) => ({
  costPerMillion: differenceOf(cost),
  answered: differenceOf(answered),
  ttftMs: { p50: differenceOf(p50), p95: differenceOf(p95), p99: differenceOf(p99) },
})

const drillJson = ({ down, answered, cost }: Drill, survive: number) => ({
  down,
  answered: tidy(answered),
  costPerMillion: decimal(cost),
  survives: answered >= survive,
})

function assumptionsJson({ setup, cast }: Simulation) {
  const { error, rateLimited, downError, cut, gatewayMs, lagMs, shared } = setup.assumptions
  return {
    error,
    rateLimited,
    downError,
    cut,
    gatewayMs,
    lagSeconds: lagMs / 1000,
    shared: shared && {
      betweenSeconds: shared.betweenMs / 1000,
      lengthSeconds: shared.lengthMs / 1000,
    },
    outagesOfAllProviders: cast.assumed.outages,
    ttftOfProvider: cast.assumed.ttft,
  }
}
