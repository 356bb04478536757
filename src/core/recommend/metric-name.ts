import type { Metric } from '../catalog/score.ts'

const METRIC_NAMES: Readonly<Record<string, string>> = {
  intelligence: 'Intelligence Index',
  coding: 'Coding Index',
  agentic: 'Agentic Index',
  'aider-polyglot': 'Aider polyglot',
}

/** "Coding Index", "Arena creative writing". */
export const metricName = (metric: Metric): string =>
  METRIC_NAMES[metric] ??
  (metric.startsWith('arena-')
    ? `Arena ${metric.slice('arena-'.length).replaceAll('-', ' ')}`
    : metric)
