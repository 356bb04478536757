import * as z from 'zod'
import type { Score } from '../../src/core/catalog/score.ts'

/** A leaderboard's own name of a model → [OpenRouter id, effort]. Checked by hand. */
const names = z.record(z.string(), z.tuple([z.string()], z.string()))
export const qualityMap = z.object({ artificialAnalysis: names, lmarena: names, aider: names })
export type Names = z.infer<typeof names>

export const artificialAnalysisFile = z.object({
  rows: z.array(
    z.object({
      slug: z.string(),
      name: z.string(),
      evaluations: z.record(z.string(), z.union([z.number(), z.boolean()]).nullable()),
    }),
  ),
})
export const lmarenaFile = z.object({
  models: z.record(z.string(), z.record(z.string(), z.tuple([z.number(), z.number()]))),
})
export const benchmarksFile = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      benchmarks: z
        .object({ artificial_analysis: z.record(z.string(), z.number().nullable()).optional() })
        .optional(),
    }),
  ),
})

type Note = (heading: string, row: string) => void
type Seen = { readonly source: string; readonly asOf: string }

/** Artificial Analysis' keys of what is kept. Shares become percent. */
const AA: Readonly<Record<string, string>> = {
  artificial_analysis_intelligence_index: 'intelligence',
  artificial_analysis_coding_index: 'coding',
  artificial_analysis_agentic_index: 'agentic',
  intelligence_index: 'intelligence',
  coding_index: 'coding',
  agentic_index: 'agentic',
  gpqa: 'gpqa',
  hle: 'hle',
  scicode: 'scicode',
  aa_lcr: 'long-context',
  ifbench: 'ifbench',
  tau2_bench: 'tau2',
  terminal_bench_hard: 'terminal-bench',
  critpt: 'critpt',
  aa_omniscience_non_hallucination: 'non-hallucination',
  mmmu_pro: 'mmmu-pro',
}
const INDEX = new Set(['intelligence', 'coding', 'agentic'])

/** Every score of every mapped row; several efforts of one model give several scores. */
export function readArtificialAnalysis(
  { rows }: z.infer<typeof artificialAnalysisFile>,
  ids: Names,
  seen: Seen,
  note: Note,
): readonly Score[] {
  return rows.flatMap(({ slug, name, evaluations }) => {
    const [model] = ids[slug] ?? []
    if (!model) {
      note('Artificial Analysis rows of no mapped model', slug)
      return []
    }
    return aaScores(model, evaluations, effortIn(name), seen)
  })
}

function aaScores(
  model: string,
  evaluations: Readonly<Record<string, unknown>>,
  effort: string | null,
  seen: Seen,
): readonly Score[] {
  const estimated = evaluations['artificial_analysis_intelligence_index_is_estimated'] === true
  return Object.entries(evaluations).flatMap(([key, value]): Score[] => {
    const metric = AA[key]
    if (!metric || typeof value !== 'number') return []
    const index = INDEX.has(metric)
    return [
      {
        model,
        metric,
        value: tenth(index ? value : value * 100),
        unit: index ? 'index' : 'percent',
        effort,
        ...seen,
        ...(estimated && metric === 'intelligence' ? { estimated: true } : {}),
      },
    ]
  })
}

/** "max" of "Claude Opus 4.8 (Adaptive Reasoning, Max Effort)"; null where the brackets name no effort, or are not there. */
export function effortIn(name: string): string | null {
  const inside = /\(([^()]*)\)\s*$/.exec(name)?.[1]?.toLowerCase() ?? ''
  const effort = /([a-z]+) effort/.exec(inside)?.[1]
  if (inside.startsWith('non-reasoning'))
    return effort ? `non-reasoning ${effort}` : 'non-reasoning'
  if (effort) return effort
  return /^(x?high|low|medium|minimal|max|reasoning)$/.exec(inside)?.[1] ?? null
}

/** OpenRouter's copy of the indices, in `benchmarks` of its /models. It names no effort. */
export const readBenchmarks = (
  { data }: z.infer<typeof benchmarksFile>,
  seen: Seen,
): readonly Score[] =>
  data.flatMap(({ id, benchmarks }) =>
    aaScores(id, benchmarks?.artificial_analysis ?? {}, null, seen),
  )

