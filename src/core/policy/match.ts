import type { Endpoint } from '../catalog/endpoint.ts'

const TIERS = ['priority', 'flex'] as const
type Tier = (typeof TIERS)[number]

/** The service tier in an endpoint's slug ("openai/priority"), if any. */
export const tierOf = ({ tag }: Endpoint): Tier | undefined =>
  TIERS.find((tier) => tag.endsWith(`/${tier}`))

/** "google-vertex/us-east5" → "google-vertex". */
export const providerSlug = ({ tag }: Endpoint): string => tag.split('/')[0] ?? tag

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
