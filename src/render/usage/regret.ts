import type { Paint } from '../../context.ts'
import type { Regret } from '../../core/usage/regret.ts'
import { money } from '../money.ts'
import { sheetText } from '../sheet.ts'
import { wrap } from '../width.ts'

export function regretText(regret: Regret, width: number, paint: Paint): string {
  const { rows, now, best, saved, front, notScored, metric, config, requests } = regret
  const unscored =
    notScored.length > 0 ? ` not scored, left as they are: ${notScored.join(', ')}\n` : ''
  if (rows.length === 0) {
    return `${paint.bold('regret')}: no model of this usage has a score, so none can be held to one\n${unscored}`
  }
  const table = sheetText(
    {
      columns: [
        { key: 'class', title: 'class' },
        { key: 'from', title: 'now', flexible: true },
        { key: 'now', title: 'US$', align: 'right' },
        { key: 'to', title: 'as good for less', flexible: true },
        { key: 'cost', title: 'US$', align: 'right' },
        { key: 'saved', title: 'saves', align: 'right', style: paint.green },
      ],
      rows: rows.map((row) => [
        row.name,
        row.from,
        money(row.now),
        row.to === row.from ? 'already cheapest' : row.to,
        money(row.cost),
        row.to === row.from ? '–' : money(row.saved),
      ]),
    },
    width,
    paint.bold,
  )
  const line = sheetText(
    {
      columns: [
        { key: 'model', title: 'all of it on', flexible: true },
        { key: 'score', title: metric, align: 'right' },
        { key: 'total', title: 'US$', align: 'right' },
      ],
      rows: front.map(({ model, score, total }) => [model, String(score), money(total)]),
    },
    width,
    paint.bold,
  )
  return [
    `${paint.bold('regret')}: ${wrap(`${money(now)} at today's prices, ${money(best)} for the same quality or better: ${money(saved)} saved`, width - 'regret: '.length).join('\n ')}\n\n${table}${unscored}`,
    `the Pareto line: nothing scores higher for less\n${line}`,
    `for config.toml (orx config path):\n${config}`,
    `for requests to OpenRouter:\n${requests.map((each) => `# ${each.class}\n${JSON.stringify(each.body)}\n`).join('')}`,
  ].join('\n')
}