/** LMArena's categories that are kept; those that only filter votes, and single languages, are not. */
const ARENA: Readonly<Record<string, string>> = {
  full: 'overall',
  coding: 'coding',
  math: 'math',
  creative_writing: 'creative-writing',
  if: 'instruction-following',
  hard_6: 'hard',
  expert: 'expert',
  multiturn: 'multi-turn',
  long_user: 'long-prompt',
  english: 'english',
  chinese: 'chinese',
  industry_business_and_management_and_financial_operations: 'business',
  industry_legal_and_government: 'legal',
  industry_life_and_physical_and_social_science: 'science',
  industry_mathematical: 'mathematical-work',
  industry_medicine_and_healthcare: 'medicine',
  industry_software_and_it_services: 'software',
  industry_writing_and_literature_and_language: 'writing',
}

export function readLmarena(
  { models }: z.infer<typeof lmarenaFile>,
  ids: Names,
  seen: Seen,
  note: Note,
): readonly Score[] {
  return Object.entries(models).flatMap(([name, categories]) => {
    const [model, effort = null] = ids[name] ?? []
    if (!model) {
      note('LMArena rows of no mapped model', name)
      return []
    }
    return Object.entries(categories).flatMap(([category, [value]]): Score[] => {
      const kept = ARENA[category]
      return kept
        ? [{ model, metric: `arena-${kept}`, value, unit: 'rating', effort, ...seen }]
        : []
    })
  })
}

/** Aider's leaderboard is YAML of flat blocks, so lines are enough. */
export function readAider(yaml: string, ids: Names, seen: Seen, note: Note): readonly Score[] {
  return yaml.split(/^- /m).flatMap((block): Score[] => {
    const name = /^\s*model: (.+)$/m.exec(block)?.[1]?.trim()
    const share = /^\s*pass_rate_2: ([\d.]+)$/m.exec(block)?.[1]
    if (!name || share === undefined) return []
    const [model, effort = null] = ids[name] ?? []
    if (!model) {
      note('Aider rows of no mapped model', name)
      return []
    }
    const value = Number(share)
    return [{ model, metric: 'aider-polyglot', value, unit: 'percent', effort, ...seen }]
  })
}

/** The highest score of each model, metric and source; it names the effort that reached it. */
export function highest(scores: readonly Score[]): readonly Score[] {
  const best = new Map<string, Score>()
  for (const score of scores) {
    const key = `${score.model} ${score.metric} ${score.source}`
    const other = best.get(key)
    if (!other || score.value > other.value) best.set(key, score)
  }
  return [...best.values()]
}

/** One metric of one source a line, so that a reader can leave out the lines it does not need. */
export function qualityText(scores: readonly Score[], sources: readonly object[]): string {
  const models = [...new Set(scores.map(({ model }) => model))].sort()
  const place = new Map(models.map((model, at) => [model, at]))
  const metrics = new Map<string, Score[]>()
  for (const score of scores) {
    const { metric, unit, source, asOf } = score
    const key = JSON.stringify({ metric, unit, source, asOf })
    metrics.set(key, [...(metrics.get(key) ?? []), score])
  }
  const lines = [...metrics].map(([key, each]) => {
    const rows = each
      .map(({ model, value, effort, estimated }) => [
        place.get(model) ?? -1,
        value,
        ...(estimated ? [effort, 1] : effort === null ? [] : [effort]),
      ])
      .sort(([x = 0], [y = 0]) => Number(x) - Number(y))
    return `${key.slice(0, -1)},"scores":${JSON.stringify(rows)}}`
  })
  return [
    `{"schema":"orx.quality/1",`,
    `"sources":${JSON.stringify(sources)},`,
    `"models":${JSON.stringify(models)},`,
    `"metrics":[\n${lines.join(',\n')}\n]}\n`,
  ].join('\n')
}

const tenth = (value: number): number => Math.round(value * 10) / 10
