import { isZero, type Usd } from '../../core/money.ts'
import { grouped, money } from '../money.ts'
import { allUnpriced, dearestFirst } from '../usage/data.ts'
import type { UsageView } from '../usage/view.ts'
import { exact, type PageExtras, pageData } from './data.ts'
import { STYLE } from './style.ts'
import { type Cell, table } from './table.ts'
import { escaped } from './text.ts'

/**
 * One page with everything in it: data, style, charts. It asks the network for nothing, and its policy forbids it to.
 * @param script the page's own script, built from client/
 */
export function usagePage(view: UsageView, extras: PageExtras, script: string): string {
  const data = JSON.stringify(pageData(view, extras)).replaceAll('<', '\\u003c')
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:">
<link rel="icon" href="data:,">
<title>LLM usage${span(view)}</title>
<style>${STYLE}</style>
</head>
<body>
<a class="skip" href="#models">Skip to the tables</a>
<header><h1>LLM usage<small>${span(view)}</small></h1>
<button id="theme" type="button" aria-pressed="false">Dark</button></header>
<main>
${tiles(view, extras)}
${chart('days', 'Spend by day and model', 'US$ at the list price of each day.', true)}
<div class="pair">
${chart('routes', 'The same requests by route', 'Direct at the providers’ own prices where they sell the model; Credits and BYOK with their fees.')}
${chart('others', 'All of it on one model', 'The same tokens at other models.')}
</div>
<div class="pair">
${chart('field', 'Cost and quality', `All of it on each model: cost against ${escaped(extras.regret.metric)}. On the line nothing scores higher for less.`)}
${chart('fees', 'Where the routes break even', 'Fees on top of the list price, by what a month costs.')}
</div>
${modelTable(view)}
${elsewhereTable(view, extras)}
${regretTable(extras)}
${troubleTables(view)}
</main>
${footnotes(view, extras)}
<script type="application/json" id="data">${data}</script>
<script>${script.replaceAll('</script', '<\\/script')}</script>
</body>
</html>
`
}

function span({ days }: UsageView): string {
  const from = days[0]?.day
  const to = days.at(-1)?.day
  return from === undefined ? '' : `, ${from}${to === from ? '' : ` to ${to}`}`
}

function tiles({ repriced }: UsageView, { regret }: PageExtras): string {
  const { reported, recomputed, volume, unpriced } = repriced
  const tile = (key: string, label: string, text: string, value: string, note: string) =>
    `<div class="tile"><b data-key="${key}" data-value="${value}">${text}</b><span>${label}<sup>${note}</sup></span></div>`
  const amount = (key: string, label: string, usd: Usd, note: string, mark = '') =>
    tile(key, label, `${mark}$${money(usd)}`, exact(usd), note)
  return `<section class="tiles" aria-label="Totals">${[
    tile('requests', 'requests', grouped(String(volume.requests)), String(volume.requests), '1'),
    amount('recomputed', 'at list price', recomputed, '2', unpriced.length > 0 ? '≥ ' : ''),
    ...(reported ? [amount('reported', 'reported by the log', reported.total, '1')] : []),
    ...(isZero(regret.saved)
      ? []
      : [amount('saved', 'could be saved at equal score', regret.saved, '3')]),
  ].join('')}</section>`
}

const chart = (id: string, title: string, note: string, wide = false): string =>
  `<figure id="${id}-figure"${wide ? ' class="wide"' : ''}><figcaption><h2>${title}</h2><p>${note}</p></figcaption><div class="canvas"><canvas id="${id}" role="img" aria-label="${title}. ${note} The figures are in the tables below." tabindex="0"></canvas></div></figure>`

const count = (value: number): Cell => ({ text: grouped(String(value)), value: String(value) })
const dollars = (usd: Usd | null): Cell =>
  usd ? { text: money(usd), value: exact(usd) } : { text: '–', value: '' }

function modelTable({ repriced }: UsageView): string {
  return table(
    'models',
    'By model',
    ['model', 'requests', 'input', 'output', 'reported, US$', 'by list, US$'],
    [
      ...dearestFirst(repriced.byModel).map((each): readonly Cell[] => [
        { text: each.id },
        count(each.volume.requests),
        count(each.volume.input),
        count(each.volume.output),
        dollars(each.reported?.total ?? null),
        allUnpriced(each) ? { text: 'unpriced', value: '' } : dollars(each.recomputed),
      ]),
    ],
  )
}

function elsewhereTable(view: UsageView, { routes, others }: PageExtras): string {
  const rows = [...routes, ...others].map((each): readonly Cell[] => [
    { text: each.model?.id ?? 'same models' },
    { text: each.route ?? 'list price' },
    dollars(each.tokens),
    dollars(each.fee),
    each.unpriced.length > 0
      ? { text: `≥ ${money(each.total)}`, value: exact(each.total) }
      : dollars(each.total),
    count(each.overflow),
    { text: each.unpriced.map(({ why }) => why).join('; ') || '–' },
  ])
  void view
  return table(
    'elsewhere',
    'The same requests elsewhere',
    ['model', 'route', 'tokens, US$', 'fees, US$', 'total, US$', 'too long', 'without a price'],
    rows,
  )
}

function regretTable({ regret }: PageExtras): string {
  return table(
    'regret',
    'As good for less',
    ['class', 'model', 'now, US$', 'as good', 'score', 'cost, US$', 'saved, US$'],
    regret.rows.map((row): readonly Cell[] => [
      { text: row.name },
      { text: row.from },
      dollars(row.now),
      { text: row.to === row.from ? 'already the cheapest' : row.to },
      { text: `${row.fromScore} → ${row.toScore}`, value: String(row.toScore) },
      dollars(row.cost),
      dollars(row.saved),
    ]),
  )
}

function troubleTables({ repriced, skipped }: UsageView): string {
  const unpriced = table(
    'unpriced',
    'Without a price, not in the total',
    ['model', 'requests', 'input', 'output', 'why'],
    repriced.unpriced.map((each): readonly Cell[] => [
      { text: each.model },
      count(each.volume.requests),
      count(each.volume.input),
      count(each.volume.output),
      { text: each.why },
    ]),
  )
  const bad = table(
    'skipped',
    'Bad records, skipped',
    ['reason', 'records', 'first', 'text'],
    skipped.map((each): readonly Cell[] => [
      { text: each.reason },
      count(each.count),
      { text: each.first },
      { text: each.sample },
    ]),
  )
  return `${repriced.unpriced.length > 0 ? unpriced : ''}${skipped.length > 0 ? bad : ''}`
}

function footnotes(view: UsageView, { sources, regret, made }: PageExtras): string {
  const files = view.files.map(({ name, format }) => `${escaped(name)} (${format})`).join(', ')
  const list = sources
    .map(({ name, asOf, url }) =>
      url.startsWith('https:')
        ? `<a href="${escaped(url)}">${escaped(name)}</a>, ${asOf}`
        : `${escaped(name)}, ${asOf}`,
    )
    .join('; ')
  return `<footer><ol>
<li>Read from ${files}; request ids counted once, the last record winning.</li>
<li>The list price of each day: catalogue ${escaped(view.catalog)} of ${view.asOf} (${list}). Fees: schedule ${view.fees}.</li>
<li>${escaped(regret.metric)}: Artificial Analysis (artificialanalysis.ai). Costs at the price now in force; a model is proposed only where it scores no less and holds every request.</li>
<li>Another model counts the same text in other tokens, up to some 20 % either way; the tokens here are those of the log.</li>
</ol><p>Made by orx on ${made}. This page asks the network for nothing.</p></footer>`
}
