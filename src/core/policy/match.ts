import type { Endpoint } from '../catalog/endpoint.ts'

/** The service tier in an endpoint's slug ("openai/priority"), if any. */
export function tierOf({ tag }: Endpoint): 'priority' | 'flex' | undefined {
  if (tag.endsWith('/priority')) return 'priority'
  return tag.endsWith('/flex') ? 'flex' : undefined
}

/** "google-vertex/us-east5" → "google-vertex". */
export function providerSlug({ tag }: Endpoint): string {
  const end = tag.indexOf('/')
  return end < 0 ? tag : tag.slice(0, end)
}

/**
 * Whether a name in `order`, `only` or `ignore` means this endpoint: a base slug means every region and variant of the
 * provider, a full slug only that one, and display names count too. Service tiers match by full slug only.
 */
export function matchesName(endpoint: Endpoint, name: string): boolean {
  const wanted = name.toLowerCase()
  const tag = endpoint.tag.toLowerCase()
  if (tag === wanted) return true
  if (tierOf(endpoint)) return false
  return tag.startsWith(`${wanted}/`) || endpoint.provider.toLowerCase() === wanted
}

const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  fp4: ['fp4', 'mxfp4', 'nvfp4'],
  fp8: ['fp8', 'mxfp8'],
}

export const matchesQuantization = ({ quantization }: Endpoint, names: readonly string[]) =>
  names.some((name) => (FAMILIES[name] ?? [name]).includes(quantization))
