import { type Cast, cast, type Setup } from '../core/simulate/cast.ts'
import { paired } from '../core/simulate/compare.ts'
import { result } from '../core/simulate/result.ts'
import { prepare, startRun, type Tally } from '../core/simulate/run.ts'
import type { PolicyLine } from '../core/simulate/simulation.ts'
import type { Flags } from './simulate-flags.ts'
import type { Serving } from './simulate-serve.ts'
import { routingOf } from './simulate-setup.ts'

const OTHERS = ['classic', 'nitro', 'floor', 'latency', 'adjusted']

/** Few requests: the cost of these lines is exact anyway, and a median needs no million. */
const GLANCE = { requests: 10_000, runs: 2 }

/** The other policies at a glance. */
export function overview(flags: Flags, setup: Setup): readonly (PolicyLine & { partial: false })[] {
  if (flags.order) return []
  return OTHERS.flatMap((policy) => {
    const made = cast({ ...setup, ...GLANCE, routing: routing(flags, policy, setup) })
    if (!made || made.endpoints.length < 2) return []
    return [{ policy, result: result(made, talliesOf(made)), difference: null, partial: false }]
  })
}

function talliesOf({ scene }: Cast): readonly Tally[] {
  const prepared = prepare(scene)
  return Array.from({ length: scene.runs }, (_, run) => {
    const { tally, advance } = startRun(prepared, run)
    advance(Number.POSITIVE_INFINITY)
    return tally
  })
}

const routing = (flags: Flags, policy: string, { routing: { models }, endpoints }: Setup) =>
  routingOf(
    { ...flags, ...(policy.startsWith('order') ? {} : { order: undefined }) } as Flags,
    policy,
    models,
    endpoints,
  )

/** The policies asked for, on the same outages and the same draws, against the first. */
export async function comparison(
  flags: Flags,
  setup: Setup,
  serve: Serving,
): Promise<readonly (PolicyLine & { partial: boolean })[]> {
  const lines: (PolicyLine & { partial: boolean })[] = []
  let base: { cast: Cast; runs: readonly Tally[] } | undefined
  for (const policy of flags.compare ?? []) {
    const made = cast({ ...setup, routing: routing(flags, policy, setup) })
    if (!made) continue
    const { tallies, partial } = await serve(made.scene)
    const here = { cast: made, runs: tallies }
    lines.push({
      policy,
      result: result(made, tallies),
      difference: base ? paired(base, here) : null,
      partial,
    })
    base ??= here
    if (partial) break
  }
  return lines
}
