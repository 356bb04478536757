import type { CatalogDiff } from '../core/catalog/diff.ts'
import type { Catalog } from '../core/catalog/model.ts'
import { plainColumns, type Sheet } from './sheet.ts'
import { wrap } from './width.ts'

type Problem = {
  readonly row: number
  readonly id: string | null
  readonly what: string
  readonly dropped: boolean
}

export type UpdateView = {
  readonly models: {
    readonly url: string
    readonly kind: 'replaced' | 'confirmed'
    readonly catalog: Catalog
    readonly problems: readonly Problem[]
  }
  /** From what was known before to what is known now. */
  readonly diff: CatalogDiff
  /** Null: not asked, or unchanged since. */
  readonly providers: number | null
}

const current = ({ models }: Catalog): number =>
  models.filter(({ status }) => status === 'current').length

export const updateJson = ({ models, diff, providers }: UpdateView): object => ({
  schema: 'orx.catalog.update/1',
  url: models.url,
  asOf: models.catalog.asOf,
  models: {
    result: models.kind,
    current: current(models.catalog),
    new: diff.arrived.length,
    gone: diff.departed.length,
    repriced: diff.repriced.length,
    context: diff.context.length,
  },
  providers,
  problems: models.problems,
})

export const updateSheet = ({ models, diff, providers }: UpdateView): Sheet => ({
  columns: plainColumns(['what', 'count']),
  rows: [
    ['models', String(current(models.catalog))],
    ['new', String(diff.arrived.length)],
    ['gone', String(diff.departed.length)],
    ['repriced', String(diff.repriced.length)],
    ['context', String(diff.context.length)],
    ['providers', providers === null ? null : String(providers)],
  ],
})

export function updateText({ models, diff, providers }: UpdateView, width: number): string {
  const { catalog, url, kind } = models
  const { host } = new URL(url)
  const changes = [
    [diff.arrived.length, 'new'],
    [diff.departed.length, 'gone'],
    [diff.repriced.length, 'repriced'],
    [diff.context.length, 'with another context'],
  ] as const
  const changed = changes.flatMap(([many, what]) => (many > 0 ? [`${many} ${what}`] : []))
  const same = kind === 'confirmed' ? 'the same list as last time' : 'nothing changed'
  const news = changed.length > 0 ? changed.join(', ') : same
  const also = providers === null ? '' : ` ${providers} providers.`
  return [
    `${host}, ${catalog.asOf}: ${current(catalog)} models; ${news}.${also}`,
    ...(changed.length > 0 ? ['What changed: orx catalog diff'] : []),
  ]
    .flatMap((text) => wrap(text, width))
    .map((line) => `${line}\n`)
    .join('')
}

type Endpoints = {
  readonly url: string
  readonly model: string
  readonly endpoints: number
  readonly measured: boolean
  readonly before: number | null
  readonly problems: readonly Problem[]
}

export const endpointsJson = (view: Endpoints): object => ({
  schema: 'orx.catalog.endpoints/1',
  url: view.url,
  model: view.model,
  endpoints: view.endpoints,
  measured: view.measured,
  before: view.before,
  problems: view.problems,
})

export const endpointsSheet = ({ model, endpoints, before }: Endpoints): Sheet => ({
  columns: plainColumns(['model', 'endpoints', 'before']),
  rows: [[model, String(endpoints), before === null ? null : String(before)]],
})

export const endpointsText = ({ model, endpoints }: Endpoints): string =>
  `${model}: ${endpoints} endpoint${endpoints === 1 ? '' : 's'}. See them: orx models show ${model}\n`
