import { toDecimal } from '../../core/money.ts'
import type { Advice, ReportRow } from '../../core/recommend/advice.ts'
import type { Offer } from '../../core/recommend/candidate.ts'
import type { Pick } from '../../core/recommend/recommend.ts'
import type { Task } from '../../core/recommend/task.ts'
import { quotedJson, saidJson } from '../quote-json.ts'

/** `orx recommend --json`. Prices are US$ per 1M tokens, costs US$, all as decimal strings. */
export const adviceJson = (advice: Advice): object => {
  const { question, report, picks, unscored, sources } = advice
  const { task, volume } = question
  return {
    schema: 'orx.recommend/1',
    task: {
      id: task.id,
      label: task.label,
      labelTh: task.labelTh,
      source: task.source,
      metric: task.metric,
      needs: task.needs,
      minContext: task.minContext,
      volume,
      reasons: [...new Set(report.map(({ why }) => why).filter(Boolean))],
      strategy: report.find(({ strategy }) => strategy)?.strategy ?? null,
    },
    report: report.map(reportJson),
    today: picks.map(pickJson),
    unscored: unscored.newer.map(unscoredJson),
    sources,
  }
}

const reportJson = ({ role, name, id, today, score }: ReportRow): object => ({
  role,
  name,
  model: id,
  said: saidJson(today.said),
  status: today.status,
  now: {
    ...quotedJson(today.now),
    score: score?.value ?? null,
    scoreAsOf: score?.asOf ?? null,
    expires: today.expires,
  },
  successor: today.successor ? quotedJson(today.successor) : null,
})

const pickJson = ({ role, candidate, why }: Pick): object => ({
  role,
  model: candidate?.model.id ?? null,
  score: candidate && {
    metric: candidate.score.metric,
    value: candidate.score.value,
    effort: candidate.score.effort,
    source: candidate.score.source,
    asOf: candidate.score.asOf,
  },
  price: candidate && {
    input: candidate.rates.input ?? null,
    output: candidate.rates.output ?? null,
  },
  cost: candidate && toDecimal(candidate.cost),
  ttftMs: candidate?.model.speed?.ttftMs ?? null,
  throughput: candidate?.model.speed?.throughput ?? null,
  context: candidate?.model.context ?? null,
  why,
  marks: candidate?.marks.map(({ kind, text }) => ({ kind, text })) ?? [],
})

const unscoredJson = ({ model, rates, point }: Offer): object => ({
  model: model.id,
  input: rates.input ?? null,
  output: rates.output ?? null,
  source: point.source,
  asOf: point.asOf,
})

/** `orx recommend --list --json`. */
export const tasksJson = (tasks: readonly Task[]): object => ({
  schema: 'orx.recommend.tasks/1',
  tasks: tasks.map(({ id, label, labelTh, aliases, source }) => ({
    id,
    label,
    labelTh,
    aliases,
    source,
  })),
})
