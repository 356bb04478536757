import type { Context } from '../context.ts'
import { toDecimal } from '../core/money.ts'
import { fit } from '../core/worst-case.ts'
import { usdOrNull } from '../render/chat.ts'
import { money } from '../render/money.ts'
import { type Sheet, sheetText } from '../render/sheet.ts'
import { wireRequest } from '../sources/chat/attempt.ts'
import type { Planned } from './chat-plan.ts'
import type { Globals } from './globals.ts'
import { print } from './print.ts'

/** Shows what would be sent, where to, who would serve it and what it would cost. Sends nothing, and needs no key. */
export function dryRun(ctx: Context, planned: Planned, { format }: Globals): void {
  const { delivery, candidates, why, ways } = planned
  const [first] = delivery.stops
  if (!first) return
  const { promptTokens, asked } = delivery
  const held = fit({ promptTokens, price: first.dearest, asked, modelCap: first.cap }, undefined)
  const maxTokens = held.kind === 'fits' ? held.maxTokens : 0
  const worst = held.kind === 'fits' ? held.worst : undefined
  const { url, headers, body } = wireRequest(
    first.target,
    { ...delivery.prompt, maxTokens },
    undefined,
  )
  const sheet: Sheet = {
    columns: [
      { key: 'route', title: 'route' },
      { key: 'model', title: 'model', flexible: true },
      { key: 'provider', title: 'provider', flexible: true },
      { key: 'odds', title: 'odds', align: 'right' },
      { key: 'estimate', title: 'estimate $', align: 'right' },
    ],
    rows: candidates.map(({ route, model, provider, odds, estimate }) => [
      route,
      model,
      provider,
      odds === null ? null : `${(odds * 100).toFixed(1)} %`,
      estimate,
    ]),
  }
  print(ctx, format, {
    json: () => ({
      schema: 'orx.chat.dry-run/1',
      route: first.route,
      why,
      models: first.models,
      maxTokens,
      estimate: usdOrNull(first.estimate),
      worstCase: usdOrNull(worst),
      promptTokensAtMost: promptTokens,
      request: { method: 'POST', url, headers, body },
      candidates: candidates.map(({ route, model, provider, odds, estimate }) => ({
        route,
        model,
        provider,
        odds,
        estimate,
      })),
      fallbacks: ways
        .slice(1)
        .map(({ stop }) => ({ route: stop.route, account: stop.account, models: stop.models })),
    }),
    sheet: () => sheet,
    text: () =>
      [
        `POST ${url}`,
        JSON.stringify(abbreviated(body), null, 2),
        '',
        `route: ${first.route} (${why})`,
        `estimate ${first.estimate ? `$${money(first.estimate)}` : 'unpriced'}, at most ${worst ? `$${toDecimal(worst)}` : 'unknown'} with ${maxTokens} tokens of reply`,
        '',
        sheetText(sheet, ctx.width),
        'Nothing was sent. The key goes into a header and is not shown.',
        '',
      ].join('\n'),
  })
}

/** Attachments would fill the screen. */
function abbreviated(body: object): unknown {
  return JSON.parse(
    JSON.stringify(body, (_, value: unknown) =>
      typeof value === 'string' && value.length > 2_000
        ? `${value.slice(0, 60)}… (${value.length} characters)`
        : value,
    ),
  )
}
