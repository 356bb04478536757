import { json, type Received, type Reply } from './replies.ts'

export type Account = {
  totalCredits: number
  totalUsage: number
  /** How often `/generation` answers 404 before it knows a fresh id. */
  generationMisses: number
  managementKey: boolean
}

export const NEW_ACCOUNT: Account = {
  totalCredits: 25,
  totalUsage: 4.5,
  generationMisses: 1,
  managementKey: false,
}

const refusal: Reply = json(401, { error: { code: 401, message: 'No auth credentials found' } })

/** `/key`, `/credits` and `/generation`, in the shapes of @openrouter/sdk 1.3.19. */
export function accountRoutes(account: Account): (request: Received) => Reply | undefined {
  const misses = new Map<string, number>()
  return (request) => {
    if (!['/key', '/credits', '/generation'].includes(request.path)) return undefined
    if (!/^Bearer sk-/.test(request.headers.authorization ?? '')) return refusal
    if (request.path === '/key') return json(200, { data: keyOf(account) })
    if (request.path === '/credits') return credits(account)
    const id = request.query.get('id') ?? ''
    const missed = misses.get(id) ?? 0
    misses.set(id, missed + 1)
    return missed < account.generationMisses
      ? json(404, { error: { code: 404, message: `Generation ${id} not found` } })
      : json(200, { data: generation(id) })
  }
}

const credits = ({ managementKey, totalCredits, totalUsage }: Account): Reply =>
  managementKey
    ? json(200, { data: { total_credits: totalCredits, total_usage: totalUsage } })
    : json(403, {
        error: { code: 403, message: 'Only management keys can fetch credits for an account' },
      })

const keyOf = ({ managementKey }: Account) => ({
  label: 'sk-or-v1-abc...123',
  limit: 10,
  limit_remaining: 7.5,
  limit_reset: 'monthly',
  usage: 2.5,
  usage_daily: 0.25,
  usage_weekly: 1,
  usage_monthly: 2.5,
  byok_usage: 0,
  byok_usage_daily: 0,
  byok_usage_weekly: 0,
  byok_usage_monthly: 0,
  include_byok_in_limit: false,
  is_free_tier: false,
  is_management_key: managementKey,
  is_provisioning_key: managementKey,
  creator_user_id: null,
  expires_at: null,
  rate_limit: { interval: '10s', requests: -1, note: 'deprecated' },
  free_model_daily_requests: { limit: 1000, used: 3, remaining: 997 },
  allowed_data_regions: ['global'],
  organization_id: null,
  workspace_id: '00000000-0000-4000-8000-000000000000',
})

const generation = (id: string) => ({
  id,
  upstream_id: 'chatcmpl-1',
  created_at: '2026-11-22T12:00:00.000Z',
  api_type: 'completions',
  model: 'deepseek/deepseek-chat-20260801',
  provider_name: 'DeepInfra',
  router: null,
  preset_id: null,
  origin: '',
  http_referer: null,
  user_agent: null,
  app_id: null,
  external_user: null,
  streamed: true,
  cancelled: true,
  finish_reason: 'stop',
  native_finish_reason: 'stop',
  latency: 800,
  generation_time: 1200,
  moderation_latency: null,
  tokens_prompt: 12,
  tokens_completion: 7,
  native_tokens_prompt: 12,
  native_tokens_completion: 7,
  native_tokens_reasoning: 0,
  native_tokens_cached: 0,
  native_tokens_completion_images: null,
  num_media_prompt: null,
  num_media_completion: null,
  num_input_audio_prompt: null,
  num_search_results: null,
  num_fetches: null,
  web_search_engine: null,
  usage: 0.00001007,
  total_cost: 0.00001007,
  upstream_inference_cost: 0,
  cache_discount: null,
  is_byok: false,
  service_tier: null,
  data_region: 'global',
  request_id: null,
  session_id: null,
  workspace_id: '00000000-0000-4000-8000-000000000000',
  response_cache_source_id: null,
  provider_responses: [{ provider_name: 'DeepInfra', status: 200, latency: 800, is_byok: false }],
})
