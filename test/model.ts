import type { Model } from '../src/core/catalog/model.ts'
import { bareModel } from '../src/core/catalog/own.ts'

/** A model of which nothing is known but what a test says. */
export const model = (id: string, more: Partial<Model> = {}): Model => ({
  ...bareModel(id, '2026-11-10'),
  ...more,
})
