import type { Paint } from '../../context.ts'
import type { Difference } from '../../core/simulate/compare.ts'
import type { Drill } from '../../core/simulate/drill.ts'
import type { Simulation } from '../../core/simulate/simulation.ts'
import { fixed, grouped } from '../money.ts'
import { type Column, sheetText } from '../sheet.ts'
import { wrap } from '../width.ts'
import { ms, percent } from './units.ts'

/** One line a policy; with differences to the first one where they were compared. */
export function policiesText(
  { policies, compared }: Simulation,
  columns: number,
  paint: Paint,
): string {
  if (policies.length === 0) return ''
  const right = 'right' as const
  const heads: readonly Column[] = [
    { key: 'policy', title: ' by policy', flexible: true },
    { key: 'cost', title: '$ per 1M', align: right },
    ...(compared ? [{ key: 'costBy', title: 'vs first', align: right }] : []),
    { key: 'p50', title: 'p50', align: right },
    ...(compared ? [{ key: 'p50By', title: 'vs first', align: right }] : []),
    ...(compared && columns < 90 ? [] : [{ key: 'p99', title: 'p99', align: right }]),
    { key: 'answered', title: 'answered', align: right },
  ]
  const rows = policies.map(({ policy, result, difference }) => {
    const { cost, ttftMs, answered } = result
    const shown = cost.exact && !compared ? cost.exact : (cost.simulated ?? cost.exact)
    const cells: Record<string, string> = {
      policy: ` ${policy}`,
      cost: shown ? grouped(fixed(shown, 2)) : '–',
      costBy: differenceText(difference?.cost ?? null, (value) => value.toFixed(2)),
      p50: ms(ttftMs.p50.simulated),
      p50By: differenceText(difference?.p50 ?? null, (value) => `${(value / 1000).toFixed(2)} s`),
      p99: ms(ttftMs.p99.simulated),
      answered: percent(answered.exact ?? answered.simulated, 3),
    }
    return heads.map(({ key }) => cells[key] ?? '')
  })
  return sheetText({ columns: heads, rows }, columns, paint.dim)
}

function differenceText(difference: Difference | null, format: (value: number) => string): string {
  if (!difference) return ''
  const sign = difference.mean > 0 ? '+' : difference.mean < 0 ? '−' : ''
  const half = difference.half === null ? '' : ` ± ${format(difference.half)}`
  return `${sign}${format(Math.abs(difference.mean))}${half}`
}

const cost = (drill: Drill): string => (drill.cost ? `$${grouped(fixed(drill.cost, 2))}` : '–')
const nameOf = ({ down }: Drill): string => down.join(' + ')

/** A line or two by default; a table of everything that was tried with --drill. */
export function drillText({ drill, cast }: Simulation, columns: number, paint: Paint): string {
  if (!drill || cast.endpoints.length < 2) return ''
  const { singles, pairs, survive, fallback } = drill
  const survived = (list: readonly Drill[]) =>
    `${list.filter(({ answered }) => answered >= survive).length} of ${list.length}`
  const worstFirst = [...singles, ...pairs].sort((a, b) => a.answered - b.answered)
  if (pairs.length === 0) {
    const worst = worstFirst
      .slice(0, 3)
      .map(
        (each) => `without ${nameOf(each)} ${percent(each.answered, 3)} answered at ${cost(each)}`,
      )
      .join('; ')
    const text = `one provider out: survives ${survived(singles)}; ${worst}`
    return `${wrap(text, columns - 3)
      .map((line, at) => (at === 0 ? ` ${line}` : `   ${line}`))
      .join('\n')}\n`
  }
  const heads: readonly Column[] = [
    { key: 'down', title: ' out', flexible: true },
    { key: 'answered', title: 'answered', align: 'right' },
    { key: 'cost', title: '$ per 1M', align: 'right' },
    { key: 'survives', title: '' },
  ]
  const shown = worstFirst.slice(0, 12)
  const rows = shown.map((each) => [
    ` ${nameOf(each)}`,
    percent(each.answered, 3),
    cost(each).slice(1) || '–',
    each.answered >= survive ? paint.green('survives') : paint.red('does not'),
  ])
  const lines = [
    ` Survives ${survived(singles)} single outages and ${survived(pairs)} pairs (${percent(survive, 0)} answered or more).`,
    ...(fallback
      ? [
          ` Best second model: ${fallback.model}, ${percent(fallback.before, 3)} → ${percent(fallback.after, 3)} answered on average over these outages.`,
        ]
      : []),
  ].flatMap((line) => wrap(line, columns - 1))
  const rest = worstFirst.length - shown.length
  return `${sheetText({ columns: heads, rows }, columns, paint.dim)}${rest > 0 ? ` … ${rest} more, milder: --json\n` : ''}${lines.join('\n')}\n`
}
