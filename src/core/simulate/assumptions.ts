import type { Assumptions } from './scene.ts'

/** What nobody publishes, and is therefore printed as assumed. The gateway's 25–40 ms are the 2025 report's. */
export const ASSUMED: Assumptions = {
  error: 0.005,
  rateLimited: 0.005,
  downError: 0.15,
  cut: 0,
  gatewayMs: [25, 40],
  // Endpoints with a significant outage in the last 30 seconds go last: openrouter.ai/docs, provider routing, 2026-08-22.
  lagMs: 30_000,
  shared: null,
}
