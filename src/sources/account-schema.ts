import * as z from 'zod'
import { type Usd, usd } from '../core/money.ts'
import type { Credits, KeyInfo } from './account.ts'

/** A JSON number of dollars: its shortest text is what the server wrote. */
const dollars = z.number().transform((amount): Usd => usd(String(amount)))
const maybe = dollars.nullish().transform((amount) => amount ?? null)

/** `/key` in the shape of @openrouter/sdk 1.3.19 (2026-09-23); fields come and go, so only what is used is asked for. */
const key = z
  .object({
    data: z.object({
      label: z.string().nullish(),
      limit: maybe,
      limit_remaining: maybe,
      limit_reset: z.string().nullish(),
      usage: maybe,
      usage_daily: maybe,
      usage_monthly: maybe,
      byok_usage_monthly: maybe,
      is_free_tier: z.boolean().nullish(),
      expires_at: z.string().nullish(),
      free_model_daily_requests: z
        .object({ limit: z.number().int(), used: z.number().int() })
        .nullish(),
    }),
  })
  .transform(
    ({ data }): KeyInfo => ({
      limit: data.limit,
      limitRemaining: data.limit_remaining,
      limitReset: data.limit_reset ?? null,
      usage: data.usage,
      usageToday: data.usage_daily,
      usageThisMonth: data.usage_monthly,
      byokThisMonth: data.byok_usage_monthly,
      freeTier: data.is_free_tier ?? null,
      expires: data.expires_at ?? null,
      freeRequests: data.free_model_daily_requests ?? null,
    }),
  )

const credits = z
  .object({ data: z.object({ total_credits: dollars, total_usage: dollars }) })
  .transform(({ data }): Credits => ({ bought: data.total_credits, used: data.total_usage }))

/** Undefined where the body has another shape. */
export const parseKey = (body: unknown): KeyInfo | undefined => key.safeParse(body).data
export const parseCredits = (body: unknown): Credits | undefined => credits.safeParse(body).data
