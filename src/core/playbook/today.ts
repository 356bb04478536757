import type { Catalog, Model } from '../catalog/model.ts'
import { baseOf } from '../catalog/names.ts'
import { lastPoint } from '../catalog/points.ts'
import type { PricePoint } from '../catalog/price.ts'
import type { Playbook } from './playbook.ts'

/** A model with the price that a catalogue has for it. */
export type Quoted = { readonly id: string; readonly point: PricePoint }

/**
 * What has become of a model that the report names. renamed: the same model is sold under another id (`now`). retired:
 * `now` is its last known price (the report's own, where no capture ever listed it).
 */
export type Today = {
  readonly status: 'current' | 'renamed' | 'retired'
  readonly said: PricePoint | null
  readonly now: Quoted
  readonly successor: Quoted | null
  /** YYYY-MM-DD on which it goes. */
  readonly expires: string | null
}

/** Answers what is true today of each model that the report names. */
export function todayOf(
  playbook: Pick<Playbook, 'renamed' | 'successors' | 'asOf'>,
  report: Catalog,
  catalog: Catalog,
): (id: string) => Today {
  const said = new Map(report.models.map((model) => [model.id, lastPoint(model)]))
  const known = new Map(catalog.models.map((model) => [model.id, model]))
  const quoted = (id: string | undefined): Quoted | null => {
    const model = id === undefined ? undefined : known.get(id)
    return model ? { id: model.id, point: lastPoint(model) } : null
  }
  const followed = (id: string | undefined): Quoted | null => {
    const model = id === undefined ? undefined : known.get(id)
    // A successor may be gone as well: follow the line to the one that is still there.
    return model?.status === 'retired' ? followed(model.successor) : quoted(id)
  }
  return (id) => {
    const model = known.get(id)
    const point = said.get(id) ?? null
    const base = { said: point, expires: model?.expires ?? null, successor: null }
    if (model?.status === 'current') return { ...base, status: 'current', now: quote(model) }
    const renamed = quoted(playbook.renamed[id])
    if (renamed) return { ...base, status: 'renamed', now: renamed }
    const next = model?.successor ?? playbook.successors[id] ?? freeBase(id)
    return {
      ...base,
      status: 'retired',
      now: model ? quote(model) : { id, point: point ?? unknown(playbook.asOf) },
      successor: followed(next),
    }
  }
}

const quote = (model: Model): Quoted => ({ id: model.id, point: lastPoint(model) })

/** What is left of a free variant is the paid model. */
const freeBase = (id: string): string | undefined => (baseOf(id) === id ? undefined : baseOf(id))

const unknown = (asOf: string): PricePoint => ({
  source: 'report',
  asOf,
  unpriced: 'neither the report nor any capture has a price',
})
