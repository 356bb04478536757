import type { Command } from 'commander'
import type { Context } from '../context.ts'
import type { Catalog, Model } from '../core/catalog/model.ts'
import { resolveModel } from '../core/catalog/resolve.ts'
import { OrxError } from '../core/errors.ts'
import { DROP_REASONS } from '../core/policy/routing.ts'
import { type Cast, cast, droppedBy, type Setup } from '../core/simulate/cast.ts'
import { result } from '../core/simulate/result.ts'
import type { Simulation } from '../core/simulate/simulation.ts'
import { simulateJson } from '../render/simulate/json.ts'
import { simulateSheet } from '../render/simulate/sheet.ts'
import { simulateText } from '../render/simulate/text.ts'
import { loadCatalog, loadDirect, loadEndpoints } from '../sources/catalog.ts'
import { loadConfig } from '../sources/config.ts'
import { loadOutages } from '../sources/simulation.ts'
import { globals } from './globals.ts'
import { print } from './print.ts'
import { drillReport } from './simulate-drill.ts'
import { addFlags, type Flags } from './simulate-flags.ts'
import { comparison, overview } from './simulate-policies.ts'
import { type Serving, server } from './simulate-serve.ts'
import { setupOf } from './simulate-setup.ts'

export function declare(command: Command, ctx: Context): void {
  addFlags(
    command.description(
      "Simulate OpenRouter's routing of a workload over a model's real endpoints: who serves it, what answered requests cost, how soon they begin, and what outages do.",
    ),
  )
    .addHelpText(
      'after',
      `
Examples:
  orx simulate deepseek-chat
  orx simulate deepseek-chat --compare classic,nitro,order:novita/deepinfra
  orx simulate deepseek-chat --outage openrouter@2d+4h --outage deepinfra@5d+1d
  orx simulate gpt-oss-120b --drill --only groq,cerebras,deepinfra
  orx simulate deepseek-chat llama-3.1-70b-instruct --down streamlake,deepinfra`,
    )
    .action(async (typed: readonly string[], flags: Flags) => {
      const { format, catalog: name, quiet } = globals(command)
      const catalog = await loadCatalog(ctx, name)
      const { models, policy } = named(typed, flags.policy, catalog, (await loadConfig(ctx)).alias)
      const serve = server(ctx, flags.jobs, quiet)
      const simulation = await simulate(ctx, { ...flags, policy }, models, catalog, serve)
      print(ctx, format, {
        json: () => simulateJson(simulation),
        text: () => simulateText(simulation, ctx.width, ctx.paint, ctx.now()),
        sheet: () => simulateSheet(simulation),
      })
      if (simulation.partial) {
        throw new OrxError(
          'INTERRUPTED',
          'interrupted; what was known is printed, marked partial',
          'Run it again with fewer --requests or --runs.',
        )
      }
    })
}

/** A routing suffix on a model's name is a policy: "deepseek-chat:nitro". */
function named(
  typed: readonly string[],
  policy: string,
  catalog: Catalog,
  alias: Readonly<Record<string, string>>,
) {
  let its = policy
  const models = typed.map((text) => {
    const suffix = /:(nitro|floor)$/.exec(text)
    if (suffix?.[1]) its = suffix[1]
    return resolveModel(catalog, suffix ? text.slice(0, suffix.index) : text, alias)
  })
  return { models, policy: its }
}

async function simulate(
  ctx: Context,
  flags: Flags,
  models: readonly Model[],
  catalog: Catalog,
  serve: Serving,
): Promise<Simulation> {
  const ids = models.map(({ id }) => id)
  const endpoints = (await Promise.all(ids.map((id) => loadEndpoints(ctx, id)))).flat()
  if (endpoints.length === 0) throw noEndpoints(ids)
  const sizes = flags.sizesFrom
    ? await (await import('../sources/sizes.ts')).sizesOfLog(ctx, flags.sizesFrom)
    : flags.sizes
  const asked = sizes ? { ...flags, sizes } : flags
  const setup = setupOf(asked, ids, endpoints, loadOutages(ctx))
  const made = cast(setup)
  if (!made) throw nothingLeft(setup, ids)
  const scene = enough(made, flags)
  const { tallies, partial } = await serve(scene.scene)
  const policies = flags.compare
    ? await comparison(flags, setup, serve)
    : partial
      ? []
      : overview(flags, setup)
  return {
    models: models.map(({ id, name }) => ({ id, name })),
    setup: { ...setup, requests: scene.scene.requests },
    cast: scene,
    result: result(scene, tallies),
    partial: partial || policies.some((line) => line.partial),
    policy: flags.policy,
    policies,
    compared: flags.compare !== undefined,
    drill: flags.fallback === 'draw' ? await drillReport(ctx, flags, setup, scene, catalog) : null,
    direct: (await loadDirect(ctx))
      .filter((offer) => ids.includes(offer.model))
      .map((offer) => offer.provider),
  }
}

const ENOUGH_FOR_ONE = 20_000

/** One endpoint leaves nothing to route: fewer requests tell as much, at once. An explicit number is kept. */
function enough(made: Cast, flags: Flags): Cast {
  if (made.endpoints.length > 1 || flags.requests !== 1e6) return made
  return { ...made, scene: { ...made.scene, requests: ENOUGH_FOR_ONE } }
}

const noEndpoints = (ids: readonly string[]): OrxError =>
  new OrxError(
    'NOTHING_LEFT',
    `no endpoint of ${ids.join(', ')} is in the data`,
    `Those of 2026-08-22 come with orx; ask who serves it today: orx catalog update --endpoints ${ids[0] ?? 'MODEL'}`,
  )

function nothingLeft(setup: Setup, ids: readonly string[]): OrxError {
  const dropped = droppedBy(setup)
  const shown = dropped
    .slice(0, 8)
    .map(
      ({ endpoint, reason, detail }) =>
        `${endpoint.tag}: ${DROP_REASONS[reason]}${detail ? ` (${detail})` : ''}`,
    )
  const rest = dropped.length - shown.length
  return new OrxError(
    'NOTHING_LEFT',
    `the filters leave no endpoint of ${ids.join(', ')}: ${shown.join('; ')}${rest > 0 ? `; and ${rest} more` : ''}`,
    'Loosen one of them.',
  )
}
