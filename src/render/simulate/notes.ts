import { DROP_REASONS } from '../../core/policy/routing.ts'
import {
  POLICY_LABELS,
  replyMs,
  type Simulation,
  seenShares,
} from '../../core/simulate/simulation.ts'
import { age } from '../cost/view.ts'
import { shortNames } from './names.ts'
import { duration, ms, percent } from './units.ts'

/** What has to be said with the figures: rules, assumptions, dates, whatever is missing. */
export function notes(simulation: Simulation, now: Date): readonly string[] {
  const { setup, cast, result, policies, direct } = simulation
  const { policy } = cast.plan.routing
  const elsewhere = unexplained(simulation)
  const seeds = `seed ${setup.seed}, runs 1–${Math.max(result.runs, 1)}`
  return [
    `${policy}: ${POLICY_LABELS[policy]}.`,
    ...(policies.some((line) => line.policy.startsWith('adjusted')) && policy !== 'adjusted'
      ? [`adjusted: ${POLICY_LABELS.adjusted}.`]
      : []),
    ...(elsewhere === null
      ? []
      : [
          `[1] What OpenRouter really sent, 30 minutes of ${asOf(simulation)}: ${percent(elsewhere, 0)} of it went elsewhere than by this rule.`,
        ]),
    ...dropped(simulation),
    ...assumed(simulation),
    ...(direct.length > 0
      ? [`Gateway down: ${direct.join(', ')} sells it directly (orx chat --route direct).`]
      : ['Gateway down: nothing is answered; nobody known sells it directly.']),
    ...replies(simulation),
    `endpoints ${asOf(simulation)}, ${age(asOf(simulation), now)} · outages ${setup.outages.from} to ${setup.outages.to} · ${seeds}`,
  ]
}

const asOf = ({ cast }: Simulation): string =>
  cast.endpoints
    .map((each) => each.asOf)
    .toSorted()
    .at(-1) ?? ''

/** The share of the observed requests that the rule would have sent elsewhere; null where nothing was observed. */
function unexplained({ cast, result }: Simulation): number | null {
  const seen = seenShares(cast)
  if (cast.endpoints.length < 2 || seen.every((share) => share === null)) return null
  return seen.reduce<number>((sum, share, player) => {
    const figure = result.endpoints[player]?.share
    return sum + Math.abs((share ?? 0) - (figure?.exact ?? figure?.simulated ?? 0)) / 2
  }, 0)
}

function dropped({ cast, setup }: Simulation): readonly string[] {
  const list = cast.dropped
    .slice(0, 6)
    .map(
      ({ endpoint, reason, detail }) =>
        `${endpoint.tag} (${DROP_REASONS[reason]}${detail ? `: ${detail}` : ''})`,
    )
  const more = cast.dropped.length - list.length
  return [
    ...(list.length > 0
      ? [`Left out: ${list.join(', ')}${more > 0 ? `, and ${more} more` : ''}.`]
      : []),
    ...(cast.unroutable > 1e-9
      ? [`${percent(cast.unroutable, 1)} of the requests fit no endpoint and are not simulated.`]
      : []),
    ...(setup.sizes.length > 1 ? ['$ per 1M by provider is that of the first size.'] : []),
  ]
}

/** The whole reply only where both parts are medians: nobody measured the slow half of throughput. */
function replies({ cast, result }: Simulation): readonly string[] {
  const names = shortNames(cast.endpoints)
  const known = cast.endpoints
    .map((_, player) => ({ player, reply: replyMs(cast, player) }))
    .filter(({ reply }) => reply !== null)
    .sort((a, b) => share(result, b.player) - share(result, a.player))
    .slice(0, 4)
    .map(({ player, reply }) => `${names[player]} ${ms(reply)}`)
  const output = cast.sizes[0]?.output ?? 0
  return known.length === 0
    ? []
    : [
        `Whole reply of ${output} tokens at p50: ${known.join(', ')}; the slow half of throughput is not in the data.`,
      ]
}

const share = ({ endpoints }: Simulation['result'], player: number): number =>
  endpoints[player]?.share.exact ?? endpoints[player]?.share.simulated ?? 0

function assumed({ setup, cast }: Simulation): readonly string[] {
  const { error, rateLimited, downError, cut, gatewayMs, lagMs, shared } = setup.assumptions
  const [low, high] = gatewayMs
  return [
    `Assumed: ${percent(error, 1)} errors and ${percent(rateLimited, 1)} rate limits where up, ${percent(downError, 0)} failing where degraded, noticed after ${duration(lagMs)}; an error takes as long as a first token; gateway ${low}–${high} ms${cut > 0 ? `; ${percent(cut, 2)} of streams cut half way` : ''}${shared ? `; all degraded at once every ${duration(shared.betweenMs)} for ${duration(shared.lengthMs)}` : ''}.`,
    `Outages are OpenRouter's rolling half hour: each is some 30 min too long.${cast.assumed.outages.length > 0 ? ' * not measured: that of all providers.' : ''}`,
    ...(cast.assumed.ttft.length > 0
      ? [
          `First token of ${cast.assumed.ttft.slice(0, 4).join(', ')}${cast.assumed.ttft.length > 4 ? ' …' : ''}: the provider's usual one.`,
        ]
      : []),
    ...(cut > 0 ? [] : ['Only answered requests are charged; no stream is cut here (--cut).']),
  ]
}
