import type { Command } from 'commander'
import type { Context } from '../context.ts'
import type { Endpoint } from '../core/catalog/endpoint.ts'
import { latestScores } from '../core/catalog/latest-scores.ts'
import type { Catalog, Model } from '../core/catalog/model.ts'
import { type Profile, type Said, scoresOf, spreadOf, versus } from '../core/catalog/profile.ts'
import { rowOf } from '../core/catalog/query.ts'
import type { Score } from '../core/catalog/score.ts'
import { showJson, showSheet, showText } from '../render/models/show.ts'
import { loadCatalog, loadDirect, loadEndpoints, loadQuality } from '../sources/catalog.ts'
import { globals } from './globals.ts'
import { print } from './print.ts'
import { openWorld } from './world.ts'

export function declareShow(command: Command, ctx: Context): void {
  command
    .summary('everything known of one model')
    .description(
      'Show one model: its prices with tiers and history, its endpoints, its scores with sources, and what the 2025 report says of it.',
    )
    .argument('<model>', 'id, name after the author, or alias')
    .addHelpText(
      'after',
      '\nExamples:\n  orx models show gpt-5.1\n  orx models show deepseek-chat --json',
    )
    .action(async (text: string) => {
      const options = globals(command)
      const { catalog, find } = await openWorld(ctx, options)
      const quality = await loadQuality(ctx)
      const profile = await profileOf(ctx, catalog, find(text), quality.scores)
      const view = { catalog, profile, scoreSources: quality.sources, now: ctx.now() }
      print(ctx, options.format, {
        json: () => showJson(view),
        text: () => showText(view, ctx.width, ctx.paint),
        sheet: () => showSheet(view),
      })
    })
}

async function profileOf(
  ctx: Context,
  catalog: Catalog,
  model: Model,
  scores: readonly Score[],
): Promise<Profile> {
  const endpoints = await loadEndpoints(ctx, model.id)
  const direct = await loadDirect(ctx)
  return {
    row: rowOf(model, latestScores(scores)),
    variants: catalog.models.filter(({ base }) => base === model.id).map(({ id }) => id),
    endpoints,
    shares: await shares(ctx, model.id, endpoints),
    spread: spreadOf(endpoints),
    direct: direct.filter((offer) => offer.model === model.id),
    scores: scoresOf(scores, model.id),
    report: await said(ctx, catalog, model),
  }
}

/** Loaded only here: the list of models does without the routing rules. */
async function shares(ctx: Context, model: string, endpoints: readonly Endpoint[]) {
  if (endpoints.length === 0) return []
  const { ruleShares } = await import('./models-shares.ts')
  return ruleShares(ctx, model, endpoints)
}

/** The report's own figures, beside those of another catalogue. */
async function said(ctx: Context, catalog: Catalog, model: Model): Promise<Said | null> {
  if (catalog.name === 'report') return null
  const report = await loadCatalog(ctx, 'report')
  const named = report.models.find(({ id }) => id === model.id)
  return named ? versus(named, model) : null
}
