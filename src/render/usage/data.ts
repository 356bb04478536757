import { compare, subtract, toDecimal, type Usd } from '../../core/money.ts'
import type { Elsewhere } from '../../core/usage/elsewhere.ts'
import type { Regret } from '../../core/usage/regret.ts'
import type { ModelUsage } from '../../core/usage/reprice.ts'
import type { Volume } from '../../core/usage/volume.ts'
import type { Sheet } from '../sheet.ts'
import type { UsageView } from './view.ts'

export function usageJson(view: UsageView): object {
  const { repriced } = view
  const { difference, reported } = repriced
  return {
    schema: 'orx.usage/1',
    source: view.catalog,
    asOf: view.asOf,
    fees: view.fees,
    files: view.files,
    from: view.days[0]?.day ?? null,
    to: view.days.at(-1)?.day ?? null,
    requests: repriced.volume.requests,
    tokens: tokensJson(repriced.volume),
    reported: reported && toDecimal(reported.total),
    recomputed: toDecimal(repriced.recomputed),
    complete: repriced.unpriced.length === 0,
    difference: difference && {
      total: toDecimal(difference.total),
      extra: toDecimal(difference.extra),
      unpriced: toDecimal(difference.unpriced),
      notReported: toDecimal(difference.notReported),
      rest: toDecimal(difference.rest),
    },
    early: {
      requests: repriced.early.requests,
      amount: toDecimal(repriced.early.amount),
    },
    byModel: dearestFirst(repriced.byModel).map((each) => ({
      model: each.id,
      requests: each.volume.requests,
      tokens: tokensJson(each.volume),
      reported: each.reported && toDecimal(each.reported.total),
      recomputed: allUnpriced(each) ? null : toDecimal(each.recomputed),
      unpriced: each.unpriced,
    })),
    byDay: view.days.map((each) => ({
      day: each.day,
      requests: each.requests,
      reported: toDecimal(each.reported),
      recomputed: toDecimal(each.recomputed),
    })),
    unpriced: repriced.unpriced.map((each) => ({
      model: each.model,
      why: each.why,
      requests: each.volume.requests,
      tokens: tokensJson(each.volume),
      reported: each.reported && toDecimal(each.reported),
    })),
    skipped: view.skipped,
    replaced: view.replaced,
    aggregated: view.aggregated,
    onOther: view.elsewhere.map((each) => elsewhereJson(each, repriced.recomputed)),
    ...(view.regret && { regret: regretJson(view.regret) }),
    notes: view.notes,
  }
}

const tokensJson = ({ requests: _, ...tokens }: Volume): object => tokens

export const allUnpriced = ({ unpriced, volume, unpricedVolume }: ModelUsage): boolean =>
  unpriced !== null && unpricedVolume.requests === volume.requests

export const dearestFirst = (models: readonly ModelUsage[]): readonly ModelUsage[] =>
  models.toSorted(
    (a, b) =>
      compare(b.recomputed, a.recomputed) ||
      compare(b.reported?.total ?? b.recomputed, a.reported?.total ?? a.recomputed) ||
      (a.id < b.id ? -1 : 1),
  )

const elsewhereJson = (each: Elsewhere, now: Usd): object => ({
  model: each.model?.id ?? null,
  route: each.route,
  requests: each.requests,
  tokens: toDecimal(each.tokens),
  fee: toDecimal(each.fee),
  total: toDecimal(each.total),
  saved: toDecimal(subtract(now, each.total)),
  overflow: each.overflow,
  unpriced: each.unpriced,
})

const regretJson = ({
  rows,
  saved,
  now,
  best,
  front,
  notScored,
  metric,
  config,
  requests,
}: Regret): object => ({
  metric,
  now: toDecimal(now),
  best: toDecimal(best),
  saved: toDecimal(saved),
  classes: rows.map((row) => ({
    class: row.name,
    model: row.from,
    score: row.fromScore,
    requests: row.requests,
    now: toDecimal(row.now),
    better: row.to,
    betterScore: row.toScore,
    cost: toDecimal(row.cost),
    saved: toDecimal(row.saved),
  })),
  front: front.map(({ model, score, total }) => ({ model, score, total: toDecimal(total) })),
  notScored,
  config,
  requests,
})

/** One row a model: what CSV and Markdown show. */
export function usageSheet({ repriced }: UsageView): Sheet {
  const numbers = ['requests', 'input', 'output', 'cacheRead', 'cacheWrite', 'reasoning']
  return {
    columns: [
      { key: 'model', title: 'model' },
      ...[...numbers, 'reported', 'recomputed'].map((key) => ({
        key,
        title: key,
        align: 'right' as const,
      })),
      { key: 'unpriced', title: 'unpriced' },
    ],
    rows: dearestFirst(repriced.byModel).map((each) => [
      each.id,
      ...[
        each.volume.requests,
        each.volume.input,
        each.volume.output,
        each.volume.cacheRead,
        each.volume.cacheWrite + each.volume.cacheWrite1h,
        each.volume.reasoning,
      ].map(String),
      each.reported && toDecimal(each.reported.total),
      allUnpriced(each) ? null : toDecimal(each.recomputed),
      each.unpriced,
    ]),
  }
}
