import type { Model } from '../src/core/catalog/model.ts'

/** A model of which nothing is known but what a test says. */
export const model = (id: string, more: Partial<Model> = {}): Model => ({
  id,
  slug: id,
  name: id,
  author: id.split('/')[0] ?? id,
  kind: 'base',
  created: null,
  context: null,
  maxOutput: null,
  inputs: null,
  outputs: null,
  parameters: null,
  status: 'current',
  lastSeen: '2026-11-10',
  points: [],
  ...more,
})
