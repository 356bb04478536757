import { dayOf, resetOf } from './budget.ts'

/** OpenRouter's limits on free models (openrouter.ai/docs/api-reference/limits, 2026-08-22; restated 2026-10-17). */
export const FREE_PER_MINUTE = 20
/** Requests a UTC day until $10 of credits were ever bought; 1,000 from then on, which only OpenRouter knows. */
export const FREE_PER_DAY = 50

const MINUTE_MS = 60_000

/** What OpenRouter last said about the day's free requests (`free_model_daily_requests` of `/key`). */
export type FreeReport = {
  readonly limit: number
  readonly used: number
  readonly at: Date
}

export type FreeUse = {
  /** Start of each free request made from here in this UTC day or in the last minute, oldest first. */
  readonly starts: readonly Date[]
  readonly report: FreeReport | undefined
}

export type FreeQuota = {
  readonly minute: { readonly used: number; readonly limit: number }
  readonly day: { readonly used: number; readonly limit: number; readonly reported: boolean }
}

/** Requests made from elsewhere are known only as of the last report; those made from here since are added to it. */
export function freeQuota({ starts, report }: FreeUse, now: Date): FreeQuota {
  const today = starts.filter((time) => dayOf(time) === dayOf(now))
  const current = report && dayOf(report.at) === dayOf(now) ? report : undefined
  const since = current ? today.filter((time) => time > current.at).length : 0
  return {
    minute: { used: lastMinute(starts, now).length, limit: FREE_PER_MINUTE },
    day: {
      used: Math.max(today.length, current ? current.used + since : 0),
      limit: report?.limit ?? FREE_PER_DAY,
      reported: report !== undefined,
    },
  }
}

/** The limit that refuses a free request now, and when it stops to; undefined if none does. */
export function freeRefusal(
  use: FreeUse,
  now: Date,
):
  | {
      readonly per: 'minute' | 'day'
      readonly limit: number
      readonly reported: boolean
      readonly resets: Date
    }
  | undefined {
  const { minute, day } = freeQuota(use, now)
  if (day.used >= day.limit) {
    const { limit, reported } = day
    return { per: 'day', limit, reported, resets: resetOf('day', now) ?? now }
  }
  if (minute.used < minute.limit) return undefined
  const blocking = lastMinute(use.starts, now).at(-minute.limit) ?? now
  const resets = new Date(blocking.getTime() + MINUTE_MS)
  return { per: 'minute', limit: minute.limit, reported: true, resets }
}

const lastMinute = (starts: readonly Date[], now: Date): readonly Date[] =>
  starts.filter((time) => time <= now && time.getTime() > now.getTime() - MINUTE_MS)
