import { slugOf } from '../catalog/names.ts'

/** Short names for people: the slug without its author, wherever no other model has the same one. */
export function shortNames(ids: Iterable<string>): (id: string) => string {
  const owners = new Map<string, number>()
  for (const id of ids) owners.set(slugOf(id), (owners.get(slugOf(id)) ?? 0) + 1)
  return (id) => ((owners.get(slugOf(id)) ?? 0) > 1 ? id : slugOf(id))
}
