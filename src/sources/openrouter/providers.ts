import * as z from 'zod'
import type { ProviderRow } from '../../core/catalog/tables.ts'
import type { RowProblem } from './models.ts'

const text = z.string().min(1).nullish().catch(null)

/** One row of `GET /api/v1/providers`. */
const wireProvider = z.looseObject({
  name: z.string().min(1),
  slug: z.string().min(1),
  headquarters: text,
  datacenters: z.array(z.string()).nullish().catch(null),
  privacy_policy_url: text,
  terms_of_service_url: text,
  status_page_url: text,
})

/** Reads a `/providers` answer; a row without a name and a slug is left out and named. Never throws. */
export function readProviders(body: unknown): {
  readonly providers: readonly ProviderRow[]
  readonly problems: readonly RowProblem[]
} {
  const rows = z.looseObject({ data: z.array(z.unknown()) }).safeParse(body)
  if (!rows.success) {
    const what = 'not a /providers answer: it has no list "data"'
    return { providers: [], problems: [{ row: 0, id: null, what, dropped: true }] }
  }
  const providers: ProviderRow[] = []
  const problems: RowProblem[] = []
  for (const [row, raw] of rows.data.data.entries()) {
    const parsed = wireProvider.safeParse(raw)
    if (parsed.success) providers.push(providerOf(parsed.data))
    else problems.push({ row, id: null, what: 'no name or no slug', dropped: true })
  }
  return { providers, problems }
}

function providerOf(row: z.infer<typeof wireProvider>): ProviderRow {
  const { slug, name, headquarters, datacenters } = row
  return {
    slug,
    name,
    ...(headquarters ? { headquarters } : {}),
    ...(datacenters && datacenters.length > 0 ? { datacenters } : {}),
    ...(row.privacy_policy_url ? { privacyPolicy: row.privacy_policy_url } : {}),
    ...(row.terms_of_service_url ? { termsOfService: row.terms_of_service_url } : {}),
    ...(row.status_page_url ? { statusPage: row.status_page_url } : {}),
  }
}
