import { expect, test } from 'vitest'
import { type DiskCatalog, fromDisk, toDiskText } from '../../../src/core/catalog/codec.ts'
import type { Catalog } from '../../../src/core/catalog/model.ts'
import { loadCatalog } from '../../../src/sources/catalog.ts'
import { checkCatalog } from '../../../src/sources/catalog-schema.ts'
import { world } from '../../context.ts'

const roundTrip = (catalog: Catalog): Catalog => {
  const body = JSON.parse(toDiskText(catalog))
  return fromDisk(checkCatalog(body, 'test'))
}

test.each(['snapshot', 'report'])('%s comes back from disk as it was', async (name) => {
  const catalog = await loadCatalog(world().context, name)
  expect(roundTrip(catalog)).toEqual(catalog)
})

test('the file is ASCII, since it is read as such', async () => {
  const catalog = await loadCatalog(world().context, 'snapshot')
  const [first] = catalog.models
  const thai = { ...catalog, models: [{ ...first, name: 'ไทย “x” 🙂' }] } as Catalog
  expect(toDiskText(thai)).toMatch(/^[\n -~]*$/)
  expect(roundTrip(thai).models[0]?.name).toBe('ไทย “x” 🙂')
})

test('what is left out follows from the id, the file, or is not known', () => {
  const disk: DiskCatalog = {
    schema: 'orx.catalog/1',
    name: 'mine',
    asOf: '2026-11-10',
    sources: [{ id: 's', name: '', url: '', asOf: '2026-11-01', terms: '' }],
    models: [
      {
        id: 'acme/one:free',
        points: [
          { source: 's', price: { input: '0', output: '0' } },
          { source: 's', asOf: '2026-11-09', same: true },
        ],
      },
    ],
  }
  expect(fromDisk(disk).models).toEqual([
    {
      id: 'acme/one:free',
      slug: 'acme/one',
      name: 'acme/one:free',
      author: 'acme',
      kind: 'variant',
      created: null,
      context: null,
      maxOutput: null,
      inputs: null,
      outputs: null,
      parameters: null,
      status: 'current',
      lastSeen: '2026-11-10',
      points: [
        { source: 's', asOf: '2026-11-01', price: { input: '0', output: '0' } },
        { source: 's', asOf: '2026-11-09', price: { input: '0', output: '0' } },
      ],
    },
  ])
})
