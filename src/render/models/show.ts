import type { Paint } from '../../context.ts'
import { markText } from '../../core/catalog/marks.ts'
import type { Source } from '../../core/catalog/model.ts'
import { meets, NEEDS } from '../../core/catalog/needs.ts'
import type { PricePoint } from '../../core/catalog/price.ts'
import type { Profile } from '../../core/catalog/profile.ts'
import { age } from '../cost/view.ts'
import type { Sheet } from '../sheet.ts'
import { padStart, wrap } from '../width.ts'
import { list, size } from './cells.ts'
import { type CatalogView, modelJson, scoreJson, sourcesOf } from './json.ts'
import { directLines, endpointLines, priceLines, reportLines, scoreLines } from './sections.ts'

export type ShowView = CatalogView & { readonly profile: Profile }

export function showJson({ catalog, scoreSources, profile }: ShowView): object {
  const { row, variants, endpoints, shares, spread, direct, scores, report } = profile
  return {
    schema: 'orx.models.show/1',
    catalog: { name: catalog.name, asOf: catalog.asOf },
    model: modelJson(row),
    history: row.model.points.map(pointJson),
    variants,
    direct: direct.map(({ model: _, ...offer }) => offer),
    endpoints: endpoints.map(({ model: _, ...endpoint }, at) => ({
      ...endpoint,
      share: shares[at] ?? null,
    })),
    spread,
    scores: scores.map(scoreJson),
    report: report && {
      name: report.model.name,
      context: report.model.context,
      ...pointJson(report.model.points.at(-1)),
      differences: report.differences,
    },
    sources: usedSources({ catalog, scoreSources, profile }),
  }
}

const pointJson = (point: PricePoint | undefined): object => ({
  source: point?.source ?? null,
  asOf: point?.asOf ?? null,
  price: point?.price ?? null,
  unpriced: point?.unpriced ?? null,
  low: point?.low ?? null,
  approximate: point?.approximate === true,
})

function usedSources({
  catalog,
  scoreSources,
  profile: { row, scores },
}: Pick<ShowView, 'catalog' | 'scoreSources' | 'profile'>): readonly Source[] {
  const used = new Set(scores.map(({ source }) => source))
  const others = scoreSources.filter(({ id }) => used.has(id))
  return [...sourcesOf(catalog, scoreSources, [row]).filter(({ id }) => !used.has(id)), ...others]
}

/** One fact a row, with where it is from: for CSV and Markdown. */
export function showSheet({ profile }: ShowView): Sheet {
  const { row, endpoints, direct, scores, report } = profile
  const { model } = row
  const fact = (
    section: string,
    key: string,
    value: string | number | null | undefined,
    source: string | null,
    asOf: string | null,
  ) => [section, key, value === null || value === undefined ? null : String(value), source, asOf]
  const rates = (
    section: string,
    { price = {}, ...of }: Pick<PricePoint, 'price' | 'source' | 'asOf'>,
  ) =>
    Object.entries(price).flatMap(([key, value]) =>
      typeof value === 'string' ? [fact(section, key, value, of.source, of.asOf)] : [],
    )
  return {
    columns: ['section', 'key', 'value', 'source', 'as_of'].map((key) => ({
      key,
      title: key.replace('_', ' '),
    })),
    rows: [
      fact('model', 'id', model.id, null, model.lastSeen),
      fact('model', 'name', model.name, null, model.lastSeen),
      fact('model', 'status', model.status, null, model.lastSeen),
      fact('model', 'successor', model.successor, null, null),
      fact('model', 'context', model.context, null, model.lastSeen),
      fact('model', 'max_output', model.maxOutput, null, model.lastSeen),
      fact('model', 'inputs', model.inputs?.join(' '), null, model.lastSeen),
      fact('model', 'outputs', model.outputs?.join(' '), null, model.lastSeen),
      ...model.points
        .toReversed()
        .flatMap((point) =>
          point.price
            ? rates('price', point)
            : [fact('price', 'unpriced', point.unpriced, point.source, point.asOf)],
        ),
      ...direct.flatMap((offer) => rates(`direct ${offer.provider}`, offer)),
      ...endpoints.flatMap(({ tag, price, ttftMs, throughput, asOf }) => [
        ...rates(`endpoint ${tag}`, { price, source: 'openrouter-endpoints', asOf }),
        fact(`endpoint ${tag}`, 'ttft_ms', ttftMs?.p50, 'openrouter-endpoints', asOf),
        fact(`endpoint ${tag}`, 'tokens_per_second', throughput?.p50, 'openrouter-endpoints', asOf),
      ]),
      ...scores.map(({ metric, value, effort, source, asOf }) =>
        fact('score', effort ? `${metric} (${effort})` : metric, value, source, asOf),
      ),
      ...(report?.model.points ?? []).flatMap((point) => rates('report', point)),
    ],
  }
}

export function showText(view: ShowView, width: number, paint: Paint): string {
  const columns = Math.min(width, 100)
  const { profile, catalog, now } = view
  const notes = [
    ...profile.row.marks.map(markText),
    `catalogue: ${catalog.name}, ${catalog.asOf}, ${age(catalog.asOf, now)} · sources with terms: --json`,
  ]
  const blocks = [
    head(profile, columns, paint),
    priceLines(profile, columns, paint),
    directLines(profile, columns, paint),
    endpointLines(profile, columns, paint),
    scoreLines(profile, view.scoreSources, columns, paint),
    reportLines(profile, columns, paint),
    notes.flatMap((note) => wrap(note, columns - 1).map((line) => paint.dim(` ${line}`))),
  ]
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`
}

function head({ row: { model }, variants }: Profile, columns: number, paint: Paint) {
  const { id, name, status, successor, context, maxOutput, expires, created } = model
  const can = NEEDS.filter((need) => meets(model, need))
  const partly = model.partialParameters ? ' (others not known)' : ''
  const facts = [
    [
      context === null ? 'context not known' : `context ${size(context)}`,
      maxOutput === null ? 'output cap not known' : `output up to ${size(maxOutput)}`,
      created ? `since ${created}` : `first seen ${model.points[0]?.asOf}`,
    ].join(', '),
    `takes ${list(model.inputs)} · gives ${list(model.outputs)} · can: ${can.join(', ') || 'nothing listed'}${partly}`,
    variants.length > 0 ? `variants: ${variants.join(', ')}` : '',
  ].filter(Boolean)
  const warnings = [
    status === 'retired'
      ? `Retired: last listed ${model.lastSeen}.${successor ? ` Successor: ${successor}.` : ''}`
      : '',
    expires ? `Expires ${expires}.` : '',
  ].filter(Boolean)
  const room = Math.max(columns === Infinity ? 0 : columns - id.length, name.length + 2)
  return [
    `${paint.bold(id)}${padStart(name, Math.min(room, 60))}`,
    ...warnings.flatMap((each) => wrap(`! ${each}`, columns).map((line) => paint.yellow(line))),
    ...facts.flatMap((fact) => wrap(fact, columns - 1).map((line) => ` ${line}`)),
  ]
}
