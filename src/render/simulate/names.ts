import type { Endpoint } from '../../core/catalog/endpoint.ts'

/** Names for people: the provider where that is enough, else the slug, with the model where there are several. */
export function shortNames(endpoints: readonly Endpoint[]): readonly string[] {
  const several = new Set(endpoints.map(({ model }) => model)).size > 1
  const times = new Map<string, number>()
  for (const { provider } of endpoints) times.set(provider, (times.get(provider) ?? 0) + 1)
  return endpoints.map(({ provider, tag, model }) => {
    const name = (times.get(provider) ?? 0) > 1 ? tag : provider
    return several ? `${model.slice(model.indexOf('/') + 1)} ${name}` : name
  })
}
