import { type Mark, markText } from '../../core/catalog/marks.ts'
import type { Catalog, Source } from '../../core/catalog/model.ts'
import type { ModelRow } from '../../core/catalog/query.ts'
import type { Score } from '../../core/catalog/score.ts'

/** What every view of models stands on. */
export type CatalogView = {
  readonly catalog: Catalog
  readonly scoreSources: readonly Source[]
  readonly now: Date
}

/** A model in JSON, with all that a list knows of it; the same object in every command. */
export function modelJson({ model, point, scores, marks }: ModelRow): object {
  return {
    id: model.id,
    name: model.name,
    author: model.author,
    kind: model.kind,
    base: model.base ?? null,
    status: model.status,
    lastSeen: model.lastSeen,
    created: model.created,
    expires: model.expires ?? null,
    successor: model.successor ?? null,
    context: model.context,
    maxOutput: model.maxOutput,
    inputs: model.inputs,
    outputs: model.outputs,
    parameters: model.parameters,
    parametersComplete: model.parameters !== null && !model.partialParameters,
    price: point.price ?? null,
    unpriced: point.unpriced ?? null,
    low: point.low ?? null,
    approximate: point.approximate === true,
    source: point.source,
    asOf: point.asOf,
    scores: {
      intelligence: scoreJson(scores.intelligence),
      coding: scoreJson(scores.coding),
      agentic: scoreJson(scores.agentic),
    },
    speed: model.speed ?? null,
    marks: marks.map(markJson),
  }
}

export const scoreJson = (score: Score | null): object | null =>
  score && {
    metric: score.metric,
    value: score.value,
    unit: score.unit,
    effort: score.effort,
    estimated: score.estimated === true,
    source: score.source,
    asOf: score.asOf,
  }

const markJson = (mark: Mark): object => ({ ...mark, text: markText(mark) })

/** The sources that these rows draw on. */
export function sourcesOf(
  { sources }: Catalog,
  scoreSources: readonly Source[],
  rows: readonly ModelRow[],
): readonly Source[] {
  const used = new Set(
    rows.flatMap(({ model, scores }) => [
      ...model.points.map(({ source }) => source),
      ...Object.values(scores).map((score) => score?.source ?? ''),
    ]),
  )
  return [...sources, ...scoreSources].filter(({ id }) => used.has(id))
}
