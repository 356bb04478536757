import * as z from 'zod'
import type { DirectOffer } from '../../src/core/catalog/direct.ts'
import type { Price } from '../../src/core/catalog/price.ts'
import { toDecimal, usd } from '../../src/core/money.ts'
import { normalisedRow } from './normalised.ts'

export const directFile = z.array(normalisedRow.omit({ input: true }))
export const directMap = z.record(z.string(), z.record(z.string(), z.string()))

/** OpenRouter's slugs of the providers whose files are named otherwise. */
const SLUG: Readonly<Record<string, string>> = { google: 'google-ai-studio' }

type Note = (heading: string, row: string) => void

/** A provider's own offers of the models in `ids`, an explicit map from its ids to OpenRouter's. */
export function readDirect(
  provider: string,
  rows: z.infer<typeof directFile>,
  ids: Readonly<Record<string, string>>,
  seen: { readonly source: string; readonly asOf: string },
  note: Note,
): readonly DirectOffer[] {
  return rows.flatMap(({ id, cost }) => {
    const model = ids[id]
    if (!model) {
      note('direct offers of no mapped model', `${provider} ${id}`)
      return []
    }
    const free = cost.input === 0 && cost.output === 0
    if (free) note('direct offers at 0: free tiers, so without a price', `${provider} ${id}`)
    return [
      {
        provider: SLUG[provider] ?? provider,
        id,
        model,
        price: free ? {} : priceOf(cost),
        ...seen,
      },
    ]
  })
}

function priceOf({ tiers, ...base }: z.infer<typeof normalisedRow>['cost']): Price {
  const overrides = (tiers ?? []).map(({ inputTokensAbove, ...rates }) => ({
    minPromptTokens: inputTokensAbove,
    ...rates4(rates),
  }))
  return { ...rates4(base), ...(overrides.length > 0 ? { overrides } : {}) }
}

type Cost = Pick<
  z.infer<typeof normalisedRow>['cost'],
  'input' | 'output' | 'cacheRead' | 'cacheWrite'
>
const rates4 = ({ input, output, cacheRead, cacheWrite }: Cost) => ({
  input: decimal(input),
  output: decimal(output),
  ...(cacheRead > 0 ? { cacheRead: decimal(cacheRead) } : {}),
  ...(cacheWrite > 0 ? { cacheWrite: decimal(cacheWrite) } : {}),
})
const decimal = (value: number): string => toDecimal(usd(String(value)))
